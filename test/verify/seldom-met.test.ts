import { beforeAll, describe, expect, it } from 'vitest';
import { silentContext } from '../../src/context.ts';
import type { Model } from '../../src/model/kinds.ts';
import { renderModel } from '../../src/render/render.ts';
import { withCodes } from '../render/codes.ts';
import { flowSecrets, houseWithFlows } from '../render/house-with-flows.ts';
import { houseWithPassing, passingSecrets } from '../render/house-with-passing.ts';
import { pbx, smallHouse } from '../render/some-pbx.ts';
import { falseAlarms } from './false-alarms.ts';

const reception = { to: 'extension', id: '101', by: 'direct' } as const;
const records = { recording: { inExternal: 'never', inInternal: 'always' } };

/** Ways of a call that few callers ever take, and no call of the lab. */
const HOUSE = pbx({
  ...smallHouse,
  extension: {
    ...smallHouse.extension,
    '101': { ...smallHouse.extension?.['101'], ...records },
    '102': { ...smallHouse.extension?.['102'], ...records },
  },
  'follow-me': {
    '101': { strategy: 'ringall', preRingSeconds: '0', ringSeconds: '20', members: [{ number: '102' }], noAnswer: reception },
  },
  'page-group': { '70': { devices: ['101', '102'], talksBack: 'yes' }, '71': { devices: ['102'] } },
  'feature-code': { 'paging/intercom-prefix': { code: '*80', enabled: 'yes' } },
  'name-lookup': {
    '1': { source: 'http', url: 'http://crm.house.example/who?n=[NUMBER]', remembers: 'yes' },
    '2': { source: 'phonebook', into: 'record' },
    '3': { source: 'enum' },
  },
  'inbound-route': {
    '5551000/any': { did: '5551000', destination: reception, nameLookup: '1' },
    '5552000/any': { did: '5552000', destination: reception, nameLookup: '2' },
    '5553000/any': { did: '5553000', destination: reception, nameLookup: '3' },
  },
  'outbound-route': {
    '1': { name: 'All', position: '0', patterns: [{ prefix: '9', match: '.' }], trunks: ['1'] },
    '2': {
      name: 'Never reached',
      position: '1',
      patterns: [{ prefix: '9', match: '112' }],
      trunks: ['1'],
      onFailure: { to: 'end', how: 'congestion' },
    },
  },
});
/** Three telephones, so that what all have can be told from what some have. */
const CODES = pbx({
  ...smallHouse,
  ...withCodes,
  secrets: { ...smallHouse.secrets, ...withCodes.secrets },
});
const PASSING = pbx({ ...smallHouse, ...houseWithPassing, secrets: { ...smallHouse.secrets, ...passingSecrets } });
const FLOWS = pbx({ ...smallHouse, ...houseWithFlows, secrets: { ...smallHouse.secrets, ...flowSecrets } });

describe('what seldom happens is looked at in the dialplan', () => {
  const rendered = new Map<Model, Awaited<ReturnType<typeof renderModel>>>();
  beforeAll(async () => {
    for (const model of [HOUSE, CODES, PASSING, FLOWS]) rendered.set(model, await renderModel(model, { live: false }, silentContext()));
  });
  async function saidOf(model: Model, file: string, from: string | RegExp, to: string): Promise<string[]> {
    const held = rendered.get(model);
    if (held === undefined) throw new Error('not rendered');
    const files = held.files.map((f) => (f.path.endsWith(`/${file}`) ? { ...f, content: String(f.content).replace(from, to) } : f));
    expect(files.some((f, i) => f.content !== held.files[i]?.content)).toBe(file !== '');
    return falseAlarms(model, { ...held, files });
  }

  it('and gives no alarm where it is as it was rendered', async () => {
    for (const model of [HOUSE, CODES, PASSING, FLOWS]) expect(await saidOf(model, '', '', '')).toEqual([]);
  });

  it.each<[string, Model, string, string | RegExp, string, string]>([
    [
      'a caller whom nobody hears',
      HOUSE,
      'page-group.conf',
      'n(alone),Playback(beep)',
      'n(alone),Playback(goodbye)',
      'page-group/70 what is heard where nobody can be called: expected beep, held goodbye',
    ],
    ['whether a page group hears back', HOUSE, 'page-group.conf', ',dnA(', ',nA(', 'page-group/70 all may speak: expected yes, held no'],
    [
      'recording of calls that are followed',
      HOUSE,
      'follow-me.conf',
      / same = n,Gosub\(record-called.*\n/,
      '',
      'extension/101 calls to it by follow me are recorded',
    ],
    [
      'recording of intercom',
      HOUSE,
      'page-group.conf',
      'record-called,102,1(never,always',
      'record-called,102,1(never,never',
      'extension/102 calls to it by intercom are recorded',
    ],
    [
      'a name that is remembered',
      HOUSE,
      'name-lookup.conf',
      / same = n,Set\(CALLERID\(name\)=.*\n/,
      '',
      'name-lookup/1 shows the name: expected 2, held 1',
    ],
    [
      'which web server is asked for a name',
      HOUSE,
      'name-lookup.conf',
      '://crm.house.example',
      '://crm.other.example',
      'name-lookup/1 web server: expected crm.house.example, held another',
    ],
    [
      'that a name is looked up at all',
      HOUSE,
      'inbound-route.conf',
      / same = n,Gosub\(name-lookup-2.*\n/,
      '',
      'inbound-route/5552000/any names are looked up by: expected 2, held ',
    ],
    [
      'the tone before somebody is spoken to',
      HOUSE,
      'page-group.conf',
      /A\(beep\)/g,
      'A(beepX)',
      'settings/pbx tone before a telephone is spoken to: expected beep, held beepX',
    ],
    [
      'whom one may listen to',
      CODES,
      'feature-code.conf',
      /(\[targeted-chanspy\]\n)exten = 101.*\n/,
      '$1',
      'extension/101 telephones in targeted-chanspy: expected 101, held ',
    ],
    [
      'a route that no number reaches',
      HOUSE,
      'outbound-route.conf',
      /(Set\(__KEEP_CALLER_ID=yes\)\n same = n,)Goto\(app-blackhole,congestion,1\)/,
      '$1Goto(app-blackhole,hangup,1)',
      'goes on where no trunk takes it: expected app-blackhole,congestion,1',
    ],
    [
      'whose number is shown where a route fails',
      HOUSE,
      'outbound-route.conf',
      / same = n,Set\(CALLERID\(num\)=\$\{FROM_NUMBER\}\)\n/,
      '',
      "then has its caller's own number again: expected yes, held no",
    ],
    [
      'for how long a DISA calls',
      PASSING,
      'disa.conf',
      ',300,${TRUNK_OPTIONS}',
      ',603,${TRUNK_OPTIONS}',
      'seconds that it calls: expected 300, held 603',
    ],
    [
      'whom an announcement answers',
      FLOWS,
      'announcement.conf',
      '"${CHANNEL(state)}" = "Up"',
      '"${CHANNEL(state)}" != "Up"',
      'announcement/1 answers, but whoever is connected already: expected = "Up", held != "Up"',
    ],
    [
      'whom a menu answers',
      FLOWS,
      'ivr.conf',
      '"${CHANNEL(state)}" = "Up"',
      '"${CHANNEL(state)}" != "Up"',
      'answers, but whoever is connected already: expected = "Up", held != "Up"',
    ],
  ])('%s', async (_what, model, file, from, to, said) => {
    expect((await saidOf(model, file, from, to)).join('\n')).toContain(said);
  });
});
