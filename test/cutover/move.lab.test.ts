import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { doctor } from '../../src/cutover/doctor/doctor.ts';
import { type CutoverOptions, cutover, type Phase } from '../../src/cutover/move/cutover.ts';
import type { Machine } from '../../src/cutover/move/machine.ts';
import type { Container } from '../../src/engine/container.ts';
import { connectEngine } from '../../src/engine/engine.ts';
import { ensureImage } from '../../src/engine/images.ts';
import { Run } from '../../src/engine/run.ts';
import { asteriskIsUp } from '../../src/engine/wait.ts';
import { copyCdr } from '../../src/history/copy-cdr.ts';
import { type HistoryServer, startHistoryServer } from '../history/history-server.ts';
import { fillOldCdr, makeOldCdr } from '../history/old-cdr.ts';
import { smallHouse } from '../render/some-pbx.ts';
import { aBuild } from './a-build.ts';
import { installed, shellOf } from './a-machine.ts';
import { message, oldPbxFiles, telephoneFiles } from './an-old-pbx.ts';

const context = silentContext();
const passwords = Object.fromEntries(['101', '102'].map((name) => [name, smallHouse.secrets?.[`device/${name}/sip`] ?? '']));

/** A container as the cutover reaches a machine: what is poured goes by base64, since what a program prints is text here. */
function machine(name: string, container: Container): Machine {
  const run: Machine['run'] = (script, o = {}) => container.exec(['sh', '-c', script], { stdin: Buffer.from(o.stdin ?? '') });
  return {
    name,
    typed: (script) => `${name}: ${script}`,
    run,
    pour: async (from, there, into) => {
      const given = await run(`set -e; { ${from}; } | base64`);
      const taken = await there.run(`base64 -d | { ${into}; }`, { stdin: given.out });
      if (given.code + taken.code !== 0) throw new Error(`${given.err}${taken.err}`);
    },
  };
}

