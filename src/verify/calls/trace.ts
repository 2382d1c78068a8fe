import { refText } from '../../model/ref.ts';
import { type Leg, SECRET_KEY, TOGETHER_MS, type Trace } from '../scenario.ts';
import type { ActiveCall, LegSeen } from './active-call.ts';
import { isTimed } from './clock.ts';
import { isInto } from './into.ts';
import type { Step, Watched } from './watch.ts';
import { writtenKeys } from './written-keys.ts';

/** Applications that ring somebody: what comes before them is the dialplan's overhead. */
const RINGS = new Set(['Dial', 'Queue', 'Page', 'RetryDial']);

/** The trace of a call that is over; its CDR rows come later, from the database. */
export function traceOf(call: ActiveCall): Trace {
  const seen = call.seen();
  const caller = call.pbxChannel;
  return {
    legs: legsOf(call.legs),
    heard: (seen?.played ?? []).filter((p) => p.channel === caller).map((p) => p.file),
    keys: masked(
      (seen?.digits ?? []).filter((d) => d.channel === caller).map((d) => d.digit),
      call,
    ),
    musicClass: (seen?.music ?? []).find((m) => m.channel === caller)?.musicClass ?? null,
    end: call.ending?.by === 'caller' ? { at: 'caller', cause: 16 } : { at: 'hangup', cause: endCause(call) },
    recorded: (seen?.recordings.length ?? 0) > 0,
    cdr: [],
    wrote: writtenKeys(seen?.steps ?? []),
    stepsToDial: stepsToDial(seen, caller),
    through: [...new Set((seen?.steps ?? []).map((s) => s.context))],
  };
}

/** Keys that the PBX took from the caller; those of a secret are not told. */
function masked(keys: readonly string[], { call }: ActiveCall): string {
  const secrets = call.acts.flatMap((a) => (a.who === 'caller' && typeof a.do === 'object' && a.do.secret === true ? [a.do.keys] : []));
  return secrets.reduce((text, secret) => text.replaceAll(secret, SECRET_KEY.repeat(secret.length)), keys.join(''));
}

/**
 * Cause with which the PBX ended the caller's leg, as its own channel says: what a telephone is told is made from it, by rules of SIP. A call that
 * the PBX refused before there was a channel has what the telephone was told.
 */
function endCause(call: ActiveCall): number {
  const channel = call.pbxChannel === null ? undefined : call.seen()?.channels.get(call.pbxChannel);
  const cause = channel?.cause ?? call.ending?.cause ?? 0;
  // hung up with no cause given is normal clearing
  return cause === 0 ? 16 : cause;
}

function legsOf(legs: readonly LegSeen[]): Leg[] {
  const sorted = [...legs].sort((a, b) => a.rangAt - b.rangAt);
  let order = 0;
  let last = Number.NEGATIVE_INFINITY;
  return sorted.map((leg) => {
    if (leg.rangAt - last > TOGETHER_MS) order++;
    last = leg.rangAt;
    return {
      to: leg.to,
      dialled: leg.dialled,
      order,
      shown: leg.shown,
      answered: leg.answeredAt !== null,
      rangMs: Math.round((leg.answeredAt ?? leg.goneAt ?? performance.now()) - leg.rangAt),
    };
  });
}

/** Priorities that the caller's channel executed up to and with the first that rings somebody; null where none did. */
export function stepsToDial(seen: Watched | undefined, caller: string | null): number | null {
  const steps = stepsOf(seen, caller);
  const first = steps.findIndex((s) => RINGS.has(s.application));
  return first === -1 ? null : first + 1;
}

export function stepsOf(seen: Watched | undefined, channel: string | null): Step[] {
  return (seen?.steps ?? []).filter((s) => s.channel === channel && !isTimed(s.extension) && !isInto(s.extension));
}

/** One line a step, for the report: where it stands and what it did. */
export function stepText(s: Step): string {
  return `${s.context},${s.extension},${s.priority} ${s.application}(${s.data})`;
}

export function legText(leg: Leg): string {
  const to = typeof leg.to === 'string' ? leg.to : refText(leg.to);
  return `${to} dialled ${leg.dialled} shows "${leg.shown.name}" <${leg.shown.number}>${leg.answered ? ' answered' : ''}`;
}
