import { ref, refText } from '../../model/ref.ts';
import { entered } from '../../model/walk/timeline.ts';
import type { Draft, PlanContext } from './define.ts';
import { stepsOf } from './draft.ts';
import { callsOfEach, type Drafted } from './each-object.ts';
import { byWay, keysOnTheWay } from './ways.ts';

/** Every dynamic route: each value that a caller can key or bring along as his number, and none; where something else decides, one call as it comes. */
export const dynamicRouteScenarios = callsOfEach('dynamic-route', (context) => (id) => drafts(context, id));

function drafts(context: PlanContext, id: string): Drafted {
  const about = ref('dynamic-route', id);
  const held = context.model['dynamic-route'][id];
  const way = byWay(context, about);
  if (way === null || held === undefined)
    return { drafts: [], skipped: [{ id: refText(about), why: 'no call that the lab places reaches it' }] };
  const before = keysOnTheWay(context, way, about);
  const call = (what: string, keys: readonly string[], o: Partial<Draft> = {}): Draft => ({
    ...way,
    id: `${refText(about)}/${what}`,
    about: [about],
    keys: [...before, ...keys],
    does: () => 'answer',
    goes: { past: about },
    impatient: true,
    ...o,
  });
  const other = call('other', []);
  const found = held.entries
    .map((entry) => entry.value)
    .filter((value) => /^[0-9*]+$/.test(value))
    .flatMap((value) => {
      const keyed = held.asksKeys ? [call(`keys-${value}`, [`${value}#`])] : [];
      if (held.source === 'keys') return keyed;
      const { from } = way;
      const brought =
        'carrier' in from ? numbersFor(value).map((number) => call(`caller-${value}`, [], { from: { ...from, number } })) : [];
      // what decides is a text of the dialplan: whether it comes to this value, the way tells
      return [...keyed, ...brought].filter((draft) => leadsTo(context, draft) !== leadsTo(context, other)).slice(0, 1);
    });
  return { drafts: [...found, other], skipped: [] };
}

/** Numbers of callers by which a text that holds the caller's number, or the beginning of it, may come to a value; before it may stand what he has keyed. */
function numbersFor(value: string): string[] {
  const ends = Array.from({ length: Math.max(0, value.length - SHORTEST) }, (_, i) => value.slice(i + 1));
  return [value, `${value}5550123`, ...ends].filter((number) => /^\d+$/.test(number));
}
const SHORTEST = 3;

/** What takes the call, one after the other, and how it ends. */
function leadsTo(context: PlanContext, draft: Draft): string {
  const steps = stepsOf(context, draft) ?? [];
  return [...entered(steps).map(refText), steps.at(-1)?.do].join(' ');
}
