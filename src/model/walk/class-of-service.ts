import { type ClassOfService, type Part, partOf } from '../class-of-service.ts';
import { type Claim, claimFor } from '../numbering.ts';
import { isWithin } from '../time-group.ts';
import type { Call, Run } from './call.ts';
import type { Ending } from './step.ts';

/** Where a number leads for a telephone of this class; null: it may not dial that. The part that lets everything through goes on as from inside. */
export function reachInClass(
  run: Run,
  call: Call,
  held: ClassOfService,
  number: string,
  outside: (only: string | null) => Ending | null,
): Ending | null {
  const claim = claimFor(run.inside, number);
  for (const { context, timeGroup } of held.parts) {
    const part = partOf(run.model, context);
    if (part === null || !isOpen(run, timeGroup)) continue;
    if (part.is === 'everything') return run.dial(number, call);
    if (part.is === 'routes') {
      const ending = outside(part.only);
      if (ending !== null) return ending;
    } else if (claim !== null && has(run, part, claim, context)) {
      return context === 'ext-local' ? run.follow({ to: 'extension', id: claim.by.id, by: 'direct' }, call) : run.dial(number, call);
    }
  }
  return null;
}

function isOpen(run: Run, timeGroup: string | null): boolean {
  const hours = timeGroup === null ? undefined : run.model['time-group'][timeGroup];
  return hours === undefined || (run.at.time !== null && isWithin(hours, run.at.time));
}

/** Whether the part has the number of this claim. */
function has(run: Run, part: Part, { by, feature }: Claim, context: string): boolean {
  if (context === 'ext-findmefollow') return feature === null && by.kind === 'extension' && by.id in run.model['follow-me'];
  if (part.is === 'custom') return by.kind === 'custom-dialplan' && by.id === context;
  if (feature !== null) return part.is === 'codes' && (feature.id === part.of || feature.id.startsWith(`${part.of}/`));
  return part.is === 'numbers' && part.of.includes(by.kind);
}
