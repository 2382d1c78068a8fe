import { ref, refText } from '../../model/ref.ts';
import { type Draft, only, type PlanContext } from './define.ts';
import { callsOfEach, type Drafted } from './each-object.ts';
import { byWay } from './ways.ts';

/** Every page group: all its telephones ring, and one takes the call; who does not want to be disturbed is left out, or is called even so. */
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
  const { devices = [] } = context.model['page-group'][id] ?? {};
  const [first] = devices;
  const last = devices.length < 2 ? null : (context.model.device[devices.at(-1) ?? '']?.extension ?? null);
  return {
    drafts: [
      call('nobody-answers', () => 'ignore'),
      ...(first === undefined ? [] : [call('one-answers', only(ref('device', first), 'answer'))]),
      ...(last === null || !(last in context.model.extension)
        ? []
        : [{ ...call('one-is-not-to-be-disturbed', () => 'ignore' as const), state: { [last]: { doNotDisturb: true } } }]),
    ],
    skipped: [],
  };
}
