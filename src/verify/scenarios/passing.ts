import type { ModelKind } from '../../model/kinds.ts';
import { type Ref, ref, refText } from '../../model/ref.ts';
import type { Draft, PlanContext } from './define.ts';
import { callsOfEach, type Drafted } from './each-object.ts';
import { byWay } from './ways.ts';

/** What a call passes on its way to somewhere else. */
const PASSED = [
  'language',
  'set-cid',
  'queue-priority',
  'recording-rule',
  'misc-destination',
  'misc-application',
  'callback',
] as const satisfies readonly ModelKind[];

/** Every one of them: who passes it is led on, under the name and number that it says, and is answered or not. */
export const passingScenarios = PASSED.map((kind) => callsOfEach(kind, (context) => (id) => drafts(context, ref(kind, id))));

function drafts(context: PlanContext, about: Ref): Drafted {
  const way = byWay(context, about);
  if (way === null) return { drafts: [], skipped: [{ id: refText(about), why: 'no call that the lab places reaches it' }] };
  const call = (what: string, does: 'answer' | 'ignore'): Draft => ({
    ...way,
    id: `${refText(about)}/${what}`,
    about: [about],
    does: () => does,
    impatient: true,
  });
  return { drafts: [call('answered', 'answer'), call('nobody', 'ignore')], skipped: [] };
}
