import type { Model } from '../../model/kinds.ts';
import { type Ref, ref, refText } from '../../model/ref.ts';
import type { Step } from '../../model/walk/step.ts';
import { entered, parties } from '../../model/walk/timeline.ts';
import type { Caller, Scenario } from '../scenario.ts';
import { busyLeadsElsewhere, takesOneCall } from './busy-matters.ts';
import { spread } from './callers.ts';
import type { Draft } from './define.ts';

/**
 * What a call needs for itself. Exclusive: an extension whose state it changes, a telephone for which it matters whether it is in a call,
 * one of a trunk's channels where they are counted. Shared: everything else that takes part.
 */
export function claimsOf(
  model: Model,
  steps: readonly Step[],
  caller: Caller,
  { id, state = {}, alone = false }: Pick<Draft, 'id' | 'state' | 'alone'>,
): Scenario['claims'] {
  const changed = Object.keys(state);
  const claims = new Map<string, { ref: Ref; mode: 'shared' | 'exclusive' }>();
  const claim = (r: Ref, mode: 'shared' | 'exclusive'): void => {
    if (mode === 'exclusive' || !claims.has(refText(r))) claims.set(refText(r), { ref: r, mode });
  };
  const all = entered(steps);
  const groupLooks = all.some((r) => r.kind === 'ring-group' && looksAtState(model, r.id));
  for (const r of all) if (r.kind === 'extension') claim(r, changed.includes(r.id) ? 'exclusive' : 'shared');
  for (const ext of changed) {
    claim(ref('extension', ext), 'exclusive');
    for (const device of model.extension[ext]?.devices ?? []) claim(ref('device', device), 'exclusive');
  }
  for (const { to, does } of parties(steps)) {
    if (to.kind === 'trunk') claimTrunk(model, to, id, claim);
    else {
      const extension = model.device[to.id]?.extension ?? null;
      const nobodyTakesIt = does === 'ignore' && all.some((r) => r.kind === 'extension' && r.id === extension);
      const matters = takesOneCall(model, extension) || (nobodyTakesIt && busyLeadsElsewhere(model, extension));
      claim(to, alone || groupLooks || matters ? 'exclusive' : 'shared');
    }
  }
  if (caller.ref !== null && caller.as === 'extension') {
    claim(caller.ref, 'shared');
    const extension = model.device[caller.ref.id]?.extension ?? null;
    if (extension !== null) claim(ref('extension', extension), 'shared');
  }
  return [...claims.values()];
}

/** A group whose strategy looks whether its members are in a call before it rings them. */
function looksAtState(model: Model, id: string): boolean {
  const group = model['ring-group'][id];
  return group !== undefined && (group.skipsBusy || group.firstMemberIsPrimary || group.strategy.startsWith('first'));
}

/** So that no more calls go through a trunk at a time than it has channels: each takes one of them. */
function claimTrunk(model: Model, trunk: Ref, id: string, claim: (r: Ref, mode: 'shared' | 'exclusive') => void): void {
  claim(trunk, 'shared');
  const channels = model.trunk[trunk.id]?.maxChannels ?? null;
  if (channels !== null && channels > 0) claim(ref('trunk', `${trunk.id}#${spread(id, channels) + 1}`), 'exclusive');
}
