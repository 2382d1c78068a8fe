import type { CallResult } from '../calls/calls.ts';
import type { Difference } from '../calls/compare.ts';

/** A call, placed into both. */
export interface PlacedInBoth {
  readonly old: CallResult;
  readonly new: CallResult;
}

/** A difference that must be, and why. */
export interface ExpectedDifference {
  /** Named in reports. */
  readonly id: string;
  readonly because: string;
  readonly covers: (difference: Difference, calls: PlacedInBoth) => boolean;
}

/**
 * Differences between the old PBX and the new one that are as they should be, or faults of the clone. A short list on purpose: whatever is not on it is a
 * defect of the kit until shown otherwise. One that covers nothing in a run is told as stale.
 */
export const EXPECTED: readonly ExpectedDifference[] = [
  {
    id: 'meetme-stand-in',
    because: 'Debian packs no MeetMe for Asterisk 16: a room of ConfBridge answers in the clone, with prompts and choices of its own',
    covers: (_, calls) => wentThrough(calls, /^macro-lab-meetme/),
  },
];

function wentThrough({ old }: PlacedInBoth, context: RegExp): boolean {
  return (old.trace?.through ?? []).some((name) => context.test(name));
}
