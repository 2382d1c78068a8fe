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
