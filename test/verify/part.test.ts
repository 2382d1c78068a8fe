import { describe, expect, it } from 'vitest';
import { Part } from '../../src/verify/calls/part.ts';
import type { Act } from '../../src/verify/scenario.ts';

const act = (when: Act['when'], keys: string): Act => ({ who: 'caller', when, afterMs: 0, do: { keys } });

/** A party with a clock that the test winds on. */
function party(acts: readonly Act[]): { part: Part; did: () => string; pass: () => void } {
  const due: (() => void)[] = [];
  const done: string[] = [];
  const part = new Part(acts, {
    later: (_, what) => due.push(what),
    perform: ({ do: does }) => done.push(typeof does === 'object' ? does.keys : does),
  });
  return { part, did: () => done.join(' '), pass: () => due.splice(0).forEach((what) => void what()) };
}

describe('what one party does in a call', () => {
  it('waits with the second act for a prompt that begins after the first', () => {
    const { part, did, pass } = party([act({ heard: 'menu' }, '1'), act({ heard: 'menu' }, '2')]);
    part.hears('menu');
    part.hears('menu');
    pass();
    expect(did()).toBe('1');
    part.hears('menu');
    pass();
    expect(did()).toBe('1 2');
  });

  it('counts how often a prompt began where the nth is meant, from the act before on', () => {
    const { part, did, pass } = party([act({ heard: 'a' }, '1'), act({ heard: 'b', nth: 2 }, '2')]);
    part.hears('b');
    part.hears('a');
    pass();
    part.hears('b');
    pass();
    expect(did()).toBe('1');
    part.hears('b');
    pass();
    expect(did()).toBe('1 2');
  });

  it('does nothing twice, and nothing for another prompt', () => {
    const { part, did, pass } = party([act({ heard: 'a' }, '1'), act('answered', '2')]);
    part.hears('b');
    part.is('answered');
    part.is('answered');
    part.hears('a');
    part.hears('a');
    pass();
    expect(did()).toBe('2 1');
  });
});
