import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readModel } from '../../src/model/store.ts';
import { clinic, extractClinic } from './clinic.ts';

// The clinic with all that its readers know, whether the build holds it yet or not; and the same box in the tables of FreePBX 2.8.

let now: Awaited<ReturnType<typeof extractClinic>>;
let before: typeof now;
beforeAll(async () => {
  now = await extractClinic();
  before = await extractClinic({ dump: 'extra/asterisk-2.8.sql' });
});
afterAll(async () => {
  await now.remove();
  await before.remove();
});

/** Of kinds that come later, in the order of the ledger. */
const LATER =
  /^(?:admin|callback|cidlookup(?:_incoming)?|custom_(?:destinations|extensions)|disa|dynroute|hotelwakeup|language_incoming|languages|miscapps|miscdests|paging_\w+|pinsets|queueprio|setcid|vmblast(?:_groups)?|globals)$/;

describe('the whole clinic', () => {
  it('has nothing unknown but what later kinds hold', () => {
    for (const { ledger, totals } of [now, before]) {
      expect(ledger.sums.filter((s) => s.unknown > 0 && !LATER.test(s.name))).toEqual([]);
      expect(totals.unaccounted).toBe(0);
      expect(ledger.entries.filter((e) => e.name === 'etc/asterisk' && e.fate === 'unknown')).toEqual([]);
    }
  });

  it('is the same on disk, its music beside it', async () => {
    expect(await readModel(now.out)).toEqual(now.model);
    expect(now.model['music-class']['default']?.files).toEqual(['waltz.wav']);
    const [carried, source] = [join(now.out, 'music/default/waltz.wav'), join(clinic(), 'var/lib/asterisk/mohmp3/waltz.wav')];
    expect(await readFile(carried)).toEqual(await readFile(source));
  });

  it('tells of its telephone cards, of music that is gone, of a code that two features have, and of a group whose members have their voicemail switched off', () => {
    const told = (code: string) => now.findings.filter((f) => f.code === code).map((f) => f.about?.id ?? f.means);
    expect(told('DAHDI_HARDWARE')).toEqual([
      expect.stringMatching(/extensions 140, 141; trunks 4 .*; lines channel 3 .* for 74951234500, channel 4/),
    ]);
    expect(told('MUSIC_CLASS_MISSING').sort()).toEqual(['402', '74951234520/any']);
    expect(told('FEATURE_CODE_TWICE')).toEqual(['donotdisturb/dnd_toggle']);
    expect(told('MEMBER_MISSING')).toEqual(['950', '950', '950']);
    for (const code of ['COLUMN_UNREAD', 'RECORDING_MISSING', 'SETTING_NOT_CARRIED']) expect(told(code), code).toEqual([]);
  });

  it('keeps its live state: modes, overrides, who follows, agents, lists', () => {
    const { model } = now;
    expect(Object.values(model['call-flow']).map((flow) => flow.state)).toEqual(['day', 'night']);
    expect(Object.values(model['time-condition']).map((c) => c.override)).toEqual([null, null, null]);
    expect(Object.entries(model['follow-me']).map(([id, f]) => [id, f.enabled])).toEqual([
      ['106', true],
      ['111', false],
      ['150', true],
    ]);
    expect(model.queue['400']?.members.map((m) => [m.number, m.penalty])).toEqual([
      ['104', 0],
      ['105', 0],
      ['101', 5],
    ]);
    expect(model.queue['402']).toMatchObject({
      members: [],
      onlyListedLogIn: true,
      asksPassword: true,
      maxWaitSeconds: 60,
      musicClass: 'evening',
    });
    expect(model.extension['106']?.speedDials).toEqual({ 1: '89161112233' });
    expect(model.blacklist).toEqual({ 79990001122: { description: 'Хулиган' } });
  });
});

describe('the clinic in the tables of FreePBX 2.8', () => {
  it.each([
    'time-group',
    'call-flow',
    'queue',
    'follow-me',
    'conference',
    'feature-code',
    'music-class',
    'ami-user',
    'blacklist',
    'speed-dial',
    'language',
    'set-cid',
    'queue-priority',
    'misc-destination',
    'misc-application',
    'disa',
    'callback',
    'voicemail-blast',
  ] as const)('has the same %s', (kind) => {
    expect(before.model[kind]).toEqual(now.model[kind]);
    expect(Object.keys(now.model[kind]).length).toBeGreaterThan(0);
  });

  it('has the same time conditions, but no lamps for them', () => {
    for (const [id, held] of Object.entries(now.model['time-condition']))
      expect(before.model['time-condition'][id]).toEqual({ ...held, hasHint: false });
  });

  it('has the same menus, but one count of tries and its own words for a wrong key', () => {
    for (const [id, held] of Object.entries(now.model.ivr)) {
      const { timeout, invalid } = held;
      expect(before.model.ivr[id]).toEqual({
        ...held,
        description: '',
        sharesRetries: true,
        // the converted dump has one column for both, the greater of the two
        timeout: { ...timeout, retries: Math.max(timeout.retries ?? 0, invalid.retries ?? 0) },
        // in menu 2 a wrong key goes on at once: alt_invalid is empty
        invalid: { ...invalid, retryPrompt: 'default', retries: id === '2' ? 0 : invalid.retries },
      });
    }
  });

  it('has the same parking lot, without what 2.8 could not say of it', () => {
    const [held, old] = [now.model.parking['1'], before.model.parking['1']];
    expect(old).toEqual({ ...held, name: '', callerNamePrefix: 'PARK:', tone: 'no', transfers: 'no', reparking: 'no' });
  });

  it('has the same secrets', () => expect(before.model.secrets).toEqual(now.model.secrets));
});
