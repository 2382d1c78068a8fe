import { stripVTControlCharacters } from 'node:util';
import type { Container } from '../../engine/container.ts';
import type { Model } from '../../model/kinds.ts';
import { secretsInDialplan, withoutSecrets } from '../secret-text.ts';
import { explain } from './explained.ts';

const LEVELS = ['NOTICE', 'WARNING', 'ERROR'] as const;

/** A line of Asterisk's log that is more than chatter. */
export interface LogLine {
  readonly level: (typeof LEVELS)[number];
  /** Source file of Asterisk that wrote it. */
  readonly source: string;
  readonly text: string;
  /** Why it may be there; null: unexplained, and the check fails. */
  readonly because: string | null;
}

/** `[date] LEVEL[thread][call]: source: text`; the console has source:line and function as well. */
const LINE = /^\[[^\]]*\]\s+(NOTICE|WARNING|ERROR)\[\d+\](?:\[C-[0-9a-f]+\])?:?\s+(\S+?):(?:\d+ \S+:)?\s?(.*)$/;

/** Notices, warnings and errors of the containers' log files and of their consoles, which alone have those from before the file was open. The same line once. */
export async function logLines(containers: readonly Container[], model: Model): Promise<LogLine[]> {
  const seen = new Map<string, LogLine>();
  for (const container of containers) {
    const file = await container.exec(['cat', '/var/log/asterisk/messages']);
    for (const raw of `${file.out}\n${await container.logs()}`.split('\n')) {
      const line = parseLogLine(raw, model);
      if (line !== null) seen.set(`${line.level} ${line.source} ${line.text}`, line);
    }
  }
  return [...seen.values()];
}

/** null for what is not the beginning of such a line. */
export function parseLogLine(raw: string, model: Model): LogLine | null {
  const [, level, source, text] = LINE.exec(stripVTControlCharacters(raw).trimEnd()) ?? [];
  if (level === undefined || source === undefined || text === undefined) return null;
  const shown = withoutSecrets(secretsInDialplan(model))(text);
  return { level: level as LogLine['level'], source, text: shown, because: explain(model, source, text) };
}
