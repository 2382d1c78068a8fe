import { answersCall, type RingLeg, type Step } from '../../model/walk/step.ts';
import { answeredItselfMs, CONFIRM_SECONDS, type Timing, timeline } from '../../model/walk/timeline.ts';

/** Nearer than this nobody can tell who is the first. */
const ALIKE_MS = 500;

/**
 * Whether the PBX itself takes the call for which it rings somebody at the end: a number that is rung leads to a question for a PIN, an announcement, a room. perhaps: others
 * may be the first, or a queue picks among several.
 */
export function takenByPbx(steps: readonly Step[], timing: Timing): 'no' | 'perhaps' | 'surely' {
  const last = steps.findLast((s) => s.do !== 'set');
  if ((last?.do !== 'ring' && last?.do !== 'queue') || last.result !== 'answered') return 'no';
  const taken = last.legs.flatMap((leg) => takenAt(leg, timing) ?? []);
  const first = (by: Taken['by']): number => Math.min(...taken.filter((t) => t.by === by).map((t) => t.ms));
  if (first('pbx') === Number.POSITIVE_INFINITY) return taken.some((t) => t.by === 'either') ? 'perhaps' : 'no';
  if (last.do === 'queue' && last.some) return 'perhaps';
  const people = Math.min(first('people'), first('either'));
  if (first('pbx') + ALIKE_MS < people) return 'surely';
  return people + ALIKE_MS < first('pbx') ? 'no' : 'perhaps';
}

interface Taken {
  readonly ms: number;
  readonly by: 'pbx' | 'people' | 'either';
}

/** null: not at all. */
function takenAt(leg: RingLeg, timing: Timing): Taken | null {
  if (leg.kind === 'party') return leg.does === 'answer' || leg.does === 'answer-only' ? { ms: timing.answerMs, by: 'people' } : null;
  if (leg.ending !== 'answered') return null;
  const ms = timeline(leg.steps, timing).endMs ?? 0;
  if (leg.confirmed === true) return { ms: ms + CONFIRM_SECONDS * 1000, by: 'people' };
  if (leg.steps.some(answersCall)) return { ms: answeredItselfMs(leg.steps, timing) ?? ms, by: 'pbx' };
  const by = ({ no: 'people', perhaps: 'either', surely: 'pbx' } as const)[takenByPbx(leg.steps, timing)];
  return { ms, by };
}
