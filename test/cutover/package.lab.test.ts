import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentContext } from '../../src/context.ts';
import type { Container } from '../../src/engine/container.ts';
import { connectEngine } from '../../src/engine/engine.ts';
import { ensureImage } from '../../src/engine/images.ts';
import { Run } from '../../src/engine/run.ts';
import { type Build, readBuild } from '../../src/model/build.ts';
import { houseWith, smallHouse } from '../render/some-pbx.ts';
import { aBuild } from './a-build.ts';
import { bring, installed, installing, shellOf } from './a-machine.ts';
import { LISTENER, registering } from './a-telephone.ts';
import { heldBy, LAB_USER } from './as-the-model.ts';

const context = silentContext();
const house = houseWith('device', '102', { mailbox: '102@default' });

describe('the package on a new machine', () => {
  let run: Run | undefined;
  let machine: Container;
  let carrier: Container;
  let attacker: Container;
  let build: Build;
  let dir: string;

  const sh = (script: string): Promise<string> => shellOf(machine).sh(script);
  const file = (path: string): Promise<string> => sh(`cat ${path}`);

  const registersAs = (name: string, from = carrier, password = smallHouse.secrets?.[`device/${name}/sip`] ?? ''): Promise<string> =>
    registering(from, machine.ip, name, password);
  const registers = async (): Promise<number> => (await carrier.logs()).match(/^REGISTER /gm)?.length ?? 0;

  beforeAll(async () => {
    dir = await aBuild(house);
    build = await readBuild(dir);
    const engine = await connectEngine();
    const [clean, asterisk] = [await ensureImage(engine, 'machine', context), await ensureImage(engine, 'asterisk', context)];
    run = await Run.start(engine, context, { longestMs: 600_000 });
    const network = await run.network();
    carrier = await run.container({ role: 'carrier', image: asterisk, network, aliases: ['sip.carrier.example'], entrypoint: LISTENER });
    machine = await run.container({ role: 'machine', image: clean, network, netAdmin: true });
    attacker = await run.container({ role: 'attacker', image: asterisk, network, entrypoint: ['sleep', 'infinity'] });
    await installed(machine, dir, [LAB_USER]);
  });
  afterAll(() => run?.end());

  test('holds, byte for byte, the files that verify tries', async () => {
    const differs: string[] = [];
    for (const { path, content } of build.entries.filter((e) => e.path.startsWith('etc/asterisk/'))) {
      const held = await file(`/${path}`);
      const led = /^#include "(secrets\.d\/.*)"$/m.exec(held)?.[1];
      const text = led === undefined ? held : await file(`/etc/asterisk/${led}`);
      if (
        text !==
        Buffer.from(content ?? '')
          .toString('utf8')
          .trim()
      )
        differs.push(path);
    }
    expect(differs).toEqual([]);
    expect(
      await sh('find /etc/asterisk/secrets.d -type f ! -perm 0640 -o -type f ! -user root | wc -l; stat -c %a:%G /etc/asterisk/secrets.d'),
    ).toBe('0\n750:asterisk');
  });

  test('starts without a line in the log that nobody can explain, and holds what the model says', async () => {
    const { unexplained, differs } = await heldBy(machine, build);
    expect(unexplained).toEqual([]);
    // that it is quiet is all that differs
    expect(differs).toEqual(['device/101 may not come from', 'device/102 may not come from']);
  });

  test('writes call records to its own database by the account of the secrets', async () => {
    await sh("asterisk -rx 'channel originate Local/s@app-blackhole application NoOp' && asterisk -rx 'cdr submit'");
    expect(await sh("asterisk -rx 'odbc show all'")).toContain('active connections: 1');
    expect(await sh("mariadb asteriskcdrdb -NBe 'SELECT COUNT(*) FROM cdr'")).not.toBe('');
  });

  test('registers with no carrier and serves no telephone but named pilots until it is live, and is as quiet again when told', async () => {
    expect(await registersAs('101')).toBe('SIP/2.0 401 Unauthorized');
    await sh('pbx-config pilot 101');
    expect(await registersAs('101')).toBe('SIP/2.0 200 OK');
    expect(await registersAs('102')).toBe('SIP/2.0 401 Unauthorized');
    await expect(sh('pbx-config pilot 999')).rejects.toThrow("no telephone is called '999'");
    expect(await registers()).toBe(0);
    expect(await sh('echo mail | sh /etc/migrate/mail.sh && echo dropped')).toBe('dropped');

    await sh('pbx-config live');
    await expect.poll(registers, { timeout: 30_000 }).toBeGreaterThan(0);
    expect(await registersAs('102')).toBe('SIP/2.0 200 OK');

    await sh('pbx-config quiet');
    expect(await sh("asterisk -rx 'pjsip show registrations'")).toContain('No objects found');
    expect(await registersAs('102')).toBe('SIP/2.0 401 Unauthorized');
    expect(await sh('pbx-config status')).toContain('state: quiet\npilots: 101');
  });

  test('shuts out who tries passwords, once it is live, and nobody before', async () => {
    await sh('DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends fail2ban nftables 2>&1');
    // the lab's networks may be those of an office, which are spared
    await sh("printf '[pbx-config]\\nignoreip = 127.0.0.1\\n' > /etc/fail2ban/jail.d/zz-lab.local");
    await sh('printf "[sshd]\\nenabled = false\\n" >> /etc/fail2ban/jail.d/zz-lab.local; fail2ban-client start');
    const banned = (): Promise<string> => sh('fail2ban-client status pbx-config | sed -n "s/.*Banned IP list:[[:space:]]*//p"');
    const tries = async (): Promise<void> => {
      for (let n = 0; n < 12; n++) await registersAs('102', attacker, `guess-${n}`);
    };
    await tries();
    // what it has not read by the time that the PBX is live would count
    const unread =
      "echo $(($(grep -c \"failed for '$1:\" /var/log/asterisk/messages) - $(grep -c 'Ignore .* by command' /var/log/fail2ban.log)))";
    await expect.poll(() => sh(`set -- ${attacker.ip}; ${unread}`), { timeout: 60_000 }).toMatch(/^(0|-.*)$/);
    expect(await banned()).toBe('');
    await sh('pbx-config live');
    expect(await registersAs('102', attacker)).toBe('SIP/2.0 200 OK');
    await tries();
    await expect.poll(banned, { timeout: 30_000 }).toBe(attacker.ip);
    expect(await registersAs('102', attacker)).toBe('');
    expect(await registersAs('102')).toBe('SIP/2.0 200 OK');
    await sh('fail2ban-client stop; pbx-config quiet');
  });

  test('keeps what was edited by hand through an upgrade, and brings what is new', async () => {
    await sh("echo '; by hand' >> /etc/asterisk/queues.conf; echo '; by hand' >> /etc/asterisk/secrets.d/voicemail.conf");
    const later = await bring(
      machine,
      await aBuild({ ...house, extension: { ...house.extension, '101': { name: 'Front desk', devices: ['101'] } } }),
    );
    await sh(installing(later.deb));
    await sh(`pbx-config secrets ${later.secrets} 2>&1`);
    expect(await file('/etc/asterisk/queues.conf')).toContain('; by hand');
    expect(await file('/etc/asterisk/secrets.d/voicemail.conf')).toContain('; by hand');
    expect(await sh("asterisk -rx 'pjsip show endpoint 101'")).toContain('Front desk');
    expect(await sh('pbx-config status')).toContain('state: quiet\npilots: 101');
  });

  test('leaves nothing of itself when it is purged', async () => {
    await sh('asterisk -rx "core stop now"; rm /etc/asterisk/manager.d/lab.conf');
    await sh('DEBIAN_FRONTEND=noninteractive apt-get purge -y pbx-config asterisk 2>&1');
    const left =
      '/etc/asterisk/secrets.d /etc/asterisk/live.d /var/lib/pbx-config /usr/share/pbx-config /usr/sbin/pbx-config /etc/migrate /etc/asterisk/pjsip_wizard.conf';
    expect(await sh(`ls -d ${left} 2> /dev/null || true`)).toBe('');
    expect(await sh("grep -c '^\\[cdr\\]' /etc/odbc.ini || true")).toBe('0');
  });
});
