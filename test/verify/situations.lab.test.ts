import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { readBuild } from '../../src/model/build.ts';
import { ref, refText } from '../../src/model/ref.ts';
import { type CallResult, placeCalls } from '../../src/verify/calls/calls.ts';
import { checkMail } from '../../src/verify/calls/mail.ts';
import { forSystemClock, placeOnSystemClock } from '../../src/verify/calls/system-clock.ts';
import { type Lab, startLab } from '../../src/verify/lab/lab.ts';
import type { Act, EarlierCall, Scenario, Trace } from '../../src/verify/scenario.ts';
import { call, carrier, phone } from './a-scenario.ts';
import { EMPTY_TRACE } from './empty-trace.ts';
import { smallModel, writeSmallBuild } from './small-build.ts';

const MIGRATIONS = new URL('../../migrations/', import.meta.url).pathname;

const device = (id: string) => ref('device', id);
const answers = (id: string, afterMs = 200): Act => ({ who: device(id), when: 'rings', afterMs, do: 'answer' });
/** Late enough for the other telephones of a group to ring on a machine that has much to do. */
const RINGS_BESIDE_MS = 2000;
const hangsUp = (afterMs: number): Act => ({ who: 'caller', when: 'answered', afterMs, do: 'hangup' });
const keys = (heard: string, pressed: string, who: Act['who'] = 'caller', more: { nth?: number; secret?: boolean } = {}): Act => ({
  who,
  when: { heard, ...(more.nth === undefined ? {} : { nth: more.nth }) },
  afterMs: 300,
  do: { keys: pressed, ...(more.secret === undefined ? {} : { secret: more.secret }) },
});
const earlier = (from: string, dial: string, acts: readonly Act[], until: EarlierCall['until'], afterMs = 300): EarlierCall => ({
  caller: phone(from),
  dial,
  acts,
  longestMs: 15_000,
  until,
  afterMs,
});
const claim = (...ids: string[]): Scenario['claims'] => ids.map((id) => ({ ref: device(id), mode: 'exclusive' }));

/** Each has its telephones for itself: what one leaves must not show in another. */
const scenarios: Scenario[] = [
  call('at ten on a Monday', phone('101'), '600', [], { at: '2026-07-27 10:00' }),
  call('at eleven on a Monday', phone('101'), '600', [], { at: '2026-07-27 11:00' }),
  call('at ten on a Sunday', phone('101'), '600', [], { at: '2026-07-26 10:00' }),
  call('at eight in the evening', phone('101'), '600', [], { at: '2026-07-27 20:00' }),
  call('called in at ten on a Sunday', carrier, '7600', [], { at: '2026-07-26 10:00' }),
  call('sent on at ten on a Monday', phone('101'), '610', [], { at: '2026-07-27 10:00' }),
  call('sent on at ten on a Sunday', phone('101'), '610', [], { at: '2026-07-26 10:00' }),
  call('asked twice', phone('101'), '601', [keys('beep', '1'), keys('beep', '2')]),
  call('asked the second time', phone('101'), '601', [keys('beep', '7', 'caller', { nth: 2 })], { longestMs: 25_000 }),
  call('a secret', phone('101'), '500', [keys('beep', '9#', 'caller', { secret: true })]),
  call('confirms', phone('101'), '402', [answers('102'), keys('hello-world', '1', device('102')), hangsUp(2500)], { claims: claim('102') }),
  call('does not confirm', phone('101'), '402', [answers('102'), keys('hello-world', '2', device('102'))], { claims: claim('102') }),
  call('called while in a call', phone('101'), '202', [], {
    before: { astdb: {}, calls: [earlier('103', '202', [answers('102')], 'answered')] },
    claims: claim('102', '103'),
  }),
  call(
    'reads a message back',
    phone('102'),
    '*97',
    [keys('vm-onefor', '1'), { ...hangsUp(0), when: { heard: 'vm-received' }, afterMs: 3000 }],
    {
      before: {
        astdb: {},
        calls: [earlier('103', '302', [{ who: 'caller', when: { heard: 'beep' }, afterMs: 2500, do: 'hangup' }], 'over')],
      },
      claims: claim('102', '103'),
      longestMs: 20_000,
    },
  ),
  call('forwarded by a code', phone('103'), '602', [answers('102'), hangsUp(800)], {
    before: { astdb: { 'CF/101': null }, calls: [earlier('101', '*72102', [], 'over')] },
    claims: claim('101', '102', '103'),
    expect: { ...EMPTY_TRACE, astdb: { 'CF/101': '102' } },
  }),
  call('parked and retrieved', phone('103'), '701', [hangsUp(1000)], {
    before: {
      astdb: {},
      calls: [
        earlier(
          '101',
          '502',
          [answers('102'), { who: device('102'), when: 'answered', afterMs: 400, do: { keys: '##700' } }],
          'answered',
          6000,
        ),
      ],
    },
    claims: claim('101', '102', '103'),
    longestMs: 10_000,
  }),
  call('by IAX2', phone('130'), '102', [answers('102'), hangsUp(800)], { claims: claim('102') }),
  call('to IAX2', phone('101'), '130', [answers('130'), { who: device('130'), when: 'answered', afterMs: 500, do: 'hangup' }], {
    claims: claim('130'),
  }),
  call('to IAX2, busy', phone('101'), '130', [{ who: device('130'), when: 'rings', afterMs: 200, do: 'busy' }], { claims: claim('130') }),
  call('keys by IAX2', phone('130'), '500', [keys('beep', '42')]),
  call(
    'by an IAX2 carrier',
    { as: 'carrier', ref: ref('trunk', '2'), number: '79035551122', name: 'Пётр' },
    '74951234567',
    [answers('101', RINGS_BESIDE_MS), hangsUp(800)],
    {
      claims: claim('101', '102'),
    },
  ),
  call(
    'where the PBX has registered',
    { ...carrier, way: 'by-registration' },
    '74951234567',
    [answers('101', RINGS_BESIDE_MS), hangsUp(800)],
    {
      claims: claim('101', '102'),
    },
  ),
  call('out by an IAX2 carrier', phone('101'), '884951112233', [
    { who: ref('trunk', '2'), when: 'rings', afterMs: 200, do: 'answer' },
    hangsUp(800),
  ]),
  call('a situation that does not come about', phone('101'), '103', [], {
    before: { astdb: {}, calls: [earlier('101', '402', [answers('102')], { heard: 'no-such-prompt' }, 0)] },
    claims: claim('102'),
  }),
];

