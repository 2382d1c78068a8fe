import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { readBuild } from '../../src/model/build.ts';
import { ref } from '../../src/model/ref.ts';
import { type CallResult, placeCalls } from '../../src/verify/calls/calls.ts';
import { type Lab, startLab } from '../../src/verify/lab/lab.ts';
import type { Act, Scenario, Trace } from '../../src/verify/scenario.ts';
import { call, carrier, phone } from './a-scenario.ts';
import { EMPTY_TRACE } from './empty-trace.ts';
import { smallModel, writeSmallBuild } from './small-build.ts';

const MIGRATIONS = new URL('../../migrations/', import.meta.url).pathname;

const hangsUpAtOnce: Act = { who: 'caller', when: 'rings', afterMs: 300, do: 'hangup' };

const scenarios: Scenario[] = [
  call('answered', phone('101'), '102', [
    { who: ref('device', '102'), when: 'rings', afterMs: 300, do: 'answer' },
    { who: 'caller', when: 'answered', afterMs: 1200, do: 'hangup' },
  ]),
  call('callee hangs up', phone('102'), '101', [
    { who: ref('device', '101'), when: 'rings', afterMs: 100, do: 'answer' },
    { who: ref('device', '101'), when: 'answered', afterMs: 500, do: 'hangup' },
  ]),
  call('busy', phone('101'), '102', [{ who: ref('device', '102'), when: 'rings', afterMs: 100, do: 'busy' }]),
  call('unanswered', phone('101'), '102', []),
  call('keys', phone('101'), '500', [{ who: 'caller', when: { heard: 'beep' }, afterMs: 500, do: { keys: '7#' } }], {
    before: { astdb: { 'CF/101': 'set' } },
  }),
  call('outbound', phone('101'), '984951112233', [
    { who: ref('trunk', '1'), when: 'rings', afterMs: 300, do: 'answer' },
    { who: 'caller', when: 'answered', afterMs: 500, do: 'hangup' },
  ]),
  call('refused by the carrier', phone('101'), '984951112234', [{ who: ref('trunk', '1'), when: 'rings', afterMs: 100, do: 'refuse' }]),
  call('outbound by another account', phone('101'), '784951112233', [
    { who: ref('trunk', '3'), when: 'rings', afterMs: 300, do: 'answer' },
    { who: 'caller', when: 'answered', afterMs: 500, do: 'hangup' },
  ]),
  call('from another port', { ...carrier, way: 'other-port' }, '74951234567', [hangsUpAtOnce]),
  call('from the second address', { ...carrier, way: 'second-address' }, '74951234567', [hangsUpAtOnce]),
  call('inbound', carrier, '74951234567', [
    { who: ref('device', '102'), when: 'rings', afterMs: 500, do: 'answer' },
    { who: 'caller', when: 'answered', afterMs: 1200, do: 'hangup' },
  ]),
];

describe('a lab around a PBX that is known', () => {
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
  });
  afterAll(async () => {
    await lab?.end();
    await rm(dir, { recursive: true, force: true });
  });

  it('places every call without trouble of its own', () => {
    expect([...results.values()].filter((r) => r.trouble !== null).map((r) => `${r.scenario.id}: ${r.trouble}`)).toEqual([]);
  });

  it('sees who rang, what was shown and that it was answered', () => {
    expect(of('answered').legs).toMatchObject([
      { to: ref('device', '102'), dialled: '102', shown: { number: '101', name: 'Smith & Sons; Lab #2' }, answered: true },
    ]);
    expect(of('answered').end).toEqual({ at: 'caller', cause: 16 });
    expect(of('answered').stepsToDial).toBe(2);
    expect(of('callee hangs up').legs[0]?.shown).toEqual({ number: '102', name: 'Dr. "Bones" McCoy' });
    expect(of('callee hangs up').end).toEqual({ at: 'hangup', cause: 16 });
  });

  it('reads the call record from the database', () => {
    expect(of('answered').cdr).toMatchObject([{ src: '101', dst: '102', disposition: 'ANSWERED', billsec: 1 }]);
    expect(of('busy').cdr[0]).toMatchObject({ src: '101', dst: '102', disposition: 'BUSY' });
  });

  it('tells busy, no answer and refusal apart', () => {
    expect(of('busy').end).toEqual({ at: 'hangup', cause: 17 });
    expect(of('unanswered')).toMatchObject({ heard: ['vm-goodbye'], end: { at: 'hangup', cause: 16 } });
    expect(of('unanswered').legs[0]?.rangMs).toBeGreaterThan(1000);
    expect(of('unanswered').legs[0]?.rangMs).toBeLessThan(3500);
    expect(of('refused by the carrier').legs).toMatchObject([{ to: ref('trunk', '1'), dialled: '84951112234', answered: false }]);
  });

  it('presses keys when a prompt was heard, and puts AstDB back', async () => {
    expect(of('keys')).toMatchObject({ heard: ['beep'], keys: '7#', end: { cause: 18 } });
    expect(of('keys').cdr[0]?.recordingfile).toBe('set');
    expect(await lab.pbx.ami.command('database get CF 101')).toContain('not found');
  });

  it('plays a carrier that asks for the password, under a name of its own', () => {
    expect(of('outbound').legs).toMatchObject([{ to: ref('trunk', '1'), dialled: '84951112233', answered: true }]);
  });

  it('tells two trunks to one host apart', () => {
    expect(of('outbound by another account').legs).toMatchObject([{ to: ref('trunk', '3'), dialled: '84951112233', answered: true }]);
  });

  it('has a carrier call from another port than it is called at, and from its second address', () => {
    for (const id of ['from another port', 'from the second address']) expect(of(id).legs).toHaveLength(2);
  });

  it('calls in from a carrier and sees both telephones ring together with the caller shown', () => {
    const { legs, musicClass, cdr } = of('inbound');
    expect(legs.map((l) => [l.order, l.shown])).toEqual([
      [1, { number: '79035551122', name: 'Пётр Иванов, ООО' }],
      [1, { number: '79035551122', name: 'Пётр Иванов, ООО' }],
    ]);
    expect(musicClass).toBe('default');
    expect(cdr.some((r) => r.did === '74951234567' && r.disposition === 'ANSWERED')).toBe(true);
  });
});
