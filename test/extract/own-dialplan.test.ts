import { describe, expect, it } from 'vitest';
import { areFound, newFindings } from './planted.ts';

/** As FreePBX has it. */
const STOCK = `#include extensions_additional.conf
#include extensions_custom.conf
[from-trunk]
include => from-pstn
[from-pstn]
include => from-pstn-custom
include => ext-did
include => ext-did-post-custom
include => from-did-direct
include => ext-did-catchall
exten => fax,1,Goto(ext-fax,in_fax,1)
[from-internal]
include => from-internal-noxfer
include => from-internal-xfer
include => bad-number
[from-internal-xfer]
include => from-internal-custom
include => parkedcalls
include => from-internal-additional
exten => s,1,Macro(hangupcall)
exten => h,1,Macro(hangupcall)
[from-sip-external]
exten => _.,1,NoOp(stranger)
[bad-number]
exten => _X.,1,Congestion
[macro-dial]
exten => s,1,Dial(x)
`;
const changed = (from: string, to: string) => ({ etc: { 'extensions.conf': STOCK.replace(from, to) } });

describe('what somebody wrote into the dialplan of the web pages is found', () => {
  areFound([
    [
      'a number in the house',
      changed('include => bad-number\n', 'include => bad-number\nexten => 5599,1,Dial(SIP/201)\nexten => 5599,n,Hangup\n'),
      'OWN_DIALPLAN_CHANGED',
      'custom-dialplan/from-internal',
      /2 lines/,
    ],
    [
      'a number of a carrier',
      changed('exten => fax,', 'exten => _749512345XX,1,Goto(ext-group,600,1)\nexten => fax,'),
      'OWN_DIALPLAN_CHANGED',
      'custom-dialplan/from-pstn',
      /extensions\.conf:\d+ .*a line of his own/,
    ],
    [
      'a context that is included and nowhere to be found',
      changed('include => parkedcalls', 'include => night-desk'),
      'OWN_DIALPLAN_CHANGED',
      'custom-dialplan/from-internal-xfer',
    ],
    [
      'a context of his own',
      changed('[bad-number]', '[night-desk]\nexten => s,1,Dial(SIP/201)\n[bad-number]'),
      'OWN_DIALPLAN_CHANGED',
      'custom-dialplan/night-desk',
    ],
    [
      'a hook that was taken out',
      {
        etc: {
          'extensions.conf': STOCK.replace('include => from-internal-custom\n', ''),
          'extensions_custom.conf': '[from-internal-custom]\nexten => 5577,1,Answer\n',
        },
      },
      'HOOK_NOT_INCLUDED',
      'custom-dialplan/from-internal-custom',
    ],
  ]);

  it('and what FreePBX has there is nothing of his, nor is a context of extensions_custom.conf that is included there', () => {
    expect(newFindings({ etc: { 'extensions.conf': STOCK } })).toEqual([]);
    const joined = changed('include => parkedcalls', 'include => night-desk');
    const custom = { 'extensions_custom.conf': '[night-desk]\nexten => 5577,1,Answer\nexten => 5577,n,Hangup\n' };
    expect(newFindings({ etc: { ...joined.etc, ...custom } }).map((f) => f.code)).not.toContain('OWN_DIALPLAN_CHANGED');
  });
});
