import type { RampBounds } from './ramp.ts';

/** How much is measured. short: that it bears a call centre's usual pace, in seconds. full: where it breaks, and what it bears for minutes. */
export type Length = 'short' | 'full';

export interface Plan {
  readonly ramp: RampBounds;
  /** Of each step. */
  readonly stepSeconds: number;
  /** At four fifths of the capacity that was found; 0: none. */
  readonly soakSeconds: number;
  /** Whether things go wrong on purpose in the middle of storms. */
  readonly triesFaults: boolean;
  readonly longestMs: number;
}

const MINUTE = 60_000;

export const PLANS: Readonly<Record<Length, Plan>> = {
  short: {
    ramp: { factor: 2, first: 4, most: 8, closeEnough: 2, steps: 2 },
    stepSeconds: 8,
    soakSeconds: 0,
    triesFaults: false,
    longestMs: 5 * MINUTE,
  },
  full: {
    ramp: { factor: 2, first: 4, most: 400, closeEnough: 1.15, steps: 14 },
    stepSeconds: 20,
    soakSeconds: 600,
    triesFaults: true,
    longestMs: 55 * MINUTE,
  },
};

/** Of the capacity, for the soak: what is planned for in practice. */
export const SOAK_SHARE = 0.8;
