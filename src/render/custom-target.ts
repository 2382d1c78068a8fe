import { checkDialplan } from '../asterisk/check.ts';
import { type ConfFile, parseConf } from '../asterisk/conf.ts';
import { readDialplan } from '../asterisk/dialplan.ts';
import type { TranslatedLine, Translation } from '../asterisk/translate/translation.ts';

/** A translated line that sends calls to a place which is not there. */
export interface DeadEnd {
  readonly line: TranslatedLine;
  /** What a caller meets. */
  readonly means: string;
  /** What is written in its place: the same step, with the call's end where it led nowhere. */
  readonly written: readonly string[];
}

const FILE = 'custom';
/** Ends a call in silence, as Asterisk ends one that is sent nowhere: without a line in the log. */
const END = 'app-blackhole,hangup,1';

/** Lines of the site's dialplan that lead nowhere in the whole of the new dialplan, which holds `around` and the contexts of that name besides. */
export function deadEnds(translation: Translation, around: readonly ConfFile[], contexts: ReadonlySet<string>): DeadEnd[] {
  const rows: { text: string; line: TranslatedLine | null }[] = [];
  let context: string | null = null;
  for (const line of translation.lines) {
    if (line.context !== context) rows.push({ text: `[${line.context ?? ''}]`, line: null });
    context = line.context;
    for (const text of line.written) if (!/^\s*\[/.test(text)) rows.push({ text, line });
  }
  const own = parseConf(rows.map((r) => r.text).join('\n'), FILE);
  const surroundings = {
    contexts: new Set([...contexts, ...translation.routines.map((r) => r.context)]),
    functions: new Set<string>(),
    modules: null,
  };
  const troubles = checkDialplan(readDialplan([...around, own]), surroundings).filter(
    (t) => t.file === FILE && t.code === 'DIALPLAN_TARGET_MISSING',
  );
  const found = new Map<TranslatedLine, DeadEnd>();
  for (const { line: row, means, place } of troubles) {
    const line = rows[row - 1]?.line ?? null;
    if (line === null) continue;
    const before = found.get(line)?.written ?? line.written;
    found.set(line, {
      line,
      means,
      written: before.map((text) => (text === rows[row - 1]?.text || found.has(line) ? ended(text, place ?? '') : text)),
    });
  }
  return [...found.values()];
}

/** The step with the end of the call in the place of what is not there; where the place is not written out, a step that ends, or that says that nobody was reached. */
function ended(text: string, place: string): string {
  const literal = place.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const led = new RegExp(`(?<=[(?:])\\s*${literal}\\s*(?=[):]|\\(|$)`);
  if (place !== '' && led.test(text)) return text.replace(led, END).replace(/(?<=Gosub\(app-blackhole,hangup,1)\([^)]*\)/, '');
  const [, step = ''] = /^(\s*(?:exten\s*=>?\s*(?:\[[^\]]*\]|[^,[])+,|same\s*=>?\s*)\s*[^,]+,)/.exec(text) ?? [];
  if (step === '') return text;
  return `${step}${/,\s*Dial\(/i.test(text) ? 'Set(DIALSTATUS=CHANUNAVAIL)' : 'Hangup()'}`;
}
