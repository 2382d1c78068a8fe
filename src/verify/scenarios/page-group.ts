import { ref, refText } from '../../model/ref.ts';
import { type Draft, only, type PlanContext } from './define.ts';
import { callsOfEach, type Drafted } from './each-object.ts';
import { byWay } from './ways.ts';

/** Every page group: all its telephones ring, and one takes the call. */
export const pageGroupScenarios = callsOfEach('page-group', (context) => (id) => drafts(context, id));

function drafts(context: PlanContext, id: string): Drafted {
  const about = ref('page-group', id);
  const way = byWay(context, about);
  if (way === null) return { drafts: [], skipped: [{ id: refText(about), why: 'no call that the lab places reaches it' }] };
  const call = (what: string, does: Draft['does']): Draft => ({
    ...way,
    id: `${refText(about)}/${what}`,
    about: [about],
    does,
    goes: 'through',
  });
  const first = context.model['page-group'][id]?.devices[0];
  return {
    drafts: [
      call('nobody-answers', () => 'ignore'),
      ...(first === undefined ? [] : [call('one-answers', only(ref('device', first), 'answer'))]),
    ],
    skipped: [],
  };
}