describe('calls in a situation', () => {
  let lab: Lab;
  let dir: string;
  let results: Map<string, CallResult>;
  const of = (id: string): Trace => results.get(id)?.trace ?? EMPTY_TRACE;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'small-build-'));
    await writeSmallBuild(dir, smallModel());
    lab = await startLab(await readBuild(dir), { migrations: MIGRATIONS }, silentContext());
    const placed = await placeCalls([lab], scenarios, silentContext());
    results = new Map(placed.map((r) => [r.scenario.id, r]));
    if (process.env['SHOW'])
      for (const r of placed) console.log(r.scenario.id, r.trouble, Math.round(r.ms), JSON.stringify(r.trace), r.way);
  });
  afterAll(async () => {
    await lab?.end();
    await rm(dir, { recursive: true, force: true });
  });

  it('places every call without trouble of its own, and says where a situation does not come about', () => {
    const troubles = [...results.values()].filter((r) => r.trouble !== null);
    expect(troubles.map((r) => r.scenario.id)).toEqual(['a situation that does not come about']);
    expect(troubles[0]?.trouble).toContain('the call to 402 before it');
    expect(troubles[0]?.trace).toBeNull();
  });

  it('gives each call a time of its own, in the zone of the PBX, under the number that was dialled', () => {
    expect(of('at ten on a Monday').heard).toEqual(['hello-world']);
    expect(of('at eleven on a Monday').heard).toEqual(['hello-world']);
    expect(of('at ten on a Sunday').heard).toEqual(['vm-goodbye']);
    expect(of('at eight in the evening').heard).toEqual(['vm-goodbye']);
    expect(of('at ten on a Sunday').cdr).toMatchObject([{ src: '101', dst: '600' }]);
    expect(of('called in at ten on a Sunday')).toMatchObject({ heard: ['vm-goodbye'], stepsToDial: null });
    expect(of('called in at ten on a Sunday').cdr).toMatchObject([{ dst: '7600', did: '7600' }]);
    expect(of('sent on at ten on a Monday').legs).toMatchObject([{ to: device('103') }]);
    expect(of('sent on at ten on a Sunday').legs).toEqual([]);
  });

  it('answers one prompt with one act, in their order, or the one that is meant', () => {
    expect(of('asked twice')).toMatchObject({ heard: ['beep', 'beep'], keys: '12' });
    expect(of('asked twice').cdr[0]?.recordingfile).toBe('12');
    expect(of('asked the second time')).toMatchObject({ heard: ['beep', 'beep'], keys: '7' });
  });

  it('never shows the keys of a secret', () => {
    expect(of('a secret').keys).toBe('??');
  });

  it('presses keys on a telephone that is asked to confirm', () => {
    expect(of('confirms').cdr).toMatchObject([{ disposition: 'ANSWERED' }]);
    expect(of('confirms').end.at).toBe('caller');
    expect(of('does not confirm').end.at).toBe('hangup');
  });

  it('has somebody in a call when another comes', () => {
    expect(of('called while in a call')).toMatchObject({ legs: [], end: { at: 'hangup', cause: 17 } });
  });

  it('leaves a message and reads it back', () => {
    expect(of('reads a message back').heard.slice(0, 3)).toEqual(['vm-youhave', 'digits/1', 'vm-INBOX']);
    expect(of('reads a message back').heard).toContain('vm-received');
  });

  it('obeys a code that was dialled before, tells the key that it set, and puts it back', async () => {
    expect(of('forwarded by a code').legs).toMatchObject([{ to: device('102'), answered: true }]);
    expect(of('forwarded by a code').astdb).toEqual({ 'CF/101': '102' });
    expect(await lab.pbx.ami.command('database get CF 101')).toContain('not found');
  });

  it('retrieves a call that somebody parked with keys', () => {
    expect(of('parked and retrieved').end).toEqual({ at: 'caller', cause: 16 });
    expect(of('parked and retrieved').cdr[0]).toMatchObject({ src: '103', dst: '701', disposition: 'ANSWERED' });
  });

  it('plays a telephone and a carrier on IAX2', () => {
    expect(of('by IAX2').legs).toMatchObject([{ to: device('102'), shown: { number: '130', name: 'Night duty' }, answered: true }]);
    expect(of('to IAX2').legs).toMatchObject([{ to: device('130'), dialled: '130', shown: { number: '101' }, answered: true }]);
    expect(of('to IAX2').end).toEqual({ at: 'hangup', cause: 16 });
    expect(of('to IAX2, busy').legs).toMatchObject([{ to: device('130'), answered: false }]);
    expect(of('keys by IAX2')).toMatchObject({ keys: '42', end: { at: 'hangup', cause: 18 } });
    expect(of('by an IAX2 carrier').legs.map((l) => [l.shown.number, l.shown.name])).toEqual([
      ['79035551122', 'Пётр'],
      ['79035551122', 'Пётр'],
    ]);
    expect(of('out by an IAX2 carrier').legs).toMatchObject([{ to: ref('trunk', '2'), dialled: '84951112233', answered: true }]);
  });

  it('registers with a carrier that asks for its secret, and takes a call from a strange address by the mark in its own', () => {
    // which of them rings first is chance
    expect(
      of('where the PBX has registered')
        .legs.map(({ to }) => (typeof to === 'string' ? to : refText(to)))
        .sort(),
    ).toEqual(['device/101', 'device/102']);
    expect(of('where the PBX has registered').cdr[0]).toMatchObject({ src: '79035551122', dst: '74951234567', disposition: 'ANSWERED' });
  });

  it('takes the mail with the message that was left, and lets none out', async () => {
    expect(await checkMail(lab, smallModel())).toEqual([]);
    const mails = await lab.mails();
    expect(mails.map((m) => m.to)).toEqual([['bones@clinic.example']]);
    expect(mails[0]?.text).toContain('Content-Disposition: attachment');
  });

  it('leaves no channel behind', async () => {
    expect(await lab.pbx.ami.command('core show channels count')).toContain('0 active channels');
  });

  it('has the PBX keep a time of its own, in its own zone', async () => {
    // in UTC it would be seven in the morning
    const at = { ...call('on its own clock', phone('101'), '600', []), at: '2026-07-27 10:00' };
    const [result] = await placeOnSystemClock(lab, forSystemClock([at]) ?? at, silentContext());
    expect(result?.trace).toMatchObject({ heard: ['hello-world'], cdr: [{ dst: '600' }] });
    expect(result?.scenario.id).toBe('clock/on its own clock');
    expect(result?.way.join()).not.toContain('TESTTIME');
  });
});
