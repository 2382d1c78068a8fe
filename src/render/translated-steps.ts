import { translateDialplan } from '../asterisk/translate/translate.ts';
import { finding } from '../finding.ts';
import type { Model } from '../model/kinds.ts';
import { type Ref, refText } from '../model/ref.ts';
import { aboutPeers } from './custom-about.ts';
import type { Notes } from './view.ts';

/** Steps that an object of the model has in the language of the old box, 'Set(X=${LANGUAGE()})', said in that of Asterisk 22: one for each. */
export function translatedSteps(model: Model, steps: readonly string[], about: Ref, notes: Notes): string[] {
  const lines = ['[steps]', 'exten => s,1,NoOp()', ...steps.map((step) => `exten => s,n,${oneLine(step)}`)];
  const translated = translateDialplan(
    lines.map((text, line) => ({ file: 'steps', line, text })),
    { ...aboutPeers(model), rest: null, end: null, contexts: new Set(), functions: new Set(), release: null, jumps: false },
  );
  for (const { code, means } of translated.problems) notes.finding(finding(code, { about, where: refText(about), means }));
  return translated.lines.slice(2).flatMap(({ written }) => written.flatMap((line) => /^exten => s,n,(.*)$/.exec(line)?.[1] ?? []));
}

/** A semicolon begins no comment. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replaceAll(';', '\\;');
}
