import { describe, expect, it } from 'vitest';
import { divide } from '../../src/verify/old/divide.ts';
import type { Scenario, Trace } from '../../src/verify/scenario.ts';
import { call, phone } from './a-scenario.ts';

const one = (id: string, at: string | null, expected: Partial<Trace> = {}): Scenario => {
  const made = call(id, phone('101'), '8123', []);
  return { ...made, at, expect: { ...made.expect, ...expected } };
};

describe('calls beside an old PBX', () => {
  it('go into it at any time, but for those on which the hours of a route decide: its clock must be at theirs', () => {
    const [night, day] = ['2026-11-24 00:00', '2026-11-24 11:00'];
    const byClock = { byClock: true };
    const { now, atClock, left } = divide([one('a', day), one('b', night, byClock), one('c', night, byClock), one('d', null)]);
    expect(now.map((s) => s.id)).toEqual(['a', 'd']);
    expect([...atClock].map(([at, list]) => `${at} ${list.map((s) => s.id).join('+')}`)).toEqual([`${night} b+c`]);
    expect(left).toEqual([]);
  });

  it('are told where they go into the new one alone', () => {
    const round = one('round', null, { circles: true });
    const hours = Array.from({ length: 5 }, (_, i) => one(`h${i}`, `2026-11-24 0${i}:00`, { byClock: true }));
    const { now, atClock, left } = divide([round, ...hours]);
    expect([now.length, atClock.size]).toEqual([0, 3]);
    expect(left.map((l) => l.id)).toEqual(['round', 'h3', 'h4']);
    expect(left.every((l) => l.why.length > 20)).toBe(true);
  });

  it('have one place each, whatever they are', () => {
    const all = [one('a', null), one('b', '2026-11-24 11:00', { byClock: true }), one('c', null, { circles: true })];
    const { now, atClock, left } = divide(all);
    expect([...now, ...[...atClock.values()].flat(), ...left].map((s) => s.id).sort()).toEqual(['a', 'b', 'c']);
  });
});
