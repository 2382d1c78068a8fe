import { translateDialplan } from '../asterisk/translate/translate.ts';
import { finding } from '../finding.ts';
import { destinationText } from '../model/destination.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import type { SetCid } from '../model/set-cid.ts';
import { aboutPeers } from './custom-about.ts';
import { setsAlert } from './extension.ts';
import { passingView } from './passing.ts';
import { placeOf } from './place.ts';
import type { Notes } from './view.ts';

/** extensions.d/set-cid.conf: under which name and number a call is shown from here on. */
export const setCidView = passingView({
  kind: 'set-cid',
  file: 'set-cid.conf',
  one: (model, id, held, notes) => ({
    description: held.description,
    sets: setsOf(model, id, held, notes),
    next: placeOf(model, held.next),
    nextText: destinationText(held.next),
  }),
});

const CONTEXT = 'app-setcid';

/** What is set, in the order of the old box, said in the language of Asterisk 22. */
function setsOf(model: Model, id: string, held: SetCid, notes: Notes): string[] {
  const set = { 'CALLERID(name)': held.callerName, 'CALLERID(num)': held.callerNumber, ...held.variables };
  const lines = Object.entries(set).map(([name, value]) => `exten => ${id},n,Set(${oneLine(name)}=${oneLine(value)})`);
  const translated = translateDialplan(
    [`[${CONTEXT}]`, `exten => ${id},1,NoOp()`, ...lines].map((text, line) => ({ file: CONTEXT, line, text })),
    { ...aboutPeers(model), rest: null, end: null, contexts: new Set(), functions: new Set(), release: null, jumps: false },
  );
  for (const { code, means } of translated.problems)
    notes.finding(finding(code, { about: ref('set-cid', id), where: `set-cid ${id}`, means }));
  const sets = translated.lines
    .slice(2)
    .flatMap(({ written }) => written.flatMap((line) => /^exten => [^,]+,n,(.*)$/.exec(line)?.[1] ?? []));
  // a ring tone is asked of telephones on the way to them (routines.conf)
  return setsAlert(held) ? [...sets, 'Set(__ALERT=b(alert^s^1))'] : sets;
}

/** A semicolon begins no comment. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replaceAll(';', '\\;');
}
