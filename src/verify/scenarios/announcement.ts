import { ref, refText } from '../../model/ref.ts';
import type { Draft, PlanContext } from './define.ts';
import { callsOfEach, type Drafted } from './each-object.ts';
import { byWay, keysOnTheWay } from './ways.ts';

/** Every announcement: heard out, heard again by its key, cut short by another. */
export const announcementScenarios = callsOfEach('announcement', (context) => (id) => drafts(context, id));

function drafts(context: PlanContext, id: string): Drafted {
  const about = ref('announcement', id);
  const held = context.model.announcement[id];
  const way = byWay(context, about);
  if (way === null || held === undefined)
    return { drafts: [], skipped: [{ id: refText(about), why: 'no call that the lab places reaches it' }] };
  const before = keysOnTheWay(context, way, about);
  const call = (what: string, keys: readonly string[]): Draft => ({
    ...way,
    id: `${refText(about)}/${what}`,
    about: [about],
    keys: [...before, ...keys],
    does: () => 'ignore',
    goes: { past: about },
    impatient: true,
  });
  const list = [call('heard-out', [])];
  const other = [...'5678'].find((key) => key !== held.repeatKey) ?? '5';
  if (held.repeatKey !== '') list.push(call('repeated', [held.repeatKey]));
  if (held.allowsSkip) list.push(call('skipped', [other]));
  return { drafts: list, skipped: [] };
}
