import { ref, refText } from '../../model/ref.ts';
import type { Draft, PlanContext } from './define.ts';
import { callsOfEach, type Drafted } from './each-object.ts';
import { byWay } from './ways.ts';

/** Every call flow, by day and by night. */
export const callFlowScenarios = callsOfEach('call-flow', (context) => (id) => drafts(context, id));

function drafts(context: PlanContext, id: string): Drafted {
  const about = ref('call-flow', id);
  const way = byWay(context, about);
  if (way === null) return { drafts: [], skipped: [{ id: refText(about), why: 'no call that the lab places reaches it' }] };
  const call = (mode: 'day' | 'night'): Draft => ({
    ...way,
    id: `${refText(about)}/${mode}`,
    about: [about],
    does: () => 'answer',
    impatient: true,
    astdb: { ...way.astdb, [`DAYNIGHT/C${id}`]: mode === 'day' ? 'DAY' : 'NIGHT' },
  });
  return { drafts: [call('day'), call('night')], skipped: [] };
}
