import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { connectEngine } from '../../src/engine/engine.ts';
import { ensureImage } from '../../src/engine/images.ts';
import { asteriskIsUp } from '../../src/engine/wait.ts';
import { type Build, readBuild } from '../../src/model/build.ts';
import { type CallResult, placeCalls, whatWasWrong } from '../../src/verify/calls/calls.ts';
import type { StartsPbx } from '../../src/verify/lab/containers.ts';
import { type Lab, startLab } from '../../src/verify/lab/lab.ts';
import { plan } from '../../src/verify/plan.ts';
import { logLines } from '../../src/verify/static/log.ts';
import { checkStatic } from '../../src/verify/static/static.ts';
import { builtBox } from '../boxes/built-box.ts';
import { aBuild, aFolder } from './a-build.ts';
import { house, TELEPHONES } from './a-house.ts';
import { bring, installing, shellOf } from './a-machine.ts';

const MIGRATIONS = new URL('../../migrations/', import.meta.url).pathname;
const context = silentContext();
/** In CI of each kind so many objects are called, and by calls that are soon over. */
const FEW = 2;
const SHORT_MS = 15_000;

/** `make installed`: another box, all of its telephones and carriers, and all of its calls. */
const BOX = process.env['BOX'];

/** The house, with a queue. */
const withQueue = { ...house('192.0.2.10'), queue: { '400': { name: 'Desk', strategy: 'ringall', members: [{ number: '111' }] } } };

async function theBuild(): Promise<string> {
  if (BOX === undefined) return aBuild(withQueue);
  const dir = await aFolder();
  return (await builtBox(BOX, dir)).dir;
}

/** A new machine on which the package of the tree is installed: what the lab changes in the tree is in the package. @param serves what `pbx-config` is told */
const installs =
  (build: string, serves: string): StartsPbx =>
  async (run, spec, tree) => {
    const machine = await run.container({ ...spec, image: await ensureImage(await connectEngine(), 'machine', context) });
    const { sh } = shellOf(machine);
    const changed = join(await mkdtemp(join(dirname(build), 'changed-')), 'build');
    await cp(build, changed, { recursive: true });
    for (const { path, content } of tree) await writeFile(join(changed, path), content ?? '');
    const { deb, secrets } = await bring(machine, changed);
    await sh(installing(deb));
    // what the image of the lab does at its start: its names alone are known
    await sh(`echo 'nameserver ${spec.environment?.['NAMESERVER']}' > /etc/resolv.conf`);
    await sh("sed -n 's/^ExecStartPre=+//p' /etc/systemd/system/asterisk.service.d/migrate.conf | sh");
    await sh(`pbx-config secrets ${secrets} 2>&1; pbx-config ${serves}`);
    await sh('asterisk -U asterisk -G asterisk');
    await machine.waitFor(asteriskIsUp());
    return machine;
  };

describe('verify on the machine on which the package is installed', () => {
  let lab: Lab;
  let build: Build;
  let results: CallResult[];

  beforeAll(async () => {
    const dir = await theBuild();
    build = await readBuild(dir);
    const serves = BOX === undefined ? `pilot ${TELEPHONES.join(' ')}` : 'live';
    lab = await startLab(build, { migrations: MIGRATIONS, startsPbx: installs(dir, serves) }, context);
    const { scenarios } = plan(build.model, BOX === undefined ? { limit: FEW } : {});
    results = await placeCalls(
      [lab],
      scenarios.filter((s) => BOX !== undefined || s.longestMs <= SHORT_MS),
      context,
    );
  });
  afterAll(() => lab?.end());

  test('finds in Asterisk what the model says', async () => {
    const { mismatches } = await checkStatic(lab.pbx, build);
    expect(mismatches).toEqual([]);
  });

  test('sees every call go as the model says', async ({ annotate }) => {
    const failed = results.filter((r) => !r.passed).map((r) => `${r.scenario.id}: ${whatWasWrong(r)}`);
    await annotate(`${results.length - failed.length} of ${results.length} calls`);
    expect(failed).toEqual([]);
    expect(results.length).toBeGreaterThan(12);
  });

  test('can explain every line of the log', async () => {
    const lines = await logLines([lab.pbx.container], build.model);
    expect(lines.filter((line) => line.because === null).map((line) => line.text)).toEqual([]);
  });
});
