import { translateDialplan } from '../../../src/asterisk/translate/translate.ts';
import type { AboutBox, Translation } from '../../../src/asterisk/translate/translation.ts';

/** A box with the trunks mango (SIP, at 10.0.0.9) and office (IAX2), a gateway in the place of its cards, and whatever telephones are called. */
export const BOX: AboutBox = {
  peers: null,
  hosts: new Map([['10.0.0.9', 'mango']]),
  lines: new Map([['g0', 'gateway']]),
  rest: null,
  end: null,
  contexts: new Set(['from-internal', 'ext-queues', 'macro-user-callerid']),
  functions: new Set(['ODBC_DEBTOR']),
  release: null,
  jumps: false,
};

/** A whole dialplan, as one file. */
export function translated(text: string, about: Partial<AboutBox> = {}): Translation {
  const lines = text.split('\n').map((t, i) => ({ file: 'extensions_custom.conf', line: i + 1, text: t }));
  return translateDialplan(lines, { ...BOX, ...about });
}

/** What is written for the dialplan, without its routines. */
export function written(text: string, about: Partial<AboutBox> = {}): string {
  return translated(text, about)
    .lines.flatMap((l) => l.written)
    .join('\n');
}

/** One step in its place: 'Macro(x)' -> what stands there now. */
export function step(call: string, about: Partial<AboutBox> = {}): string {
  const [line] = translated(`[a]\nexten => 1,1,${call}\n[macro-x]\nexten => s,1,Return()`, about).lines.slice(1);
  return line?.written.at(-1)?.replace(/^exten => 1,1,/, '') ?? '';
}

/** Codes of the problems of one step. */
export function problemsOf(call: string, about: Partial<AboutBox> = {}): string[] {
  return translated(`[a]\nexten => 1,1,${call}\n[macro-x]\nexten => s,1,Return()`, about)
    .problems.filter((p) => p.line === 2)
    .map((p) => p.code);
}
