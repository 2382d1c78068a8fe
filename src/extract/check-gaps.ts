import { type Finding, finding } from '../finding.ts';
import { type CountedStep, includesOf, stepFor, stepsIn } from '../model/custom-steps.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';

/** So far behind a step the old Asterisk jumped by itself where a call went wrong (priorityjumping, n+101): no gap. */
const JUMP = 100;

/** Behind these a call goes on elsewhere, or may. */
const LEADS_ELSEWHERE = /^(?:goto|gotoif|gotoiftime|hangup|busy|congestion|return|macroexit|execif)$/i;

/** Contexts of the PBX itself, which may have a line for any number. */
const ITS_OWN = /^(?:ext|from|app|outbound|outrt|park)/;

/** Lines of hand-made dialplan behind a number that was left out: a call ends before it comes to them, on the old box too. */
export function checkGaps(model: Model): Finding[] {
  return Object.keys(model['custom-dialplan']).flatMap((context) => {
    const includes = includesOf(model, context);
    if (includes.sometimes || includes.always.some((id) => ITS_OWN.test(id) && !(id in model['custom-dialplan']))) return [];
    return stepsIn(model, context).flatMap((step) => {
      const behind = beyondGap(model, step);
      if (behind === null) return [];
      const means = `Nothing stands at ${context},${step.step.extension},${step.priority + 1}: a call ends there, and does not come to the line at ${behind.priority}.`;
      return [finding('DIALPLAN_GAP', { about: ref('custom-dialplan', context), where: behind.step.at, means })];
    });
  });
}

/** The next line of the same extension where the one behind a step is missing; null: none is, or the step leads elsewhere. */
function beyondGap(model: Model, { context, step, priority }: CountedStep): CountedStep | null {
  // numbers that a pattern takes may each have lines of their own
  if (LEADS_ELSEWHERE.test(step.application) || step.extension.startsWith('_') || step.callerId !== null) return null;
  if (stepFor(model, context, step.extension, priority + 1) !== null) return null;
  const behind = stepsIn(model, context)
    .filter((s) => s.step.extension === step.extension && s.priority > priority)
    .sort((a, b) => a.priority - b.priority)[0];
  return behind === undefined || behind.priority - priority >= JUMP ? null : behind;
}
