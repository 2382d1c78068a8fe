import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ramp, type RampBounds, type Verdict } from '../../../src/verify/load/ramp.ts';

const BOUNDS: RampBounds = { factor: 2, first: 4, most: 400, closeEnough: 1.15, steps: 20 };

/** A PBX that bears so many originates a second, and no more. */
function climb(bears: number, bounds: RampBounds = BOUNDS): { rates: number[]; ramp: Ramp } {
  const ramp = new Ramp(bounds);
  const rates: number[] = [];
  for (let rate = ramp.next(); rate !== null; rate = ramp.next()) {
    rates.push(rate);
    ramp.tell(rate, rate <= bears ? 'holds' : 'breaks');
  }
  return { rates, ramp };
}

describe('the ramp', () => {
  it('finds what a PBX bears, never above it and never far below', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 399, noNaN: true }), (bears) => {
        const { ramp } = climb(bears);
        expect(ramp.end).toBe('close');
        expect(ramp.capacity).toBeLessThanOrEqual(bears);
        expect(ramp.capacity * BOUNDS.closeEnough).toBeGreaterThanOrEqual(bears * 0.999);
      }),
    );
  });

  it('doubles until the PBX breaks', () => {
    expect(climb(30).rates.slice(0, 4)).toEqual([4, 8, 16, 32]);
  });

  it('goes up in small steps from where it is known to hold', () => {
    expect(climb(41, { ...BOUNDS, factor: 1.1, first: 36 }).rates).toEqual([36, expect.closeTo(39.6), expect.closeTo(43.56)]);
    expect(climb(30, { ...BOUNDS, factor: 1.1, first: 36 }).rates.map(Math.round)).toEqual([36, 33, 30]);
  });

  it('ends at the highest rate that is tried where the PBX bears that', () => {
    const { ramp, rates } = climb(1e9);
    expect(ramp.end).toBe('most');
    expect(ramp.capacity).toBe(400);
    expect(Math.max(...rates)).toBe(400);
  });

  it('ends with no capacity where even the slowest storm breaks the PBX', () => {
    const { ramp } = climb(0);
    expect(ramp.end).toBe('nothing');
    expect(ramp.capacity).toBe(0);
  });

  it('ends where the agents and not the PBX were short, with what held before', () => {
    const ramp = new Ramp(BOUNDS);
    ramp.tell(4, 'holds');
    ramp.tell(8, 'short');
    expect([ramp.next(), ramp.end, ramp.capacity]).toEqual([null, 'short', 4]);
  });

  it('takes no more steps than it may, whatever the PBX does', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<Verdict>('holds', 'breaks', 'short'), { minLength: 30, maxLength: 30 }), (held) => {
        const ramp = new Ramp(BOUNDS);
        let steps = 0;
        for (let rate = ramp.next(); rate !== null; rate = ramp.next()) ramp.tell(rate, held[steps++] ?? 'breaks');
        expect(steps).toBeLessThanOrEqual(BOUNDS.steps);
      }),
    );
  });
});
