import { describe, expect, it } from 'vitest';
import { channelsOf, stillUp } from '../../../src/verify/load/still-up.ts';

// as Asterisk 22 prints it
const SAID = [
  'Local/12345678@dialler-00000012;2!dialler!12345678!3!Up!Dial!PJSIP/12345678@carrier,45,b(x^1)!101!!!3!312!!1764400000.12',
  'PJSIP/carrier-0000001f!from-trunk!!1!Down!AppDial!(Outgoing Line)!12345678!!!3!312!!1764400000.13',
  'Surrogate/101-00000001!!!1!Up!!!!!!3!9!!1764400000.14',
  '',
].join('\n');

describe('calls that stay up after a storm', () => {
  it('are told by channel, state, place and application, without what the application was given', () => {
    expect(channelsOf(SAID)).toEqual([
      'Local/12345678@dialler-00000012;2 (Up, dialler,12345678,3, Dial)',
      'PJSIP/carrier-0000001f (Down, from-trunk,,1, AppDial)',
      'Surrogate/101-00000001 (Up, nowhere in the dialplan)',
    ]);
  });

  it('are none where Asterisk lists none', () => {
    expect(channelsOf('')).toEqual([]);
    expect(channelsOf('No such command\n')).toEqual([]);
  });

  it('are not laid at the door of a storm before which they were up', () => {
    const [old = '', ...fresh] = channelsOf(SAID);
    expect(stillUp([old], [old])).toEqual([]);
    expect(stillUp([old, ...fresh], [old])).toEqual([`calls stay up: ${fresh.join(', ')}`]);
    expect(stillUp(['a', 'b', 'c', 'd', 'e'], [])).toEqual(['calls stay up: a, b, c and 2 more']);
  });
});
