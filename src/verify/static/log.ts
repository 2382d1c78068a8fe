import { stripVTControlCharacters } from 'node:util';
import type { Container } from '../../engine/container.ts';

/** A line of Asterisk's log of level WARNING or ERROR. */
export interface LogLine {
  readonly level: 'WARNING' | 'ERROR';
  readonly source: string;
  readonly text: string;
  /** Why it may be there; null: unexplained, and the check fails. */
  readonly because: string | null;
}

/**
 * Lines that may be there, each with its reason. A short list on purpose: whatever is not on it is a defect of the rendered tree.
 */
const EXPLAINED: readonly { readonly pattern: RegExp; readonly because: string }[] = [
  {
    pattern: /Module ".*" registered during operation/,
    because:
      'pjproject notes that a SIP module came while the stack was already at work: so it is at every start of Asterisk 22, and does no harm',
  },
  {
    pattern: /^Channel PJSIP\/\S+ has no pvt!$|^Unknown or unavailable item requested: 'pjsip,call-id'$/,
    because: 'the lab asked a channel for its Call-ID that was hung up meanwhile',
  },
];

const LINE = /^\[[^\]]*\]\s+(WARNING|ERROR)\[\d+\](?:\[C-[0-9a-f]+\])?:?\s+(\S+?):\s?(.*)$/;

/** Warnings and errors that the container's console and its log file hold, the same line once. */
export async function logLines(container: Container): Promise<LogLine[]> {
  const seen = new Map<string, LogLine>();
  const file = await container.exec(['cat', '/var/log/asterisk/messages']);
  for (const raw of file.out.split('\n')) {
    const line = parseLogLine(raw);
    if (line !== null) seen.set(`${line.level} ${line.source} ${line.text}`, line);
  }
  return [...seen.values()];
}

export function parseLogLine(raw: string): LogLine | null {
  const [, level, source, text] = LINE.exec(stripVTControlCharacters(raw)) ?? [];
  if (level === undefined || source === undefined || text === undefined) return null;
  const because = EXPLAINED.find((e) => e.pattern.test(text))?.because ?? null;
  return { level: level as LogLine['level'], source, text, because };
}
