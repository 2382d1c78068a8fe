import { describe, expect, it } from 'vitest';
import { amiUserCheck } from '../../src/verify/static/ami-users.ts';
import { codeLampCheck } from '../../src/verify/static/code-lamps.ts';
import { dialOptionCheck } from '../../src/verify/static/dial-options.ts';
import { hoursCheck } from '../../src/verify/static/hours.ts';
import { objectCheck } from '../../src/verify/static/objects.ts';
import { passwordCheck } from '../../src/verify/static/passwords.ts';
import { queueCheck } from '../../src/verify/static/queues.ts';
import { recordingNameCheck } from '../../src/verify/static/recordings.ts';
import { trunkCheck } from '../../src/verify/static/trunks.ts';
import { aModel, houseOf } from '../model/a-model.ts';
import { said } from './asked.ts';

describe('what no call of a rehearsal can tell', () => {
  const holidays = aModel({
    'time-group': { '2': { description: 'Holidays', times: [{ daysOfMonth: '23', months: 'feb' }, { hours: '13:00-14:00' }] } },
    'time-condition': { '1': { name: 'Open', timeGroup: '2' } },
  });
  const condition = (lines: string): string => `[timeconditions]\nexten = 1,1,NoOp()\n${lines}\n same = n,Hangup()\n`;

  it('a holiday on the wrong date', async () => {
    const dialplan = condition(' same = n,GotoIfTime(*,*,24,feb?in)\n same = n,GotoIfTime(13:00-14:00,*,*,*?in)');
    expect(await said(hoursCheck, { dialplan }, holidays)).toEqual([
      'time-condition/1 hours in timeconditions: *,*,23,feb; 13:00-14:00,*,*,*, held *,*,24,feb; 13:00-14:00,*,*,*',
    ]);
  });

  it('but not the same hours in other words', async () => {
    const dialplan = condition(
      ' same = n,GotoIfTime(13:00-13:30,*,*,*?in)\n same = n,GotoIfTime(13:31-14:00,sun-sat,*,*?in)\n same = n,GotoIfTime(*,*,23,2?in)',
    );
    expect(await said(hoursCheck, { dialplan }, holidays)).toEqual([]);
  });

  it('hours of a route that stand in it only once', async () => {
    const model = aModel({
      'time-group': { '1': { times: [{ hours: '08:00-20:00' }] } },
      'outbound-route': { '7': { name: 'Long', position: '0', patterns: [{ match: '98XXXXXXXXXX' }], trunks: [], timeGroup: '1' } },
    });
    const dialplan = '[from-internal]\ninclude = out\n[out]\nexten = _98XXXXXXXXXX,1,GotoIfTime(08:00-21:00,*,*,*?open)\n';
    expect(await said(hoursCheck, { dialplan }, model)).toEqual(['outbound-route/7 hours: 08:00-20:00,*,*,*, held 08:00-21:00,*,*,*']);
  });

  it('a password that somebody changed, or that lets everybody pass', async () => {
    const asking = { name: 'Q', strategy: 'ringall', asksPassword: 'yes' };
    const model = {
      ...aModel({ queue: { '400': asking, '401': asking, '402': asking } }),
      secrets: { 'queue/400/password': '0400', 'queue/401/password': '0401', 'queue/402/password': '0402' },
    };
    const dialplan = '[password]\nexten = queue-400,1,Return($["${KEYED}" = "0400"])\nexten = queue-401,1,Return(1)\n';
    expect(await said(passwordCheck, { dialplan }, model)).toEqual([
      'queue/401 password: the one of the model, held none',
      'queue/402 password: the one of the model, held none',
    ]);
  });

  it('a PIN too many or too few', async () => {
    const route = { name: 'Abroad', position: '0', patterns: [{ match: '00.' }], trunks: [], pinSet: '1' };
    const model = {
      ...aModel({ 'outbound-route': { '7': route }, 'pin-set': { '1': {}, '2': {} } }),
      secrets: { 'pin-set/1/pin/1': '1111', 'pin-set/1/pin/2': '2222', 'pin-set/2/pin/1': '3333' },
    };
    const pins = (...held: string[]): string =>
      `[password]\nexten = pin-set-1,1,Return(\${DIALPLAN_EXISTS(pins-pin-set-1,\${KEYED},1)})\n[pins-pin-set-1]\n${held.map((p) => `exten = ${p},1,NoOp()\n`).join('')}`;
    expect(await said(passwordCheck, { dialplan: pins('2222', '1111') }, model)).toEqual([]);
    for (const held of [['1111'], ['1111', '2222', '0']])
      expect(await said(passwordCheck, { dialplan: pins(...held) }, model)).toEqual([
        'pin-set/1 password: the one of the model, held another',
      ]);
  });

  it('an object that nothing on this box leads to', async () => {
    const model = aModel({ announcement: { '1': {}, '2': {} } });
    const dialplan = '[app-announcement-1]\nexten = s,1,Hangup()\n';
    expect(await said(objectCheck, { dialplan }, model)).toEqual(['announcement/2 app-announcement-2,s,1: is there, held is missing']);
  });

  it('a trunk that gives up where the next was to be tried, or takes more calls than it has channels', async () => {
    const model = aModel({
      trunk: {
        '1': { technology: 'sip', name: 'A', peer: 'a', continueOnFailure: 'yes', maxChannels: '10', callerId: '7495' },
        '2': { technology: 'sip', name: 'B', peer: 'b' },
      },
    });
    const trunk = (id: string, most: string, failed: string, shown: string): string =>
      `[trunk-${id}]\nexten = _X!,1,${most}\n same = n,Set(TRUNK_CALLER_ID=${shown})\n same = n(dial),Set(OUTBOUND_GROUP=OUT_${id})\n` +
      ` same = n,Dial(PJSIP/\${ARG1}@a)\n same = n,${failed}\n same = n(full),Return()\n`;
    const gone = 'Gosub(trunk-failed,${EXTEN},1)';
    const right = trunk('1', 'GotoIf($[${GROUP_COUNT(OUT_1)} >= 10]?full)', 'NoOp()', '7495') + trunk('2', 'NoOp()', gone, '');
    expect(await said(trunkCheck, { dialplan: right }, model)).toEqual([]);
    const wrong = trunk('1', 'GotoIf($[${GROUP_COUNT(OUT_1)} >= 23]?full)', gone, '7496') + trunk('2', 'NoOp()', 'NoOp()', '');
    expect(await said(trunkCheck, { dialplan: wrong }, model)).toEqual([
      'trunk/1 the next trunk is tried whatever this one says: yes, held no',
      'trunk/1 calls at a time: 10, held 23',
      'trunk/1 caller id: 7495, held 7496',
      'trunk/2 the next trunk is tried whatever this one says: no, held yes',
    ]);
  });

  it('a lamp of a code that shows something else', async () => {
    const model = aModel({
      'call-flow': { '0': { name: 'Night' } },
      conference: { '800': {}, '801': {} },
      queue: { '400': { name: 'Q', strategy: 'ringall', members: [{ number: '101' }] } },
      extension: { '101': { name: 'A' } },
      'feature-code': {
        'daynight/toggle-mode-0': { code: '*280' },
        'conferences/conf_status': { code: '*87' },
        'queues/que_callers': { code: '*47' },
      },
    });
    const right = [
      '*280,hint,Custom:DAYNIGHT0',
      '*87,hint,confbridge:800&confbridge:801',
      '*47*101,hint,Queue:400',
      '*47*101*400,hint,Queue:400',
    ];
    const lamps = (lines: readonly string[]): string => `[from-internal]\n${lines.map((line) => `exten = ${line}\n`).join('')}`;
    expect(await said(codeLampCheck, { dialplan: lamps(right) }, model)).toEqual([]);
    const wrong = ['*280,hint,Custom:DAYNIGHT3', '*87,hint,confbridge:800', '*47*101,hint,Queue:400'];
    expect(await said(codeLampCheck, { dialplan: lamps(wrong) }, model)).toEqual([
      'call-flow/0 lamp of *280: Custom:DAYNIGHT0, held Custom:DAYNIGHT3',
      'feature-code/conferences/conf_status lamp of *87: confbridge:800&confbridge:801, held confbridge:800',
      'extension/101 lamp of *47*101*400: Queue:400, held ',
    ]);
  });

  it('options of a trunk that a route inside the company has, too', async () => {
    const model = aModel({ settings: { trunkDialOptions: 'T' }, trunk: { '1': { technology: 'sip', name: 'A', peer: 'a' } } });
    const dial = (options: string): string =>
      `[trunk-1]\nexten = _X!,1,Dial(PJSIP/\${ARG1}@a,300,\${IF($["\${ARG2}" = ""]?${options}:r)})\n`;
    const prints = { 'dialplan show globals': 'TRUNK_OPTIONS=T\n' };
    expect(await said(dialOptionCheck, { dialplan: dial('${TRUNK_OPTIONS}'), prints }, model)).toEqual([]);
    expect(await said(dialOptionCheck, { dialplan: dial('t'), prints }, model)).toEqual([
      'settings/pbx options of Dial to carriers: T, held t',
    ]);
  });

  it('agents whose turns come in another order', async () => {
    const model = aModel({
      ...houseOf({ 101: {}, 102: {} }),
      queue: { '400': { name: 'Q', strategy: 'linear', members: [{ number: '101' }, { number: '102' }] } },
    });
    const files = {
      'queues.conf': {
        '400': [
          ['member', 'Local/102@from-queue/n,0'],
          ['member', 'Local/101@from-queue/n,0'],
        ] as const,
      },
    };
    const found = await said(queueCheck, { files, lists: { QueueStatus: [{ Event: 'QueueParams', Queue: '400' }] } }, model);
    expect(found).toContain('queue/400 order of members: 101, 102, held 102, 101');
  });

  it('recordings in another format than links expect', async () => {
    const dialplan = '[record]\nexten = s,1,Set(__RECORDING=${ARG1}-${UNIQUEID}.gsm)\n';
    expect(await said(recordingNameCheck, { dialplan }, aModel({}))).toEqual(['settings/pbx recordings end in: wav, held gsm']);
  });

  it("a right beside 'all' that is gone", async () => {
    const model = aModel({ 'ami-user': { dialer: { read: ['all'], write: ['call', 'user', 'all'] } } });
    const prints = { 'manager show user dialer': 'username: dialer\n read perm: all\n write perm: all\n' };
    const files = {
      'manager.conf': {
        dialer: [
          ['read', 'all'],
          ['write', 'call,userX,all'],
          ['writetimeout', '5000'],
        ] as const,
      },
    };
    expect(await said(amiUserCheck, { prints, files }, model)).toEqual(['ami-user/dialer rights to do: all,call,user, held all,call']);
  });
});
