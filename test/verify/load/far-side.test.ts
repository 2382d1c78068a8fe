import { describe, expect, it } from 'vitest';
import { farSideDialplan, SLOTS } from '../../../src/verify/load/far-side.ts';
import { drawAgentTurns, drawFates, type Shares, USUAL_SHARES } from '../../../src/verify/load/fate.ts';
import { dialplanOf } from '../../../src/verify/static/dialplan-files.ts';

const farSide = (media: boolean) => farSideDialplan({ fates: drawFates(1, USUAL_SHARES, SLOTS), turns: drawAgentTurns(1, 100), media });

describe('the far side of a storm', () => {
  const text = farSide(false);
  const { contexts } = dialplanOf([{ path: 'etc/asterisk/extensions.conf', content: Buffer.from(text), mode: 0o644 }]);
  const extensions = (name: string): string[] => contexts.filter((c) => c.name === name).flatMap((c) => c.steps.map((s) => s.extension));

  it('has a fate for every number that may be dialled, and every fate has a place', () => {
    expect(new Set(extensions('fates')).size).toBe(SLOTS);
    const places = [...text.matchAll(/Goto\(([a-z-]+),s,1\)/g)].map(([, name]) => name ?? '');
    expect([...new Set(places)].sort()).toEqual(['agent', 'answers', 'busy', 'leaves-early', 'machine', 'silent']);
    for (const name of new Set(places)) expect(extensions(name)).toContain('s');
  });

  it('sends speech only where it is asked for', () => {
    expect(text).not.toContain('Playtones');
    expect(farSide(true)).toContain('Playtones');
  });
});

describe('the draw', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(drawFates(7, USUAL_SHARES, 50)).toEqual(drawFates(7, USUAL_SHARES, 50));
    expect(drawFates(7, USUAL_SHARES, 50)).not.toEqual(drawFates(8, USUAL_SHARES, 50));
    expect(drawAgentTurns(7, 50)).not.toEqual(drawAgentTurns(8, 50));
  });

  it('gives each fate its share', () => {
    const fates = drawFates(1, USUAL_SHARES, 10_000);
    const share = (is: string): number => fates.filter((f) => f.is === is).length / 100;
    for (const [is, wanted] of [
      ['answers', USUAL_SHARES.answers],
      ['machine', USUAL_SHARES.machine],
      ['leaves-early', USUAL_SHARES.leavesEarly],
      ['busy', USUAL_SHARES.busy],
      ['silent', USUAL_SHARES.silent],
    ] as const)
      expect(Math.abs(share(is) - wanted)).toBeLessThan(2);
    const nobody: Shares = { answers: 0, machine: 0, leavesEarly: 0, busy: 0, silent: 1 };
    expect(new Set(drawFates(1, nobody, 100).map((f) => f.is))).toEqual(new Set(['silent']));
  });
});
