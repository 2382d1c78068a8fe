import { hourText } from '../../model/moments.ts';
import { refText } from '../../model/ref.ts';
import type { Step } from '../../model/walk/step.ts';
import type { Draft, PlanContext } from './define.ts';
import { stepsOf } from './draft.ts';

/** The same call at other hours: one for each way that time conditions and the hours of routes can send it. */
export function atOtherHours(context: PlanContext, draft: Draft): Draft[] {
  const seen = new Set([decisions(stepsOf(context, draft) ?? [])]);
  if (seen.has('')) return [];
  const list: Draft[] = [];
  for (const time of context.moments()) {
    const way = decisions(stepsOf(context, { ...draft, time }) ?? []);
    if (seen.has(way)) continue;
    seen.add(way);
    list.push({ ...draft, time, id: draft.id.replace(/[^/]*$/, `${hourText(time)}/$&`) });
  }
  return list;
}

/** What the hours decided on a call's way; '': nothing. */
function decisions(steps: readonly Step[]): string {
  return steps.flatMap((s) => (s.do === 'decide' && s.byTime ? [`${refText(s.by)} ${s.because}`] : [])).join(', ');
}
