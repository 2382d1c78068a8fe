import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConf } from '../../src/asterisk/conf.ts';
import { type Dialplan, readDialplan } from '../../src/asterisk/dialplan.ts';
import { printDialplan } from '../../src/asterisk/print.ts';
import { dialplanText } from './dialplan-text.ts';

const read = (text: string): Dialplan => readDialplan([parseConf(text, 'e.conf')]);

/** All that a dialplan does: not where it stood, nor whether parentheses were left out. */
function meaning({ contexts, globals }: Dialplan): unknown {
  return JSON.parse(
    JSON.stringify({ contexts: contexts.filter((c) => c.name !== ''), globals }, (key, value) =>
      key === 'at' || key === 'form' ? undefined : value,
    ),
  );
}

describe('a dialplan that is printed', () => {
  test('is the same one when it is read again, whatever hands wrote', () => {
    fc.assert(
      fc.property(dialplanText, (text) => {
        const dialplan = read(text);
        const again = read(printDialplan(dialplan));
        expect(meaning(again)).toEqual(meaning(dialplan));
        expect(again.problems.filter((p) => !/no priority 1/.test(p.what))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('has numbers for n and labels where they were', () => {
    expect(
      printDialplan(
        read('[globals]\nA=1\n[a]\nexten => 1,1,Answer\nexten => 1,n(x),Dial(SIP/1|20)\nexten => 1,hint,SIP/1\ninclude => b|9:00-10:00'),
      ),
    ).toBe('[globals]\nA = 1\n[a]\nexten = 1,hint,SIP/1\nexten = 1,1,Answer\nexten = 1,2(x),Dial(SIP/1|20)\ninclude = b,9:00-10:00\n');
  });
});
