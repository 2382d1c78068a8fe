import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ref, refText } from '../../src/model/ref.ts';
import { schedule } from '../../src/verify/calls/schedule.ts';
import type { Scenario } from '../../src/verify/scenario.ts';
import { EMPTY_TRACE } from './empty-trace.ts';

const scenario = (id: string, claims: Scenario['claims'], longestMs = 1000, at: string | null = null): Scenario => ({
  id,
  kind: 'x',
  about: [],
  at,
  caller: { as: 'extension', ref: null, number: '', name: '' },
  dial: '1',
  acts: [],
  before: { astdb: {} },
  claims,
  longestMs,
  expect: EMPTY_TRACE,
});
const never = new AbortController().signal;
const noTime = (): Promise<void> => Promise.reject(new Error('no call needs a time'));
const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('calls run side by side as their claims allow', () => {
  it('never lets two calls have what one of them needs for itself', async () => {
    const claim = fc.record({
      ref: fc.constantFrom('101', '102', '103').map((id) => ref('device', id)),
      mode: fc.constantFrom('shared' as const, 'exclusive' as const),
    });
    const claims = fc.uniqueArray(claim, { selector: (c) => c.ref.id, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(claims, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 8 }), async (all, width) => {
        const running = new Set<Scenario>();
        const ran: string[] = [];
        const run = async (s: Scenario): Promise<void> => {
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
          run,
          { width, signal: never, setTime: noTime },
        );
        expect(ran.sort()).toEqual(all.map((_, i) => String(i)).sort());
      }),
      { numRuns: 50 },
    );
  });

  it('runs side by side only calls of one time, and those for which no time matters', async () => {
    const at = fc.constantFrom('2026-07-27 10:00', '2026-07-27 20:00', '2026-07-26 10:00', null);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ at, ticks: fc.nat(5) }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 8 }),
        async (all, width) => {
          let clock: string | null = null;
          const set: string[] = [];
          const timed = new Set<string>();
          let ran = 0;
          const setTime = async (to: string): Promise<void> => {
            expect(timed.size).toBe(0);
            await tick();
            expect(timed.size).toBe(0);
            clock = to;
            set.push(to);
          };
          const run = async (s: Scenario): Promise<void> => {
            if (s.at !== null) timed.add(s.id);
            for (let i = 0; i <= (all[Number(s.id)]?.ticks ?? 0); i++) {
              if (s.at !== null) expect(clock).toBe(s.at);
              await tick();
            }
            timed.delete(s.id);
            ran++;
          };
          await schedule(
            all.map((c, i) => scenario(String(i), [], 1000, c.at)),
            run,
            { width, signal: never, setTime },
          );
          expect(ran).toBe(all.length);
          // each time is set once: going back and forth would make calls wait for nothing
          expect(set.length).toBe(new Set(all.flatMap((c) => c.at ?? [])).size);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('begins with the time whose calls take longest, and with them before those for which no time matters', async () => {
    const started: string[] = [];
    const run = async (s: Scenario): Promise<void> => void started.push(s.id);
    const list = [scenario('free', [], 99), scenario('short', [], 10, 'a'), scenario('long', [], 50, 'b'), scenario('brief', [], 5, 'b')];
    await schedule(list, run, { width: 1, signal: never, setTime: tick });
    expect(started.indexOf('long')).toBeLessThan(started.indexOf('short'));
    expect(started.indexOf('long')).toBeLessThan(started.indexOf('brief'));
  });

  it('goes on with other times while a call of this one waits for a telephone, and comes back to it', async () => {
    const phone = [{ ref: ref('device', '101'), mode: 'exclusive' as const }];
    const started: string[] = [];
    let free: () => void = () => undefined;
    const run = async (s: Scenario): Promise<void> => {
      started.push(s.id);
      if (s.id === 'talk') await new Promise<void>((resolve) => (free = resolve));
      if (s.id === 'night') free();
      await tick();
    };
    const list = [
      scenario('talk', phone, 90),
      scenario('day', [], 50, 'a'),
      scenario('day too', phone, 40, 'a'),
      scenario('night', [], 10, 'b'),
    ];
    const set: string[] = [];
    // the time matters to no call yet when the talk begins
    await schedule(list, run, {
      width: 9,
      signal: never,
      setTime: async (to) => {
        set.push(to);
        await tick();
      },
    });
    expect([started, set]).toEqual([
      ['talk', 'day', 'night', 'day too'],
      ['a', 'b', 'a'],
    ]);
  });

  it('starts the longest calls first', async () => {
    const started: string[] = [];
    const run = async (s: Scenario): Promise<void> => void started.push(s.id);
    await schedule([scenario('short', [], 10), scenario('long', [], 99), scenario('middle', [], 50)], run, {
      width: 1,
      signal: never,
      setTime: noTime,
    });
    expect(started).toEqual(['long', 'middle', 'short']);
  });

  it('starts no further call once the run is interrupted', async () => {
    const interrupted = new AbortController();
    const started: string[] = [];
    const run = async (s: Scenario): Promise<void> => {
      started.push(s.id);
      interrupted.abort();
    };
    await schedule([scenario('a', []), scenario('b', [])], run, { width: 1, signal: interrupted.signal, setTime: noTime });
    expect(started).toEqual(['a']);
  });
});
