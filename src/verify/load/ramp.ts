export interface RampBounds {
  /** A rate that holds is followed by one so many times as high; a first one that breaks by one so many times as low. */
  readonly factor: number;
  /** Originates a second of the first step. */
  readonly first: number;
  readonly most: number;
  /** Between what holds and what breaks no step is taken that is not so many times the lower one. */
  readonly closeEnough: number;
  readonly steps: number;
}

/**
 * Why a ramp ended. close: the limit is known well enough. steps: it would need more. most: it bears the highest rate that is tried. nothing: not even the slowest.
 * short: something else than the PBX was short at a higher rate.
 */
export type RampEnd = 'close' | 'steps' | 'most' | 'nothing' | 'short';

/** How a step went: the PBX bore it, or did not, or it says nothing of the PBX. */
export type Verdict = 'holds' | 'breaks' | 'short';

/** A first step that breaks is followed by slower ones, down to this part of it. */
const SLOWEST = 1 / 32;

/** Which rate to try next: a multiple of the last one until it breaks, then between what held and what broke. */
export class Ramp {
  private readonly bounds: RampBounds;
  private taken = 0;
  private holds = 0;
  private breaks = Number.POSITIVE_INFINITY;
  private isShort = false;

  constructor(bounds: RampBounds) {
    this.bounds = bounds;
  }

  /** null: it is over. */
  next(): number | null {
    return this.end === null ? this.rate() : null;
  }

  tell(rate: number, verdict: Verdict): void {
    this.taken++;
    if (verdict === 'holds') this.holds = Math.max(this.holds, rate);
    else if (verdict === 'breaks') this.breaks = Math.min(this.breaks, rate);
    else this.isShort = true;
  }

  /** Highest rate that held; 0: none. */
  get capacity(): number {
    return this.holds;
  }

  get end(): RampEnd | null {
    const { most, closeEnough, steps, first } = this.bounds;
    if (this.isShort) return 'short';
    if (this.holds >= most) return 'most';
    if (this.breaks <= first * SLOWEST) return 'nothing';
    if (this.holds > 0 && this.breaks / this.holds <= closeEnough) return 'close';
    return this.taken >= steps ? 'steps' : null;
  }

  private rate(): number {
    const { first, most, factor } = this.bounds;
    if (this.taken === 0) return Math.min(first, most);
    if (this.breaks === Number.POSITIVE_INFINITY) return Math.min(this.holds * factor, most);
    if (this.holds === 0) return this.breaks / factor;
    return Math.sqrt(this.holds * this.breaks);
  }
}
