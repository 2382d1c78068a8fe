import { refText } from '../../model/ref.ts';
import type { CallResult } from '../calls/calls.ts';
import { cdrText, type Difference, endText } from '../calls/compare.ts';
import type { Act, Leg, Scenario, Trace } from '../scenario.ts';
import { type Sequence, sequence } from './sequence.ts';
import { counted, nameOf, shownAs } from './words.ts';

/** A call that did not go as the model says, in full. */
export interface FailedCall {
  readonly id: string;
  /** One sentence: who called whom, and when. */
  readonly who: string;
  /** What the lab set and did, a line each. */
  readonly isStaged: boolean;
  readonly staged: readonly string[];
  /** What the two sides of it are called. */
  readonly titles: { readonly expected: string; readonly seen: string };
  readonly isTrouble: boolean;
  readonly trouble: string;
  readonly differences: readonly { readonly what: string; readonly expected: string; readonly seen: string }[];
  readonly aspects: readonly Aspect[];
  /** What was expected and what was seen, as pictures. */
  readonly pictures: readonly Sequence[];
  readonly hasWay: boolean;
  readonly steps: string;
  readonly way: readonly string[];
}

/** One thing that a call has, side by side. */
interface Aspect {
  readonly name: string;
  readonly differs: boolean;
  readonly expected: readonly string[];
  readonly seen: readonly string[];
}

/** A dialplan that runs in a circle has a very long way: its beginning tells enough. */
const STEPS_SHOWN = 400;

/** What a person calls it. */
export const DIFFERENCE_WORDS: Record<Difference['what'], string> = {
  legs: 'who rang',
  order: 'order of ringing',
  shown: 'caller ID shown',
  'ring time': 'ring time',
  heard: 'heard',
  music: 'music on hold',
  keys: 'keys pressed',
  end: 'end',
  recorded: 'recorded',
  cdr: 'CDR',
  astdb: 'AstDB',
  through: 'hand-made dialplan',
};

const ASPECTS: readonly { name: string; of: readonly Difference['what'][]; lines: (t: Trace) => readonly string[] }[] = [
  { name: 'Rang', of: ['legs', 'order', 'shown', 'ring time'], lines: (t) => t.legs.map(legWords) },
  { name: 'Heard', of: ['heard'], lines: (t) => t.heard },
  { name: 'Music on hold', of: ['music'], lines: (t) => (t.musicClass === null ? [] : [t.musicClass]) },
  { name: 'Keys pressed', of: ['keys'], lines: (t) => (t.keys === '' ? [] : [t.keys]) },
  { name: 'End', of: ['end'], lines: (t) => [endText(t)] },
  { name: 'Recorded', of: ['recorded'], lines: (t) => [t.recorded ? 'yes' : 'no'] },
  { name: 'CDR', of: ['cdr'], lines: (t) => t.cdr.map(cdrText) },
  { name: 'AstDB', of: ['astdb'], lines: (t) => Object.entries(t.astdb ?? {}).map(([key, value]) => `${key} = ${value ?? '(none)'}`) },
];

/** All that a person needs to understand why a call failed. */
export function failedCall(call: CallResult, titles: FailedCall['titles'] = { expected: 'Expected', seen: 'Seen' }): FailedCall {
  const { scenario, differences, trouble, way } = call;
  const lines = staged(scenario);
  return {
    id: scenario.id,
    who: whoCalled(scenario),
    isStaged: lines.length > 0,
    staged: lines,
    titles,
    isTrouble: trouble !== null,
    trouble: trouble ?? '',
    differences: differences.map((d) => ({ what: DIFFERENCE_WORDS[d.what], expected: d.expected || 'nothing', seen: d.seen || 'nothing' })),
    aspects: aspectsOf(call),
    pictures: picturesOf(call, titles),
    hasWay: way.length > 0,
    steps: way.length > STEPS_SHOWN ? `the first ${STEPS_SHOWN} of ${way.length} steps` : counted(way.length, 'step'),
    way: way.slice(0, STEPS_SHOWN),
  };
}

function picturesOf({ scenario, trace }: CallResult, titles: FailedCall['titles']): Sequence[] {
  const expected = sequence(titles.expected, scenario, scenario.expect, trace);
  return trace === null ? [expected] : [expected, sequence(titles.seen, scenario, trace, scenario.expect)];
}

/** What neither side has is left out. */
function aspectsOf({ scenario, trace, differences }: CallResult): Aspect[] {
  const wrong = new Set(differences.map((d) => d.what));
  return ASPECTS.flatMap(({ name, of, lines }) => {
    const expected = lines(scenario.expect);
    const seen = trace === null ? [] : lines(trace);
    if (expected.length === 0 && seen.length === 0) return [];
    return {
      name,
      differs: of.some((what) => wrong.has(what)),
      expected: orNothing(expected),
      seen: trace === null ? ['not known'] : orNothing(seen),
    };
  });
}

/** '"Anna" <101> (device/101) dials 600 on 2026-03-02 22:00'. */
export function whoCalled({ caller, dial, at }: Scenario): string {
  const from = caller.ref === null ? '' : ` (${refText(caller.ref)})`;
  const verb = { extension: 'dials', carrier: 'calls in for', ami: 'is connected by Originate with' }[caller.as];
  return `${shownAs(caller)}${from} ${verb} ${dial || 'no number'}${at === null ? '' : ` on ${at}`}`;
}

/** '1. device/101, 4.0 s, shows "Anna" <102>, answered'. */
function legWords(leg: Leg): string {
  const dialled = leg.dialled === '' || nameOf(leg.to).endsWith(`/${leg.dialled}`) ? '' : ` dialled ${leg.dialled}`;
  const rang = leg.rangMs > 0 ? `, ${seconds(leg.rangMs)}` : '';
  return `${leg.order}. ${nameOf(leg.to)}${dialled}${rang}, shows ${shownAs(leg.shown)}, ${leg.answered ? 'answered' : 'not answered'}`;
}

function staged(s: Scenario): string[] {
  const keys = Object.entries(s.before.astdb).map(([key, value]) =>
    value === null ? `${key} is taken out of AstDB` : `${key} is set to ${value} in AstDB`,
  );
  return [...keys, ...s.acts.map(actWords)];
}

function actWords(act: Act): string {
  const who = act.who === 'caller' ? 'the caller' : refText(act.who);
  const does =
    typeof act.do === 'string'
      ? {
          answer: 'answers',
          busy: 'is busy',
          ignore: 'lets it ring',
          refuse: 'refuses',
          'wrong-number': 'says that there is no such number',
          hangup: 'hangs up',
        }[act.do]
      : `presses '${act.do.keys}'`;
  const when =
    typeof act.when === 'string'
      ? { rings: 'it rings', answered: 'the answer', talks: 'the caller is joined' }[act.when]
      : `hearing ${act.when.heard}`;
  return `${who} ${does} ${act.afterMs > 0 ? `${seconds(act.afterMs)} after` : 'upon'} ${act.afterMs === 0 && act.when === 'rings' ? 'ringing' : when}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function orNothing(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ['nothing'] : lines;
}
