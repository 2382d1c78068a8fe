import { describe, expect, test } from 'vitest';
import { checkDialplan, type Surroundings } from '../../src/asterisk/check.ts';
import { parseConf } from '../../src/asterisk/conf.ts';
import { readDialplan } from '../../src/asterisk/dialplan.ts';
import { idiomFiles } from './idioms/idiom-asterisk.ts';
import { OF_CALLS } from './idioms/of-calls.ts';
import { OF_STATE } from './idioms/of-state.ts';
import { OF_THE_LANGUAGE } from './idioms/of-the-language.ts';

const AROUND: Surroundings = { contexts: new Set(['from-internal']), functions: new Set(['ODBC_DEBTOR']), modules: null };

/** Lines with trouble, and what it is. */
function troubles(text: string, around: Partial<Surroundings> = {}): [number, string][] {
  return checkDialplan(readDialplan([parseConf(text, 'e.conf')]), { ...AROUND, ...around }).map((t) => [t.line, t.means]);
}

describe('a dialplan for Asterisk 22 before anybody calls', () => {
  test('places that are there, in whatever way they are named, are no trouble', () => {
    expect(
      troubles(
        [
          '[a]',
          'exten => _X.,1,Goto(b,s,1)',
          'exten => _X.,n(here),GotoIf($["${X}" = "1"]?here:b,${EXTEN},1)',
          'exten => _X.,n,Gosub(b,s,l(x,y))',
          'exten => _X.,n,Goto(from-internal,${EXTEN},1)',
          'exten => _X.,n,Goto(s-${DIALSTATUS},1)',
          'exten => _X.,n,Dial(Local/5@b/n,20,U(c^x)b(c^s^1))',
          'exten => _X.,n,ExecIf($[1]?Gosub(b,s,1))',
          'exten => _X.,n,Set(CHANNEL(hangup_handler_push)=c,s,1)',
          'exten => _X.,n,NoOp(${ODBC_DEBTOR(1)})',
          'exten => s-BUSY,1,Goto(${WHERE})',
          '[b]',
          'include => c',
          'exten => s,1(l),NoOp',
          'exten => _5,1,NoOp',
          '[c]',
          'exten => s,1,Return',
        ].join('\n'),
      ),
    ).toEqual([]);
  });

  test('a place that is not there is told with its line', () => {
    const text =
      '[a]\nexten => 1,1,Goto(nowhere,s,1)\nexten => 1,n,Goto(1,9)\nexten => 1,n,GotoIf($[1]?gone)\nexten => 1,n,Gosub(a,2,1)\nexten => 1,n,Dial(Local/3@a)';
    expect(troubles(text).map(([line]) => line)).toEqual([2, 3, 4, 5, 6]);
  });

  test('applications and functions that 22 does not have, or whose module is not loaded, are told', () => {
    const text = '[a]\nexten => 1,1,MeetMe(1)\nexten => 1,n,Set(A=${SIPPEER(1,ip)})\nexten => 1,n,playback(x)\nexten => 1,n,Echo()';
    expect(troubles(text)).toEqual([
      [2, 'Asterisk 22 has no application MeetMe: the call ends here.'],
      [3, 'Asterisk 22 has no function SIPPEER: what it gives is empty.'],
    ]);
    expect(troubles(text, { modules: new Set(['app_playback']) }).at(-1)).toEqual([
      5,
      'The module app_echo of the application Echo is not loaded: the call ends here.',
    ]);
  });

  test('what the translation of all habits writes leads nowhere that is not there, and calls nothing that is not', () => {
    const files = Object.entries(idiomFiles([...OF_THE_LANGUAGE, ...OF_STATE, ...OF_CALLS])).filter(([name]) =>
      /^(idiom|extensions)/.test(name),
    );
    const dialplan = readDialplan(files.map(([name, text]) => parseConf(String(text), name)));
    expect(dialplan.contexts.length).toBeGreaterThan(60);
    expect(checkDialplan(dialplan, AROUND)).toEqual([]);
  });
});
