import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExtensionState, Situation } from '../../src/model/walk/situation.ts';
import type { Step } from '../../src/model/walk/step.ts';
import { GOLDEN, type GoldenCall } from './golden.ts';

/** Keys of AstDB that were set before a call: 'before: AstDB /CF/119=121, /CFB/121=None'; null: taken away. */
function astdbBefore(g: GoldenCall): [key: string, value: string | null][] {
  return g.acts.flatMap((act) => {
    if (!act.startsWith('before: AstDB')) return [];
    return [...act.matchAll(/\/([^=\s]+)=([^,\s]*)/g)].map(([, key = '', value = '']): [string, string | null] => [
      key,
      value === 'None' ? null : value,
    ]);
  });
}

/** What was so before a call, beside what the model holds. */
export function stateBefore(g: GoldenCall): Situation['state'] {
  const extensions: Record<string, Partial<ExtensionState>> = {};
  const blacklist: Record<string, boolean> = {};
  const speedDials: Record<string, string | null> = {};
  const database: Record<string, string | null> = {};
  const lastCallers: Record<string, string> = {};
  const intercom: Record<string, string | null> = {};
  const put = (id: string, o: Partial<ExtensionState>): void => {
    extensions[id] = { ...extensions[id], ...o };
  };
  for (const [key, text] of astdbBefore(g)) {
    const [family, id = '', , place = ''] = key.split('/');
    if (family === 'CF') put(id, { forwardAlways: text });
    if (family === 'CFB') put(id, { forwardBusy: text });
    if (family === 'CFU') put(id, { forwardUnavailable: text });
    if (family === 'CW') put(id, { callWaiting: text !== null });
    if (family === 'DND') put(id, { doNotDisturb: text !== null });
    if (family === 'blacklist') blacklist[id] = text !== null;
    if (family === 'CALLTRACE' && text !== null) lastCallers[id] = text;
    if (family === 'shortcut') database[key] = text;
    if (/^AMPUSER\/\d+\/intercom/.test(key)) intercom[key.replace(/^AMPUSER\/|\/intercom/g, '')] = text;
    if (/^AMPUSER\/\d+\/speeddials\//.test(key)) speedDials[`${id}/${place}`] = text;
  }
  for (const id of earlierCalls(g, '.*')) put(id, { inCall: true });
  return { extensions, trunks: {}, blacklist, speedDials, database, intercom, lastCallers, parked: parkedBefore(g) };
}

/** Who was in a call before, with whom it says: 'before: 119 is in a call with *43'. */
function earlierCalls(g: GoldenCall, whom: string): string[] {
  const before = new RegExp(`^before: (\\d+) is in a call with ${whom}$`);
  return g.acts.flatMap((act) => before.exec(act)?.[1] ?? []);
}

/** Who has called the parking lot has parked himself in its first slot. */
function parkedBefore(g: GoldenCall): Record<string, string> {
  const parked = earlierCalls(g, '70')[0];
  return parked === undefined ? {} : { '71': parked };
}

/** Lamps, who called last, who is logged in and names that were looked up are kept another way. */
const KEPT_ELSEWHERE = /^(CustomDevstate|CALLTRACE|RECCONF|RG|Queue|cidname)\//;

/** What the call changed in AstDB. */
export function changesSeen(g: GoldenCall): Record<string, string | null> {
  const changes = g.astdbChanges.map(([key, , after]): [string, string | null] => [key.slice(1), after]);
  return Object.fromEntries(changes.filter(([key]) => !KEPT_ELSEWHERE.test(key)));
}

/** What the model says that it changes: of what is set, what was not so before. Of a call that was cut, what had come to pass by then. */
export function changesSaid(steps: readonly Step[], g: GoldenCall): Record<string, string | null> {
  const before = new Map<string, string | null>([...astdbOfTheBox(), ...astdbBefore(g)]);
  const seen = changesSeen(g);
  const sets = steps.flatMap((s): [string, string | null][] => (s.do === 'set' ? [[s.key, s.value]] : []));
  const changed = sets.filter(([key, value]) => (before.get(key) ?? null) !== value);
  return Object.fromEntries(changed.filter(([key]) => g.end.endedBy !== 'cut' || key in seen));
}

/** AstDB of the box before each call, as `database show` prints it. */
function astdbOfTheBox(): [key: string, value: string][] {
  const lines = readFileSync(join(GOLDEN, '../astdb.txt'), 'utf8').split('\n');
  return lines.flatMap((line): [string, string][] => {
    const [, key, value = ''] = /^\/(\S+)\s*: ?(.*?)\s*$/.exec(line) ?? [];
    return key === undefined ? [] : [[key, value]];
  });
}