describe('a cutover from an old PBX to a new one', () => {
  let run: Run | undefined;
  let old: Container;
  let now: Container;
  let telephones: Container;
  let build: string;
  let address: string;
  let history: HistoryServer;

  const go = (phase: Phase, more: Partial<CutoverOptions> = {}): ReturnType<typeof cutover> =>
    cutover(
      phase,
      build,
      {
        old: machine('old', old),
        new: machine('new', now),
        dryRun: false,
        consent: `${phase} old`,
        despite: 'the lab has not verified it',
        report: join(dirname(build), 'report'),
        copyRecords,
        recordings: true,
        address: { cidr: address, oldInterface: 'eth0', newInterface: 'eth0' },
        stopOld:
          "asterisk -rx 'core stop now' > /dev/null; n=0; while pgrep -x asterisk > /dev/null; do n=$((n + 1)); [ $n -lt 30 ] || exit 1; sleep 1; done",
        startOld:
          "asterisk -U asterisk -G asterisk; n=0; until asterisk -rx 'core waitfullybooted' > /dev/null 2>&1; do n=$((n + 1)); [ $n -lt 30 ] || exit 1; sleep 1; done",
        pilots: [],
        ...more,
      },
      context,
    );
  /** As the command does it: what came since the last copy. */
  const copyRecords = async (queueLog: string | null): Promise<string> => {
    const { password: sourcePassword, from, to } = history;
    const o = { sourcePassword, targetPassword: sourcePassword, out: join(dirname(build), 'records'), timeZone: 'Europe/Moscow' };
    const { copied, unproved } = await copyCdr(from, to, { ...o, ...(queueLog === null ? {} : { queueLog: [queueLog] }) }, context);
    return `${copied} copied, ${unproved} months differ`;
  };
  const copied = async (): Promise<number> => {
    const [rows] = await history.db.query<RowDataPacket[]>('SELECT COUNT(*) AS n FROM asteriskcdrdb.cdr');
    return Number(rows[0]?.['n']);
  };
  const messages = async (of: Container): Promise<number> =>
    Number(await shellOf(of).sh('find /var/spool/asterisk/voicemail -name "msg*.txt" 2> /dev/null | wc -l'));
  const leave = async (on: Container, number: string, from: string): Promise<void> => {
    await on.put('/', message('102', number, from));
    await shellOf(on).sh('chown -R asterisk:asterisk /var/spool/asterisk/voicemail');
  };
  /** How often each telephone rang so far. */
  const rang = async (name: string): Promise<number> => Number(await shellOf(telephones).sh(`grep -cx ${name} /tmp/rang || true`));
  const call = (on: Container, channel: string): Promise<string> =>
    shellOf(on).sh(`asterisk -rx 'channel originate ${channel} application Wait 1'`);
  const registeredAtOld = (): Promise<string> => shellOf(old).sh("asterisk -rx 'database show SIP/Registry' | grep -c Registry/ || true");

  beforeAll(async () => {
    build = await aBuild(smallHouse);
    history = await startHistoryServer({ memory: '1g' });
    await makeOldCdr(history);
    await fillOldCdr(history, 300);
    const engine = await connectEngine();
    const [clean, before, after] = [
      await ensureImage(engine, 'machine', context),
      await ensureImage(engine, 'asterisk16', context),
      await ensureImage(engine, 'asterisk', context),
    ];
    run = await Run.start(engine, context, { longestMs: 600_000 });
    const network = await run.network();
    const bare = network.address(0);
    address = `${bare}/${network.prefix}`;
    const idle = { network, netAdmin: true, entrypoint: ['sleep', 'infinity'] };
    old = await run.container({ role: 'old-pbx', image: before, ...idle, files: [{ path: '/', entries: oldPbxFiles(passwords) }] });
    now = await run.container({ role: 'new-pbx', image: clean, network, netAdmin: true });
    await shellOf(old).sh(
      `ip address add ${address} dev eth0; chown -R asterisk:asterisk /etc/asterisk; install -d -o asterisk -g asterisk /run/asterisk; asterisk -U asterisk -G asterisk`,
    );
    await old.waitFor(asteriskIsUp());
    // an administrator has tried Asterisk there before, with Debian's examples
    await shellOf(now).sh('DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends asterisk asterisk-config 2>&1');
    telephones = await run.container({
      role: 'telephones',
      image: after,
      network,
      files: [{ path: '/', entries: telephoneFiles(passwords, bare) }],
    });
    await Promise.all([telephones.waitFor(asteriskIsUp()), installed(now, build)]);
  });
  afterAll(() => Promise.all([run?.end(), history?.close()]));

  test('begins with an installation that puts the examples of Debian aside', async () => {
    expect(
      await shellOf(now).sh('ls /etc/asterisk/extensions.ael 2> /dev/null; ls -d /etc/asterisk.before-pbx-config/extensions.ael | wc -l'),
    ).toBe('1');
    expect(await shellOf(now).sh("dpkg-query -W -f='${Status}' asterisk-config")).not.toContain('installed');
    expect(await shellOf(now).sh("asterisk -rx 'pjsip show endpoint 101'")).toContain('Reception');
  });

  test('changes nothing on the old machine before somebody says so in words', async () => {
    await expect.poll(registeredAtOld, { timeout: 60_000 }).toBe('2');
    await expect(go('go', { consent: null })).rejects.toMatchObject({ code: 'E_CONSENT' });
    await expect(go('go', { despite: null })).rejects.toMatchObject({ code: 'E_NOT_VERIFIED' });
    const { steps } = await go('go', { dryRun: true, consent: null, despite: null });
    expect(steps.find((s) => s.id === 'old-stops')?.result).toContain("old: asterisk -rx 'core stop now'");
    expect(await registeredAtOld()).toBe('2');
  });

  test('copies call records, voicemail and forwards while both run, each once, however often', async () => {
    await leave(old, '0000', '74950000001');
    await shellOf(old).sh(`asterisk -rx 'database put CF 101 102'`);
    await go('sync');
    expect(await copied()).toBe(300);
    expect(await messages(now)).toBe(1);
    expect(await shellOf(now).sh("asterisk -rx 'database get CF 101'")).toBe('Value: 102');
    // a pilot has a message of his own meanwhile, under the number that the next one has on the old side
    await leave(now, '0001', '74950000002');
    await leave(old, '0001', '74950000003');
    await shellOf(old).sh(`asterisk -rx 'database del CF 101'; asterisk -rx 'database put DND 102 YES'`);
    await fillOldCdr(history, 20, 301);
    await go('sync');
    await go('sync');
    expect(await copied()).toBe(320);
    expect(await messages(now)).toBe(3);
    expect(await shellOf(now).sh("asterisk -rx 'database get CF 101'")).toBe('Database entry not found.');
    expect(await shellOf(now).sh("asterisk -rx 'database get DND 102'")).toBe('Value: YES');
  });

  test('goes over in less than a minute: every telephone is called by the new PBX at its old place, without registering anew', async () => {
    await shellOf(old).sh("asterisk -rx 'channel originate SIP/101 extension 102@from-internal'");
    await expect.poll(() => rang('101'), { timeout: 20_000 }).toBe(1);
    await leave(old, '0002', '74950000004');
    await fillOldCdr(history, 5, 321);
    const startedAt = performance.now();
    const { steps } = await go('go');
    for (const name of ['101', '102']) {
      await call(now, `PJSIP/${name}`);
      await expect.poll(() => rang(name), { timeout: 20_000 }).toBe(2);
    }
    expect(performance.now() - startedAt).toBeLessThan(60_000);
    expect(steps.find((s) => s.id === 'calls-in-progress')?.result).toMatch(/channels will be cut: SIP\/101-/);
    expect(await messages(now)).toBe(4);
    expect(await copied()).toBe(325);
    expect(steps.find((s) => s.id === 'call-records')?.result).toBe('5 copied, 0 months differ');
    expect(await shellOf(now).sh('pbx-config status')).toContain('state: live');
    expect(await shellOf(old).sh('pgrep -x asterisk || true')).toBe('');
  });

  test('is well by the doctor, who sees what is not', async () => {
    const look = async (): Promise<Record<string, string>> =>
      Object.fromEntries((await doctor(build, machine('new', now), context)).map((s) => [s.about, `${s.health}: ${s.says}`]));
    const first = await look();
    expect(first).toMatchObject({
      Asterisk: 'well: it runs; live',
      telephones: 'well: 2 of 2 are registered',
      refused: 'well: nobody was refused',
      drift: 'well: every file is as the build has it',
    });
    expect(first['call records']).toMatch(/^well: \d+ in the database/);
    // no carrier answers in this lab, and no systemd set the zone
    expect(first['carriers']).toMatch(/^ill: 0 of 1 registered; carrier-registration: /);
    expect(first['clock']).toMatch(/^ill: .*the PBX's is Europe\/Moscow/);

    await shellOf(now).sh("ln -sfn /usr/share/zoneinfo/Europe/Moscow /etc/localtime; echo '; by hand' >> /etc/asterisk/rtp.conf");
    await shellOf(now).sh("asterisk -rx 'database deltree registrar/contact'");
    const then = await look();
    expect(then['clock']).toMatch(/^well: .*zone Europe\/Moscow$/);
    expect(then['drift']).toBe('watch: changed: etc/asterisk/rtp.conf');
    expect(then['telephones']).toBe(
      'ill: 0 of 2 are registered; not: 101, 102; of those, registered on the old PBX at the cutover: 101, 102',
    );
  });

  test('comes back in less than a minute, with what the new PBX recorded meanwhile', async () => {
    await shellOf(now).sh("asterisk -rx 'database put CF 102 101'");
    await leave(now, '0009', '74950000005');
    // one of each call
    const records = (): Promise<string> =>
      shellOf(now).sh("asterisk -rx 'cdr submit' > /dev/null; mariadb asteriskcdrdb -NBe 'SELECT COUNT(*) FROM cdr'");
    await expect.poll(records, { timeout: 30_000 }).toBe('2');
    const startedAt = performance.now();
    const { steps } = await go('back');
    await expect.poll(registeredAtOld, { timeout: 20_000 }).toBe('2');
    await call(old, 'SIP/102');
    await expect.poll(() => rang('102'), { timeout: 20_000 }).toBe(3);
    expect(performance.now() - startedAt).toBeLessThan(60_000);
    expect(await shellOf(old).sh("asterisk -rx 'database get CF 102'")).toBe('Value: 101');
    expect(await shellOf(now).sh('pbx-config status')).toContain('state: quiet');
    const kept = (id: string): Promise<Buffer> => readFile(steps.find((s) => s.id === id)?.result ?? '');
    expect((await kept('kept-call-records')).toString().match(/^INSERT INTO/gm)?.length).toBe(2);
    expect((await kept('kept-voicemail')).toString()).toContain('74950000005');
    const journal = await readFile(join(build, '.cutover', 'journal.jsonl'), 'utf8');
    expect(journal).toContain('"despite":"the lab has not verified it"');
  });
});
