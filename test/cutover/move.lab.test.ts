import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { doctor } from '../../src/cutover/doctor/doctor.ts';
import { fillOldCdr } from '../history/old-cdr.ts';
import { DIDS, TELEPHONES } from './a-house.ts';
import { shellOf } from './a-machine.ts';
import { machine, Night } from './a-night.ts';

const NUMBERS = Object.keys(DIDS);
const CUSTOMER = '74999000001';

describe('a cutover from an old PBX to a new one', () => {
  let night: Night;
  let routes: { old: string; now: string };
  /** Those of pilots before the cutover, which stay with the new PBX. */
  const recordsOfPilots = 3;

  const onOld = (script: string): Promise<string> => shellOf(night.old).sh(script);
  const onNew = (script: string): Promise<string> => shellOf(night.now).sh(script);
  const records = async (): Promise<number> =>
    Number(await onNew("asterisk -rx 'cdr submit' > /dev/null; mariadb asteriskcdrdb -NBe 'SELECT COUNT(*) FROM cdr'"));
  const routesNow = async (): Promise<typeof routes> => ({ old: await onOld('ip route show'), now: await onNew('ip route show') });
  /** Calls of the world to each number, of a telephone to another and to the world, and of the dialler: all of them are answered. */
  const everythingGoes = async (): Promise<void> => {
    const [came, placed] = [await night.answered(night.carrier), await night.answered(night.telephones)];
    const [out, rang] = [(await night.rang(night.carrier)).length, (await night.rang(night.telephones)).length];
    for (const did of NUMBERS) await night.calls(night.carrier, did, `PJSIP/world/sip:${did}@${night.address}`);
    await night.calls(night.telephones, '102', 'PJSIP/102@calls-101');
    await night.calls(night.telephones, CUSTOMER, `PJSIP/${CUSTOMER}@calls-101`);
    expect(await night.dials(CUSTOMER, '106')).toContain('Response: Success');
    await expect.poll(() => night.answered(night.carrier), { timeout: 30_000 }).toBe(came + NUMBERS.length);
    await expect.poll(() => night.answered(night.telephones), { timeout: 30_000 }).toBe(placed + 2);
    // whom a telephone and the dialler called, by the address that the carrier knows
    expect((await night.rang(night.carrier)).slice(out)).toEqual(Array(2).fill(`${CUSTOMER} ${night.address}:5060`));
    // who is called for each number, and by the dialler once its customer has answered
    const called = async (): Promise<string[]> => (await night.rang(night.telephones)).slice(rang).map((line) => line.split(' ')[0] ?? '');
    const wanted = [['102'], ['106'], ...Object.values(DIDS)];
    const reached = async (): Promise<boolean> => {
      const numbers = await called();
      return wanted.every((any) => any.some((number) => numbers.includes(number)));
    };
    await expect.poll(reached, { timeout: 30_000 }).toBe(true);
    await night.hangUp();
  };

  beforeAll(async () => {
    night = await Night.begin();
    await fillOldCdr(night.history, 300);
    routes = await routesNow();
  });
  afterAll(() => night?.end());

  test('begins with an installation that puts the examples of Debian aside', async () => {
    expect(await onNew('ls /etc/asterisk/extensions.ael 2> /dev/null; ls -d /etc/asterisk.before-pbx-config/extensions.ael | wc -l')).toBe(
      '1',
    );
    expect(await onNew("dpkg-query -W -f='${Status}' asterisk-config")).not.toContain('installed');
    expect(await onNew("asterisk -rx 'pjsip show endpoint 101'")).toContain('Room 101');
  });

  test('changes nothing on the old machine before somebody says so in words', async () => {
    await expect.poll(() => night.registeredAtOld(), { timeout: 60_000 }).toBe(TELEPHONES.length);
    await everythingGoes();
    await expect(night.go('go', { consent: null })).rejects.toMatchObject({ code: 'E_CONSENT' });
    await expect(night.go('go', { despite: null })).rejects.toMatchObject({ code: 'E_NOT_VERIFIED' });
    const { steps } = await night.go('go', { dryRun: true, consent: null, despite: null });
    expect(steps.find((s) => s.id === 'old-stops')?.result).toContain("old: asterisk -rx 'core stop now'");
    expect(steps.find((s) => s.id === 'address-to-new-comes')?.result).toContain(`new: ip address replace ${night.address}/`);
    expect(await night.registeredAtOld()).toBe(TELEPHONES.length);
  });

  test('copies call records, voicemail and forwards while both run, each once, however often', async () => {
    await night.leave(night.old, '0000', '74950000001');
    await onOld(`asterisk -rx 'database put CF 101 102'`);
    await night.go('sync');
    expect(await night.copied()).toBe(300);
    expect(await night.messages(night.now)).toBe(1);
    expect(await onNew("asterisk -rx 'database get CF 101'")).toBe('Value: 102');
    // a pilot has a message of his own meanwhile, under the number that the next one has on the old side
    await night.leave(night.now, '0001', '74950000002');
    await night.leave(night.old, '0001', '74950000003');
    await onOld(`asterisk -rx 'database del CF 101'; asterisk -rx 'database put DND 110 YES'`);
    await fillOldCdr(night.history, 20, 301);
    await night.go('sync');
    await night.go('sync');
    expect(await night.copied()).toBe(320);
    expect(await night.messages(night.now)).toBe(3);
    expect(await onNew("asterisk -rx 'database get CF 101'")).toBe('Database entry not found.');
    expect(await onNew("asterisk -rx 'database get DND 110'")).toBe('Value: YES');
  });

  test('serves pilots before, who reach everybody and are reached by everybody, under their own numbers', async () => {
    const between = { old: night.address, new: night.now.ip };
    await expect(night.go('pilot', { pilots: ['120'], between, consent: null })).rejects.toMatchObject({ code: 'E_CONSENT' });
    await night.go('pilot', { pilots: ['120'], between });
    const pilot = await night.pilots(['120']);
    await expect.poll(() => onNew("asterisk -rx 'pjsip show contacts' | grep -c 'Contact: *120/' || true"), { timeout: 30_000 }).toBe('1');
    const rangElsewhere = (await night.rang(night.telephones)).length;

    await night.calls(night.telephones, '120', 'PJSIP/120@calls-101');
    await expect.poll(() => night.callers(pilot), { timeout: 20_000 }).toEqual(['120 101']);
    await night.calls(pilot, '102', 'PJSIP/102@calls-120');
    await night.calls(pilot, CUSTOMER, `PJSIP/${CUSTOMER}@calls-120`);
    await expect.poll(async () => (await night.callers(night.telephones)).slice(rangElsewhere), { timeout: 20_000 }).toEqual(['102 120']);
    await expect.poll(async () => (await night.callers(night.carrier)).at(-1), { timeout: 20_000 }).toBe(`${CUSTOMER} 120`);
    await expect.poll(() => night.answered(pilot), { timeout: 20_000 }).toBe(2);
    expect(await onNew("asterisk -rx 'pjsip show registrations'")).toContain('No objects found');

    await night.hangUp();
    await expect.poll(records, { timeout: 30_000 }).toBe(recordsOfPilots);
    await pilot.remove();
    await night.go('pilot', { pilots: [] });
    await night.calls(night.telephones, '120', 'PJSIP/120@calls-101');
    await expect.poll(async () => (await night.callers(night.telephones)).at(-1), { timeout: 20_000 }).toBe('120 101');
    await night.hangUp();
    await onNew("asterisk -rx 'database deltree registrar/contact'");
  });

  test('goes over in less than a minute: every telephone is called by the new PBX at its old place, without registering anew', async ({
    annotate,
  }) => {
    const rangSoFar = (await night.rang(night.telephones)).length;
    await onOld("asterisk -rx 'channel originate SIP/101 extension 102@from-internal'");
    await expect.poll(async () => (await night.rang(night.telephones)).length, { timeout: 20_000 }).toBe(rangSoFar + 2);
    await night.leave(night.old, '0002', '74950000004');
    await fillOldCdr(night.history, 5, 321);
    const rangBefore = (await night.rang(night.telephones)).length;
    const startedAt = performance.now();
    const { steps } = await night.go('go');
    const wentMs = performance.now() - startedAt;
    for (const name of TELEPHONES) await night.rings(night.now, `PJSIP/${name}`);
    const since = async (): Promise<string[]> => (await night.rang(night.telephones)).slice(rangBefore).sort();
    // by the address that they know, whose answers come through any router
    await expect.poll(since, { timeout: 30_000 }).toEqual(TELEPHONES.map((name) => `${name} ${night.address}:5060`));
    const calledMs = performance.now() - startedAt;
    const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
    await annotate(`go: ${seconds(wentMs)} (${steps.map((step) => `${step.id} ${step.seconds}`).join(', ')})`);
    await annotate(`${TELEPHONES.length} of ${TELEPHONES.length} telephones called after ${seconds(calledMs)}`);
    expect(calledMs).toBeLessThan(60_000);
    expect(steps.find((s) => s.id === 'calls-in-progress')?.result).toMatch(/channels will be cut: .*SIP\/101-/);
    expect(steps.find((s) => s.id === 'carriers')?.result).toBe('1 of 1 registered');
    expect(await night.messages(night.now)).toBe(4);
    expect(await night.copied()).toBe(325);
    expect(steps.find((s) => s.id === 'call-records')?.result).toBe('5 copied, 0 months differ');
    expect(await onNew('pbx-config status')).toContain('state: live');
    expect(await onOld('pgrep -x asterisk || true')).toBe('');
    await night.hangUp();
  });

  test('goes on: numbers, telephones and the dialler reach whom they reached, by the address that the carrier knows', async () => {
    await everythingGoes();
  });

  test('is well by the doctor, who sees what is not', async () => {
    const look = async (): Promise<Record<string, string>> =>
      Object.fromEntries(
        (await doctor(night.build, machine('new', night.now), silentContext())).map((s) => [s.about, `${s.health}: ${s.says}`]),
      );
    const first = await look();
    expect(first).toMatchObject({
      Asterisk: 'well: it runs; live',
      telephones: `well: ${TELEPHONES.length} of ${TELEPHONES.length} are registered`,
      carriers: 'well: 1 of 1 registrations',
      refused: 'well: nobody was refused',
      drift: 'well: every file is as the build has it, and Asterisk holds its telephones and queues',
    });
    expect(first['call records']).toMatch(/^well: \d+ in the database/);
    // no systemd set the zone
    expect(first['clock']).toMatch(/^ill: .*the PBX's is Europe\/Moscow/);

    await onNew("ln -sfn /usr/share/zoneinfo/Europe/Moscow /etc/localtime; echo '; by hand' >> /etc/asterisk/rtp.conf");
    await onNew("asterisk -rx 'database deltree registrar/contact'");
    const then = await look();
    expect(then['clock']).toMatch(/^well: .*zone Europe\/Moscow$/);
    expect(then['drift']).toBe('watch: changed: etc/asterisk/rtp.conf');
    const some = `${TELEPHONES.slice(0, 10).join(', ')} and ${TELEPHONES.length - 10} more`;
    expect(then['telephones']).toMatch(
      new RegExp(`^ill: 0 of ${TELEPHONES.length} are registered; not: ${TELEPHONES[0]} \\(on the old PBX 20\\d\\d-[^)]*Z\\), `),
    );
    expect(then['telephones']).toContain(`; of those, registered on the old PBX at the cutover: ${some}`);
  });

  test('comes back in less than a minute, with what the new PBX recorded meanwhile', async ({ annotate }) => {
    await onNew("asterisk -rx 'database put CF 102 101'");
    await night.leave(night.now, '0009', '74950000005');
    await expect.poll(() => onNew("asterisk -rx 'core show channels count' | head -n 1"), { timeout: 60_000 }).toBe('0 active channels');
    const rangBefore = (await night.rang(night.telephones)).length;
    const startedAt = performance.now();
    const { steps } = await night.go('back');
    await expect.poll(() => night.registeredAtOld(), { timeout: 20_000 }).toBe(TELEPHONES.length);
    await night.rings(night.old, 'SIP/103');
    await expect
      .poll(async () => (await night.rang(night.telephones)).slice(rangBefore), { timeout: 20_000 })
      .toContain(`103 ${night.address}:5060`);
    const tookMs = performance.now() - startedAt;
    const recorded = (await records()) - recordsOfPilots;
    expect(recorded).toBeGreaterThan(TELEPHONES.length);
    await annotate(`back: a telephone is called by the old PBX after ${Math.round(tookMs / 1000)} s; ${recorded} call records kept`);
    expect(tookMs).toBeLessThan(60_000);
    expect(await routesNow()).toEqual(routes);
    expect(await onOld("asterisk -rx 'database get CF 102'")).toBe('Value: 101');
    expect(await onNew('pbx-config status')).toContain('state: quiet');
    const kept = (id: string): Promise<Buffer> => readFile(steps.find((s) => s.id === id)?.result ?? '');
    expect((await kept('kept-call-records')).toString().match(/^INSERT INTO/gm)?.length).toBe(recorded);
    expect((await kept('kept-voicemail')).toString()).toContain('74950000005');
    const journal = await readFile(join(night.build, '.cutover', 'journal.jsonl'), 'utf8');
    expect(journal).toContain('"despite":"the lab has not verified it"');
  });

  test('leaves an old PBX that reaches everybody as before', async () => {
    await onOld("asterisk -rx 'database del CF 102'");
    await night.hangUp();
    await everythingGoes();
  });
});
