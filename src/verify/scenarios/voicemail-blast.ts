import { ref, refText } from '../../model/ref.ts';
import type { Draft, PlanContext } from './define.ts';
import { callsOfEach, type Drafted } from './each-object.ts';
import { byWay } from './ways.ts';

/** Every group of mailboxes: who says yes may speak, who says nothing or another key may not, nor who does not know the password. */
export const voicemailBlastScenarios = callsOfEach('voicemail-blast', (context) => (id) => drafts(context, id));

function drafts(context: PlanContext, id: string): Drafted {
  const about = ref('voicemail-blast', id);
  const way = byWay(context, about);
  const held = context.model['voicemail-blast'][id];
  if (way === null || held === undefined)
    return { drafts: [], skipped: [{ id: refText(about), why: 'no call that the lab places reaches it' }] };
  const password = held.asksPassword ? [`${context.model.secrets[`${refText(about)}/password`] ?? ''}#`] : [];
  const call = (what: string, keys: readonly string[]): Draft => ({
    ...way,
    id: `${refText(about)}/${what}`,
    about: [about],
    keys: [...(way.keys ?? []), ...keys],
    does: () => 'ignore',
    goes: 'through',
  });
  const list = [call('message', [...password, ...(held.label === 'none' ? [] : ['1'])])];
  if (held.label !== 'none') list.push(call('no-key', password), call('other-key', [...password, '5']));
  if (held.asksPassword) list.push(call('wrong-password', ['00#', '00#', '00#']));
  return { drafts: list, skipped: [] };
}
