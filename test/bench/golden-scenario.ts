import type { Model } from '../../src/model/kinds.ts';
import { type Ref, ref } from '../../src/model/ref.ts';
import type { Act, Caller, Leg, Scenario } from '../../src/verify/scenario.ts';
import type { GoldenCall, GoldenLeg } from '../model/golden.ts';

/** Nobody stays longer on the line here; the real calls were cut after 40 s. What they did later than this is not compared. */
const MOST_MS = 25_000;
/** Who began to ring so shortly before the end may ring or not. */
const LAST_MS = 1500;

/** A call that the real old PBX took, to be placed once more; or why the lab cannot place it. */
export function scenarioOf(g: GoldenCall, model: Model): Scenario | string {
  const caller = callerOf(g, model);
  if (typeof caller === 'string') return caller;
  if (g.acts.some((act) => /^before: .* in a call|watched|outside leg|second distinct/.test(act))) return 'it needs another call before it';
  // the old dialplan runs at full speed there until it is cut, and every other call stands still
  if (g.end.lastContext === 'sub-record-check') return 'its forwards lead in a circle';
  const parties = g.legs.map((leg) => partyOf(leg, model));
  if (parties.some((party) => party === null)) return 'it rings somebody whom the model does not have';
  const hangsUp = /^caller hangs up ([\d.]+) s after the start(?:, or ([\d.]+) s)?/;
  const [, longest = '40', talks] = g.acts.map((act) => hangsUp.exec(act)).find((found) => found !== null) ?? [];
  const before = stateBefore(g);
  const longestMs = Math.min(Number(longest) * 1000, MOST_MS);
  return {
    id: g.id,
    kind: g.kind,
    about: [],
    at: g.at.slice(0, 16).replaceAll('/', '-'),
    caller,
    dial: g.dial,
    acts: [...keysOf(g), ...whatTheyDo(g, model), ...(talks === undefined ? [] : [ends(Number(talks) * 1000)])],
    before: { astdb: before },
    claims: claimsOf(g, model, Object.keys(before)),
    longestMs,
    expect: {
      legs: legsOf(g, model, longestMs - LAST_MS),
      heard: [],
      keys: '',
      musicClass: null,
      end: NORMAL,
      recorded: false,
      cdr: [],
      stepsToDial: null,
    },
  };
}

const NORMAL = { at: 'hangup', cause: 16 } as const;

function callerOf(g: GoldenCall, model: Model): Caller | string {
  const { callerNumber: number, callerName: name } = g;
  if (g.context === 'from-trunk') {
    const [first] = Object.keys(model.trunk);
    return first === undefined ? 'there is no trunk' : { as: 'carrier', ref: ref('trunk', first), number, name };
  }
  if (g.context !== 'from-internal') return 'it began within the dialplan';
  const device = Object.entries(model.device).find(([, d]) => d.extension === number)?.[0];
  return device === undefined ? 'its caller has no telephone' : { as: 'extension', ref: ref('device', device), number, name };
}

/** 'trunk:mango', 'iax:130', '101' as golden names them. */
export function partyOf({ to }: Pick<GoldenLeg, 'to'>, model: Model): Ref | null {
  if (!to.startsWith('trunk:')) return ref('device', to.replace('iax:', ''));
  const peer = to.slice('trunk:'.length);
  const trunk = Object.entries(model.trunk).find(
    ([, t]) => t.name === peer || ('peer' in t && (t.peer === peer || t.inboundUser === peer)),
  );
  return trunk === undefined ? null : ref('trunk', trunk[0]);
}

