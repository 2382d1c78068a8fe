import { type ClassOfService, type Part, partOf } from '../class-of-service.ts';
import type { Destination } from '../destination.ts';
import { type Claim, claimFor } from '../numbering.ts';
import { isWithin } from '../time-group.ts';
import { saidAll } from './ask.ts';
import type { Call, Run } from './call.ts';
import type { Ending } from './step.ts';

/** Where a number leads for a telephone of this class; null: it may not dial that. The part that lets everything through goes on as from inside. */
export function reachInClass(
  run: Run,
  call: Call,
  parts: ClassOfService['parts'],
  number: string,
  o: { readonly outside: (only: string | null) => Ending | null; readonly knowsPin: () => boolean },
): Ending | null {
  const claim = claimFor(run.inside, number);
  for (const { context, timeGroup, asksPin } of parts) {
    const part = partOf(run.model, context);
    if (part === null || !isOpen(run, timeGroup)) continue;
    if (asksPin) {
      if (!isLong(number)) continue;
      return o.knowsPin() ? run.follow({ to: 'number', context, number }, call) : saidAll(call);
    }
    if (part.is === 'everything') return run.dial(number, call);
    if (part.is === 'routes') {
      const ending = o.outside(part.only);
      if (ending !== null) return ending;
    } else {
      const own = part.is === 'numbers' ? numberIn(run, part.of, context, number) : null;
      if (own !== null) return run.follow(own, call);
      if (claim !== null && has(part, claim, context)) return run.dial(number, call);
    }
  }
  return null;
}

/** `_X.`: what no part has is refused, or asked a PIN for, where it is longer than a digit. */
export function isLong(number: string): boolean {
  return /^[0-9]./.test(number);
}

function isOpen(run: Run, timeGroup: string | null): boolean {
  const hours = timeGroup === null ? undefined : run.model['time-group'][timeGroup];
  return hours === undefined || (run.at.time !== null && isWithin(hours, run.at.time));
}

/** Objects whose number is their id: whoever else has it is not asked where his part is not the class's. */
const BY_NUMBER = ['ring-group', 'queue', 'conference', 'page-group', 'voicemail-blast'] as const;

function numberIn(run: Run, kinds: readonly string[], context: string, number: string): Destination | null {
  if (context === 'ext-findmefollow') return number in run.model['follow-me'] ? { to: 'extension', id: number, by: 'follow-me' } : null;
  if (context === 'ext-local') return number in run.model.extension ? { to: 'extension', id: number, by: 'direct' } : null;
  const kind = BY_NUMBER.find((k) => kinds.includes(k) && number in run.model[k]);
  return kind === undefined ? null : { to: kind, id: number };
}

/** Whether the part has the number of this claim. */
function has(part: Part, { by, feature }: Claim, context: string): boolean {
  if (part.is === 'custom') return by.kind === 'custom-dialplan' && by.id === context;
  if (feature !== null) return part.is === 'codes' && (feature.id === part.of || feature.id.startsWith(`${part.of}/`));
  return part.is === 'numbers' && part.of.includes(by.kind);
}
