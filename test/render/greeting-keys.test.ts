import { describe, expect, it } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { renderModel } from '../../src/render/render.ts';
import { recordedGreetings } from '../../src/verify/lab/greetings.ts';
import { plan } from '../../src/verify/plan.ts';
import { greetingKeyCheck } from '../../src/verify/static/greeting-keys.ts';
import { call, told } from '../model/told.ts';
import { said } from '../verify/asked.ts';
import { falseAlarms } from '../verify/false-alarms.ts';
import { byId, does } from '../verify/planned.ts';
import { contextOf, pbx, type Some, smallHouse, treeOf } from './some-pbx.ts';

const FILE = '/var/spool/asterisk/voicemail/default/102/unavail';
const keys = { unavailable: { numbers: { 1: '989161112233', 2: '101' }, instructs: 'no' }, busy: { plays: '2', seconds: '3' } };
const extension = { ...smallHouse.extension, '102': { ...smallHouse.extension?.['102'], greetingKeys: keys } };
const extensions = { ...extension, '103': { name: 'Night', devices: ['103'] } };
const device = { ...smallHouse.device, '103': { technology: 'sip', extension: '103' } };
const house: Some = { ...smallHouse, extension: extensions, device };
const model = pbx(house);

describe('a greeting with keys', () => {
  it('stands in the dialplan with the number of each key, and is entered before a message is taken', async () => {
    const tree = await treeOf(house);
    const text = tree.text('extensions.d/greeting-keys.conf');
    expect(contextOf(text, 'greeting-keys-unavail-102').filter((l) => /^(exten|include)|options/.test(l))).toEqual([
      'exten = s,1,Set(LOCAL(folder)=/var/spool/asterisk/voicemail/default/102)',
      'same = n,Set(LOCAL(options)=s) ; the tone comes at once',
      'exten = 1,1,Goto(from-internal,989161112233,1)',
      'exten = 2,1,Goto(from-internal,101,1)',
      'include = greeting-keys',
    ]);
    // a key may lead from one greeting to another, whose own options count then
    expect(contextOf(text, 'greeting-keys-busy-102')).toContain('same = n,Set(LOCAL(options)=)');
    expect(contextOf(tree.text('extensions.d/routines.conf'), 'voicemail').filter((l) => l.includes('greeting-keys'))).toHaveLength(2);
    expect(await falseAlarms(model, await renderModel(model, { live: false }, silentContext()))).toEqual([]);
    expect((await treeOf(smallHouse)).has('extensions.d/greeting-keys.conf')).toBe(false);
  });

  it('sends who keys a number there, and takes a message of who keys none or wrong ones', () => {
    const calls = (...pressed: string[]): string[] => told(call(model, '102', {}, { keys: pressed })).slice(1);
    expect(calls('2')).toEqual([`asks ${FILE}: 2`, 'rings 101 for ever: endless']);
    expect(calls('1').find((step) => step.startsWith('trunk'))).toContain('trunk 1 89161112233');
    expect(calls()).toEqual([`asks ${FILE}: nothing in 2 s`, 'voicemail 102@default none']);
    expect(calls('7', '8')).toEqual([
      `asks ${FILE}: 7`,
      'plays pm-invalid-option please-try-again',
      `asks ${FILE}: 8`,
      'voicemail 102@default none',
    ]);
    expect(calls('*').slice(1)).toEqual(expect.arrayContaining([expect.stringContaining('vm-password')]));
    const busy = told(call(model, '102', { 'device/102': 'busy' }));
    expect(busy.filter((step) => step.includes('busy: nothing in 3 s'))).toHaveLength(2);
  });

  it('is called in the lab with each of its keys, where a second of silence stands for the recording', () => {
    const { scenarios } = plan(model);
    const own = scenarios.filter((s) => s.kind === 'greeting').map((s) => s.id.replace('greeting/102/', ''));
    expect(own).toEqual(expect.arrayContaining(['unavailable/key-1', 'unavailable/key-2', 'unavailable/wrong-key', 'busy/no-key']));
    expect(does(byId(scenarios, 'greeting/102/unavailable/key-1')).join()).toContain('keys 1');
    expect(recordedGreetings(model).map((e) => e.path)).toEqual([
      `${FILE.slice(1)}.wav`,
      'var/spool/asterisk/voicemail/default/102/busy.wav',
    ]);
  });

  it('is missed where a key leads elsewhere or the greeting is another', async () => {
    const dialplan =
      '[greeting-keys-unavail-102]\nexten = s,1,Set(LOCAL(folder)=/var/spool/asterisk/voicemail/default/103)\n same = n,Set(LOCAL(greeting)=unavail)\n same = n,Set(LOCAL(plays)=1)\n same = n,Set(LOCAL(seconds)=2)\n same = n,Set(LOCAL(forgives)=1)\nexten = 1,1,Goto(from-internal,989161112233,1)\n';
    const lines = await said(greetingKeyCheck, { dialplan }, model);
    expect(lines).toEqual(
      expect.arrayContaining([
        `mailbox/102@default unavailable greeting: ${FILE}, held ${FILE.replace('102', '103')}`,
        'mailbox/102@default key 2 in the unavailable greeting: from-internal,101,1, held nothing',
        'mailbox/102@default is told to leave a message after the unavailable greeting: no, held yes',
      ]),
    );
  });
});
