import { ref, refText } from '../../model/ref.ts';
import type { Draft, PlanContext } from './define.ts';
import { callsOfEach, type Drafted } from './each-object.ts';
import { byWay } from './ways.ts';

/** Every dynamic route: each value that a caller can key, and none; where something else decides, one call as it comes. */
export const dynamicRouteScenarios = callsOfEach('dynamic-route', (context) => (id) => drafts(context, id));

function drafts(context: PlanContext, id: string): Drafted {
  const about = ref('dynamic-route', id);
  const held = context.model['dynamic-route'][id];
  const way = byWay(context, about);
  if (way === null || held === undefined)
    return { drafts: [], skipped: [{ id: refText(about), why: 'no call that the lab places reaches it' }] };
  const call = (what: string, keys: readonly string[]): Draft => ({
    ...way,
    id: `${refText(about)}/${what}`,
    about: [about],
    keys: [...(way.keys ?? []), ...keys],
    does: () => 'ignore',
    goes: { past: about },
    impatient: true,
  });
  const values = held.source === 'keys' && held.asksKeys ? held.entries.map((e) => e.value).filter((v) => /^[0-9*]+$/.test(v)) : [];
  return { drafts: [...values.map((value) => call(`keys-${value}`, [`${value}#`])), call('other', [])], skipped: [] };
}
