import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ref, refText } from '../../src/model/ref.ts';
import { schedule } from '../../src/verify/calls/schedule.ts';
import type { Scenario } from '../../src/verify/scenario.ts';
import { EMPTY_TRACE } from './empty-trace.ts';

const scenario = (id: string, claims: Scenario['claims'], longestMs = 1000): Scenario => ({
  id,
  kind: 'x',
  about: [],
  at: null,
  caller: { as: 'extension', ref: null, number: '', name: '' },
  dial: '1',
  acts: [],
  before: { astdb: {} },
  claims,
  longestMs,
  expect: EMPTY_TRACE,
});
const never = new AbortController().signal;

describe('calls run side by side as their claims allow', () => {
  it('never lets two calls have what one of them needs for itself', async () => {
    const claim = fc.record({
      ref: fc.constantFrom('101', '102', '103').map((id) => ref('device', id)),
      mode: fc.constantFrom('shared' as const, 'exclusive' as const),
    });
    const claims = fc.uniqueArray(claim, { selector: (c) => c.ref.id, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(claims, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 8 }), async (all, width) => {
        const ran: string[] = [];
        const pbx =
          (running = new Set<Scenario>()) =>
          async (s: Scenario): Promise<void> => {
            for (const other of running) {
              const clash = s.claims.some((a) =>
                other.claims.some((b) => refText(a.ref) === refText(b.ref) && (a.mode === 'exclusive' || b.mode === 'exclusive')),
              );
              expect(clash).toBe(false);
            }
            running.add(s);
            expect(running.size).toBeLessThanOrEqual(width);
            await new Promise((resolve) => setImmediate(resolve));
            running.delete(s);
            ran.push(s.id);
          };
        await schedule(
          all.map((c, i) => scenario(String(i), c)),
          [pbx(), pbx()],
          { width, signal: never },
        );
        expect(ran.sort()).toEqual(all.map((_, i) => String(i)).sort());
      }),
      { numRuns: 50 },
    );
  });

  it('starts the longest calls first', async () => {
    const started: string[] = [];
    const run = async (s: Scenario): Promise<void> => void started.push(s.id);
    await schedule([scenario('short', [], 10), scenario('long', [], 99), scenario('middle', [], 50)], [run], { width: 1, signal: never });
    expect(started).toEqual(['long', 'middle', 'short']);
  });

  it('has two calls to one telephone at a time where there are two PBXs', async () => {
    const waiting: (() => void)[] = [];
    const run = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
    const alone = [{ ref: ref('device', '101'), mode: 'exclusive' as const }];
    const done = schedule([scenario('a', alone), scenario('b', alone), scenario('c', alone)], [run, run], { width: 9, signal: never });
    expect(waiting).toHaveLength(2);
    waiting[0]?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(waiting).toHaveLength(3);
    for (const end of waiting) end();
    await done;
  });

  it('starts no further call once the run is interrupted', async () => {
    const interrupted = new AbortController();
    const started: string[] = [];
    const run = async (s: Scenario): Promise<void> => {
      started.push(s.id);
      interrupted.abort();
    };
    await schedule([scenario('a', []), scenario('b', [])], [run], { width: 1, signal: interrupted.signal });
    expect(started).toEqual(['a']);
  });
});