/** What codes switch for everybody, and the kinds of calls that look at it. */
const SWITCHED: readonly { readonly what: string; readonly code: RegExp; readonly looks: RegExp }[] = [
  { what: 'modes', code: /^(?:callflow|feature\/(?:seq\/)?(?:daynight|timeconditions))/, looks: /^(?:did|timecondition)\// },
  { what: 'queues', code: /^feature\/(?:seq\/)?queues/, looks: /^(?:did|queue|ivr|ringgroup)\// },
];

/** A call has for itself the extensions whose state is set for it or that it changes, and what it switches for everybody. Others may ring those that it rings. */
function claimsOf(g: GoldenCall, model: Model, keys: readonly string[]): Scenario['claims'] {
  const changed = [...keys, ...g.astdbChanges.map(([key]) => key)].filter((key) => !/^\/?(?:CALLTRACE|RG|cidname)\//.test(key));
  const numbersIn = (texts: readonly string[]): string[] =>
    texts.flatMap((text) => text.match(/\d+/g) ?? []).filter((id) => id in model.extension);
  const alone = new Set(numbersIn(changed.flatMap((key) => key.split('/'))));
  const rung = new Set(numbersIn([g.dial, ...g.legs.map((leg) => leg.to)]));
  const mode = (isAlone: boolean): 'exclusive' | 'shared' => (isAlone ? 'exclusive' : 'shared');
  // a second call to who lets none wait is told that he is busy
  for (const id of rung) if (model.extension[id]?.state.callWaiting === false) alone.add(id);
  return [
    ...(g.kind === 'conference' ? [{ ref: ref('conference', g.dial), mode: mode(true) }] : []),
    ...trunksOf(g, model).map((id) => ({ ref: ref('trunk', id), mode: mode(true) })),
    ...SWITCHED.filter(({ code, looks }) => code.test(g.id) || looks.test(g.id)).map(({ what, code }) => ({
      ref: ref('settings', what),
      mode: mode(code.test(g.id)),
    })),
    ...[...new Set([...alone, ...rung])].map((id) => ({ ref: ref('extension', id), mode: mode(alone.has(id)) })),
  ];
}

/** A channel of each trunk that it goes out by, so that no trunk is full: '1#4'. */
function trunksOf(g: GoldenCall, model: Model): string[] {
  const trunks = new Set(g.legs.flatMap((leg) => (leg.to.startsWith('trunk:') ? (partyOf(leg, model)?.id ?? []) : [])));
  const turn = [...g.id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);
  return [...trunks].map((id) => `${id}#${turn % Math.max(1, (model.trunk[id]?.maxChannels ?? 9) - 1)}`);
}

/** Keys of AstDB: 'before: AstDB /CF/119=121, /CFB/121=None'. */
function stateBefore(g: GoldenCall): Record<string, string | null> {
  const told = g.acts.flatMap((act) => (act.startsWith('before: AstDB ') ? [...act.matchAll(/\/([^=\s]+)=([^,\s]*)/g)] : []));
  return Object.fromEntries(told.map(([, key = '', value = '']) => [key, value === 'None' ? null : value]));
}

function keysOf(g: GoldenCall): Act[] {
  return g.acts.flatMap((act): Act[] => {
    const [, keys, seconds] = /^caller presses (\S+) ([\d.]+) s after/.exec(act) ?? [];
    return keys === undefined ? [] : [{ who: 'caller', when: 'answered', afterMs: Number(seconds) * 1000, do: { keys } }];
  });
}

const DOES = { answered: 'answer', busy: 'busy', congestion: 'refuse' } as const;

/** What each telephone did when it rang, once each. */
function whatTheyDo(g: GoldenCall, model: Model): Act[] {
  const acts = new Map<string, Act>();
  for (const leg of g.legs) {
    const who = partyOf(leg, model);
    const does = DOES[leg.result as keyof typeof DOES];
    if (who === null || does === undefined || acts.has(leg.to)) continue;
    acts.set(leg.to, { who, when: 'rings', afterMs: does === 'answer' ? 1000 : 100, do: does });
  }
  return [...acts.values()];
}

function ends(afterMs: number): Act {
  return { who: 'caller', when: 'talks', afterMs, do: 'hangup' };
}

function legsOf(g: GoldenCall, model: Model, untilMs: number): Leg[] {
  const inTime = g.legs.filter((leg) => leg.startMs < untilMs);
  return inTime.flatMap((leg, i) => {
    const to = partyOf(leg, model);
    // chan_sip puts the number in the place of a name that is missing, on its way to a trunk; to an IAX2 telephone no number is dialled
    const isNameless = to?.kind === 'trunk' && leg.shownName === leg.shownNumber;
    const shown = { number: leg.shownNumber, name: isNameless ? '' : leg.shownName };
    const dialled = leg.dialled === 's' ? (to?.id ?? '') : leg.dialled;
    return to === null ? [] : [{ to, dialled, order: i + 1, rangMs: 0, shown, answered: leg.result.startsWith('answered') }];
  });
}
