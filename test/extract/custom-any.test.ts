import fc from 'fast-check';
import { expect, it } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { readBox } from '../../src/extract/read-box.ts';
import { ledgerTotals } from '../../src/model/ledger.ts';
import { modelFiles } from '../../src/model/store.ts';
import { renderModel } from '../../src/render/render.ts';
import { plan } from '../../src/verify/plan.ts';
import { boxOf } from './box-of.ts';

// Hand-made dialplan as it is on boxes that nobody here has seen: whole, broken, hostile.

const LINES = [
  '[from-internal-custom]',
  '[from-pstn-custom]',
  '[macro-dialout-trunk-predial-hook]',
  '[macro-hangupcall-custom]',
  '[ext-local]',
  '[from-internal]',
  '[globals]',
  '[a](!)',
  '[b](a)',
  '[no end',
  '[]',
  '[x${SHELL(id)}]',
  'include => b',
  'include => from-internal-custom',
  'include => nowhere|9:00-17:00|mon-fri|*|*',
  'switch => Realtime/x',
  'ignorepat => 9',
  'exten => _X.,1,NoOp(${EXTEN})',
  'exten => _X!,n,Dial(SIP/${EXTEN}|20|tr)',
  'exten => 5555,1,Macro(user-callerid,)',
  'exten => 5555,n,Macro(dialout-trunk,1,${EXTEN},,)',
  'exten => 5555,n(go),GotoIf($["${DIALSTATUS}" = "BUSY"]?busy:nowhere,1,1)',
  'exten => 5555,n+101,Playback(custom/gone&beep)',
  'exten => s,1,MYSQL(Connect c localhost root geheim99 db)',
  'exten => s,n,Unknown(app)',
  'exten => h,1,Macro(hangupcall)',
  'exten => i,1,Playback(invalid',
  'exten => 7,hint,SIP/101',
  'exten => 7/101,1,Queue(400,t,,,30,,macro)',
  'same => n,System(echo "${CALLERID(name)}" >> /tmp/x \\; id)',
  'exten => 8,1,Set(X=${Y)',
  'exten => 8,n,,App',
  'exten => 9,1,Goto(8|1)',
  'exten => 9,1,AGI(../../x.agi,1)',
  'exten => _[1-9,1,Answer',
  'exten => 10,1,Read(a|b|1||2|5)',
  'text that is nothing',
  ';-- comment',
  '--;',
  'N => SIP/101',
  '#include other.conf',
  '#include ../../../etc/passwd',
  '#exec id',
  `exten => 11,1,NoOp(${'x'.repeat(9000)})`,
  'exten => 12,1,NoOp(Имя \u00a0 \u2028 ]])',
];

it('any hand-made dialplan is accounted for, rendered and called, and nothing of it is run', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...LINES), { maxLength: 30 }),
      fc.array(fc.constantFrom(...LINES), { maxLength: 8 }),
      async (own, other) => {
        const etc = {
          'extensions_custom.conf': own.join('\n'),
          'extensions_override_freepbx.conf': other.join('\r\n'),
          'other.conf': other.join('\n'),
        };
        const tables = {
          users: [{ extension: '101', name: 'One' }],
          devices: [{ id: '101', tech: 'sip', user: '101', devicetype: 'fixed', description: 'One', dial: 'SIP/101', emergency_cid: '' }],
          incoming: [{ extension: '5', cidnum: '', destination: 'from-internal-custom,5555,1' }],
          custom_destinations: [{ custom_dest: 'b,s,1', description: 'B', notes: '' }],
        };
        const { model, ledger, findings } = readBox(boxOf({ tables, etc }));
        expect(ledgerTotals(ledger).unaccounted).toBe(0);
        const { files } = await renderModel(model, { live: false }, silentContext());
        expect(files.length).toBeGreaterThan(10);
        plan(model);
        const told = modelFiles(model).filter((f) => f.path !== 'secrets.yaml');
        expect(JSON.stringify([told, ledger, findings])).not.toContain('geheim99');
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);
