import type { FeatureUse } from '../feature-claims.ts';
import { type Ref, ref } from '../ref.ts';
import type { Call, Run } from './call.ts';
import type { Ending } from './step.ts';

/** What a feature code does. `use.given`: what was dialled after it. */
export type Feature = (run: Run, call: Call, use: FeatureUse) => Ending;

/** Whose telephone it is; '' for somebody outside (old: AMPUSER). */
export function userOf(call: Call): string {
  return call.from.extension ?? '';
}

/** Who asks and says, for the steps. */
export function byOf(use: FeatureUse): Ref {
  return ref('feature-code', use.id);
}

/** What most codes begin with, and do even where the call is answered already. */
export function answerAndWait(call: Call): void {
  call.elapsed += 1;
  call.steps.push({ do: 'wait', seconds: 1, answers: true });
}

/** The PBX waits, and does not answer for it. */
export function pauseFor(call: Call, seconds: number): void {
  call.elapsed += seconds;
  call.steps.push({ do: 'wait', seconds, answers: false });
}

/** A key of AstDB that belongs to somebody; nobody's is not kept. */
export function keep(call: Call, family: string, user: string, value: string | null): void {
  if (user !== '') call.steps.push({ do: 'set', key: `${family}/${user}`, value });
}
