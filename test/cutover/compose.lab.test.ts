import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentContext } from '../../src/context.ts';
import type { Container } from '../../src/engine/container.ts';
import { connectEngine } from '../../src/engine/engine.ts';
import { ensureImage } from '../../src/engine/images.ts';
import { Run } from '../../src/engine/run.ts';
import { asteriskIsUp } from '../../src/engine/wait.ts';
import { readBuild } from '../../src/model/build.ts';
import { houseWith, smallHouse } from '../render/some-pbx.ts';
import { aBuild } from './a-build.ts';
import { type Composition, compositionOf, imageFiles, started } from './a-composition.ts';
import { shellOf } from './a-machine.ts';
import { LISTENER, registering } from './a-telephone.ts';
import { heldBy, LAB_USER } from './as-the-model.ts';

const context = silentContext();
const PASSWORD = smallHouse.secrets?.['device/102/sip'] ?? '';

describe('the PBX in containers, as compose.yaml has it', () => {
  let run: Run | undefined;
  let dir: string;
  let made: Composition;
  let pbx: Container;
  let carrier: Container;
  let again: () => Promise<Container>;

  const sh = (script: string): Promise<string> => shellOf(pbx).sh(script);
  const registers = async (): Promise<number> => (await carrier.logs()).match(/^REGISTER /gm)?.length ?? 0;

  beforeAll(async () => {
    dir = await aBuild(houseWith('device', '102', { mailbox: '102@default' }));
    made = await compositionOf(dir);
    const engine = await connectEngine();
    // it has the packages at hand
    const [base, asterisk] = [await ensureImage(engine, 'machine', context), await ensureImage(engine, 'asterisk', context)];
    run = await Run.start(engine, context, { longestMs: 600_000 });
    const image = await run.image('pbx-config', { base, files: await imageFiles(made) });
    const network = await run.network();
    carrier = await run.container({ role: 'carrier', image: asterisk, network, aliases: ['sip.carrier.example'], entrypoint: LISTENER });
    const volumes = new Map<string, string>();
    for (const name of Object.keys(made.volumes)) volumes.set(name, await run.volume(name));
    const database = await started(run, made, 'database', image, { network, volumes });
    const lab = { path: LAB_USER.path, content: Buffer.from(LAB_USER.text), mode: 0o644 };
    const here = run;
    again = () => started(here, made, 'pbx', image, { networkOf: database, volumes }, [lab]);
    pbx = await again();
  });
  afterAll(() => run?.end());

  test('holds what the model says, starts without a line in the log that nobody can explain, and is quiet', async () => {
    const { unexplained, differs } = await heldBy(pbx, await readBuild(dir));
    expect(unexplained).toEqual([]);
    expect(differs).toEqual(['device/101 may not come from', 'device/102 may not come from']);
    expect(await sh('pbx-config status')).toContain('state: quiet');
    expect(await sh('readlink -f /etc/localtime')).toBe('/usr/share/zoneinfo/Europe/Moscow');
    expect(await registering(carrier, pbx.ip, '102', PASSWORD)).toBe('SIP/2.0 401 Unauthorized');
    expect(await registers()).toBe(0);
  });

  test('writes call records to the database of the other container', async () => {
    await sh("asterisk -rx 'channel originate Local/s@app-blackhole application NoOp'");
    const records = "asterisk -rx 'cdr submit' > /dev/null; mariadb asteriskcdrdb -NBe 'SELECT COUNT(*) FROM cdr'";
    await expect.poll(() => sh(records), { timeout: 30_000 }).not.toBe('0');
  });

  test('is live when it is told, and still is in a container that takes its place, with what its telephones switched', async () => {
    await sh("pbx-config live && asterisk -rx 'database put CF 101 102'");
    await expect.poll(registers, { timeout: 30_000 }).toBeGreaterThan(0);
    expect(await registering(carrier, pbx.ip, '102', PASSWORD)).toBe('SIP/2.0 200 OK');
    // as `go` does
    const startedAt = async (): Promise<string> =>
      /Startup time: *(\S.*)/.exec((await pbx.exec(['asterisk', '-rx', 'core show settings'])).out)?.[1] ?? '';
    const before = await startedAt();
    await sh("asterisk -rx 'core restart now' > /dev/null 2>&1 || true");
    await expect.poll(async () => !['', before].includes(await startedAt()), { timeout: 60_000 }).toBe(true);
    await pbx.waitFor(asteriskIsUp());
    expect(await registering(carrier, pbx.ip, '102', PASSWORD)).toBe('SIP/2.0 200 OK');
    await pbx.remove();
    pbx = await again();
    expect(await sh('pbx-config status')).toContain('state: live');
    expect(await sh("asterisk -rx 'database get CF 101'")).toBe('Value: 102');
    expect(await registering(carrier, pbx.ip, '102', PASSWORD)).toBe('SIP/2.0 200 OK');
  });
});
