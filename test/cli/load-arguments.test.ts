import { describe, expect, it } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';

/** What of the load `migrate verify b` with these arguments asks for; the words of a refusal where it is one. */
function asked(...more: string[]): unknown {
  const read = readArguments(['verify', 'b', ...more]);
  if (read.command === null) return read.text;
  return read.command === 'verify' ? read.checking.load : undefined;
}

describe('the load of a verification', () => {
  it('is not measured unless somebody asks', () => {
    expect(asked()).toBeUndefined();
    expect(asked('--only', 'static,calls')).toBeUndefined();
    expect(asked('--load', 'none')).toBeUndefined();
    expect(asked('--media')).toBeUndefined();
  });

  it('is short where only the layer is named, and as long as it is told', () => {
    expect(asked('--only', 'load')).toEqual({ length: 'short', media: false, profileCost: false });
    expect(asked('--only', 'static,load', '--load', 'full')).toEqual({ length: 'full', media: false, profileCost: false });
    expect(
      asked('--load', 'short', '--media', '--profile-cost', '--dialler', 'plain', '--customers', '6', '--seed', '7', '--least-rate', '20'),
    ).toEqual({
      length: 'short',
      media: true,
      profileCost: true,
      mode: 'plain',
      perAgent: 6,
      seed: 7,
      leastRate: 20,
    });
  });

  it('takes what customers do, and its own limits', () => {
    expect(asked('--load', 'short', '--fates', 'answers=30,silent=70')).toMatchObject({
      shares: { answers: 30, machine: 0, leavesEarly: 0, busy: 0, silent: 70 },
    });
    expect(asked('--load', 'short', '--thresholds', 'agent-ms=250, failed-percent=0.5')).toMatchObject({
      thresholds: { answerToAgentP95Ms: 250, failuresPercent: 0.5 },
    });
  });

  it.each([
    ['--fates', 'answers=0,busy=0'],
    ['--fates', 'answers=1,answers=2'],
    ['--fates', 'answers'],
    ['--fates', 'toString=1'],
    ['--thresholds', 'ring=5'],
    ['--thresholds', 'ring-ms=-5'],
  ])('%s %s is refused with what it may be', (...pair) => {
    expect(asked('--load', 'short', ...pair)).toMatch(/answers=1|name=number/);
  });

  it.each([
    ['--load', 'long'],
    ['--dialler', 'wild'],
    ['--customers', '0'],
    ['--customers', '2.5'],
    ['--seed', '-1'],
    ['--least-rate', 'fast'],
    ['--only', 'loads'],
  ])('%s %s is refused with what it may be', (...pair) => {
    expect(asked(...pair)).toMatch(/short|race|whole number|Layers are static, calls, load/);
  });
});
