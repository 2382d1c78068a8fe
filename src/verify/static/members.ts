import { collapse, split } from '../../asterisk/arguments.ts';
import type { FollowMe } from '../../model/follow-me.ts';
import type { Model } from '../../model/kinds.ts';
import { opensChannel } from '../../model/numbering.ts';
import { ref } from '../../model/ref.ts';
import type { RingGroup } from '../../model/ring-group.ts';
import type { HeldDialplan, HeldStep } from './held-dialplan.ts';
import { defineCheck, differing, type Mismatch, yes } from './mismatch.ts';
import { onOneLine, prefixOf, routineArguments } from './step-data.ts';

/** Whom a ring group and follow me ring, in which order, for how long, and who of them is left out. */
export const memberCheck = defineCheck(async ({ dialplan }, model) => [
  ...Object.entries(model['ring-group']).flatMap(([id, g]) => group(model, id, g, dialplan.stepsOf('ext-group', id))),
  ...Object.entries(model['follow-me']).flatMap(([id, f]) => followed(model, id, f, followedSteps(dialplan, id))),
]);

function group(model: Model, id: string, g: RingGroup, steps: readonly HeldStep[]): Mismatch[] {
  if (steps.length === 0) return [];
  const waits = new Set([...dialSeconds(steps), ...routineArguments(steps, 'ring-members').map(([seconds = '']) => seconds)]);
  const flags = routineArguments(steps, 'member').map(([, ...rest]) => rest);
  return differing(ref('ring-group', id), {
    members: [expected(model, g, g.members), held(steps)],
    ...prefix(g, steps),
    ...(flags.length === 0
      ? {}
      : {
          'members in a call are left out': [g.skipsBusy, yes(flags.every(([busy]) => busy === 'busy'))] as const,
          'forwards of members are not followed': [g.ignoresForwards, yes(flags.every(([, forwards]) => forwards === 'no'))] as const,
        }),
    ...(held(steps) === '' ? {} : { 'seconds of ringing': [String(g.ringSeconds), [...waits].join(', ')] as const }),
    ...turns(g, steps),
  });
}

/** Where a member leads back to who is followed. */
const AGAIN = 'again';

function followed(model: Model, id: string, f: FollowMe, steps: readonly HeldStep[]): Mismatch[] {
  if (steps.length === 0) return [];
  const together = f.strategy === 'ringallv2';
  const isAmong = f.members.some((m) => m.number === id);
  const own = together && (isAmong || f.preRingSeconds === 0) ? f.preRingSeconds + f.ringSeconds : f.preRingSeconds;
  const isAgain = (s: HeldStep): boolean => s.label === AGAIN;
  const [ownArguments = []] = routineArguments(
    steps.filter((s) => !isAgain(s)),
    'own-telephone',
  );
  const [again] = routineArguments(steps.filter(isAgain), 'own-telephone');
  const seconds = [...new Set([...dialSeconds(steps), ...routineArguments(steps, 'ring-members').map(([s = '']) => s)])].sort();
  const wanted = together ? [f.preRingSeconds + f.ringSeconds, f.ringSeconds].map(String).sort() : [String(f.ringSeconds)];
  const others = together ? f.members.filter((m) => m.number !== id) : f.members;
  return differing(ref('follow-me', id), {
    members: [expected(model, f, others), held(steps)],
    ...prefix(f, steps),
    ...(held(steps) === '' ? {} : { 'seconds of ringing': [[...new Set(wanted)].join(', '), seconds.join(', ')] as const }),
    'seconds that its own telephone rings': [String(own), ownArguments[0] ?? '0'],
    ...(again === undefined
      ? {}
      : { 'seconds that it rings on where a member leads back': [f.preRingSeconds + f.ringSeconds, again[0]] as const }),
    ...turns(f, steps),
  });
}

function prefix({ callerNamePrefix }: RingGroup | FollowMe, steps: readonly HeldStep[]): Record<string, readonly [string, string]> {
  return { 'put before the name': [onOneLine(callerNamePrefix), prefixOf(steps)] };
}

type Turns = 'all at once' | 'one after the other' | 'more and more' | 'the first that may';

const TURNS: Readonly<Record<FollowMe['strategy'], Turns>> = {
  ringall: 'all at once',
  ringallv2: 'all at once',
  hunt: 'one after the other',
  memoryhunt: 'more and more',
  firstavailable: 'the first that may',
  firstnotonphone: 'the first that may',
};

/** In which turns members ring. One member alone rings alike in all of them; who is to be asked to confirm cannot be added to those that ring. */
function turns(g: RingGroup | FollowMe, steps: readonly HeldStep[]): Record<string, readonly [string, string]> {
  const rung = held(steps);
  if (!rung.includes(', ') || (g.strategy === 'memoryhunt' && rung.includes('must confirm'))) return {};
  return { 'members ring': [TURNS[g.strategy], turnsOf(steps)] };
}

function turnsOf(steps: readonly HeldStep[]): Turns {
  const [, how] = routineArguments(steps, 'ring-members')[0] ?? [];
  if (how !== undefined) return how === 'hunt' ? 'one after the other' : 'more and more';
  return steps.some((s) => /^gotoif$/i.test(s.application) && s.data.includes('${MEMBERS}')) ? 'the first that may' : 'all at once';
}

/** Numbers that somebody can dial: any other member never rings. */
const DIALLED = /^[0-9A-Za-z+*#]+$/;

function expected(model: Model, g: Pick<RingGroup, 'confirms'>, members: RingGroup['members']): string {
  const texts = members.flatMap((m) => {
    if (m.outside) return DIALLED.test(m.number) && opensChannel(model, m.number) ? [outsideText(m.number, g.confirms)] : [];
    return m.number in model.extension && DIALLED.test(m.number) ? [m.number] : [];
  });
  return texts.join(', ');
}

function outsideText(number: string, confirms: boolean): string {
  return `${number} outside${confirms ? ', must confirm' : ''}`;
}

/** Outside members are dialled as numbers, through `confirmed` where they are asked; extensions are added by the routine `member`. */
function held(steps: readonly HeldStep[]): string {
  return steps
    .flatMap((s) => [
      ...routineArguments([s], 'member').map(([number = '']) => number),
      ...[...s.data.matchAll(/Local\/([^@&,/]+)@(from-internal|confirmed)/g)].map((m) => outsideText(m[1] as string, m[2] === 'confirmed')),
    ])
    .join(', ');
}

function dialSeconds(steps: readonly HeldStep[]): string[] {
  return steps.flatMap((s) => {
    const dial = /(?:^|[?:])Dial\((.*)$/.exec(`${s.application}(${s.data}`);
    const seconds = dial === null ? '' : (split(dial[1] ?? '', ',')[1] ?? '');
    return /^\d+$/.test(seconds) ? [seconds] : [];
  });
}

/** Of its own extension, and of those that it rings beside itself through Local channels. */
function followedSteps(dialplan: HeldDialplan, id: string): HeldStep[] {
  const steps = dialplan.stepsOf('ext-findmefollow', id);
  const beside = steps.flatMap((s) =>
    [...collapse(s.data, { EXTEN: id }).matchAll(/Local\/([^@&,/]+)@(follow-me-[\w-]+)/g)].flatMap(([, number = '', context = '']) =>
      dialplan.stepsOf(context, number),
    ),
  );
  return [...steps, ...beside];
}
