import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { refText } from '../../src/model/ref.ts';
import { type CallResult, placeCalls, whatWasWrong } from '../../src/verify/calls/calls.ts';
import { startLab } from '../../src/verify/lab/lab.ts';
import { plan } from '../../src/verify/plan.ts';
import { builtBox } from '../boxes/built-box.ts';

const BOX = fileURLToPath(new URL('../boxes/office', import.meta.url));
const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));
const context = silentContext();

const NEW = '38';
const KEY = '7';
const RINGING = [`ext/${NEW}/answered`, `ivr/1/key-${KEY}`];
/** Written below the last object, as one does with an editor. */
const EXTENSION = `"${NEW}":
  name: Новый сотрудник
  devices: ["${NEW}"]
  state:
    callWaiting: yes
`;
const DEVICE = `"${NEW}":
  technology: sip
  extension: "${NEW}"
  description: Новый сотрудник
`;
const ENTRY = `  entries:
    - keys: "${KEY}"
      destination: { to: extension, id: "${NEW}" }
`;

async function edit(model: string): Promise<void> {
  await appendFile(join(model, 'extension.yaml'), EXTENSION);
  await appendFile(join(model, 'device.yaml'), DEVICE);
  await appendFile(join(model, 'secrets.yaml'), `device/${NEW}/sip: ${'x4Kq'.repeat(4)}\n`);
  const menu = join(model, 'ivr.yaml');
  await writeFile(menu, (await readFile(menu, 'utf8')).replace('  entries:\n', ENTRY));
}

describe('a model that was edited by hand', () => {
  let dir: string;
  let placed: CallResult[];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hand-edit-'));
    const build = await builtBox(BOX, dir, { edit });
    const calls = plan(build.model).scenarios.filter(({ id }) => id.startsWith(`ext/${NEW}/`) || RINGING.includes(id));
    const lab = await startLab(build, { migrations: MIGRATIONS }, context);
    try {
      placed = await placeCalls([lab], calls, context);
    } finally {
      await lab.end();
    }
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  test('has its new extension called and its new key pressed, and each call goes as the model says', () => {
    expect(placed.filter((call) => !call.passed).map((call) => `${call.scenario.id}: ${whatWasWrong(call)}`)).toEqual([]);
    expect(placed.map(({ scenario }) => scenario.id)).toEqual(expect.arrayContaining(RINGING));
  });

  test('rings the new telephone by its number and by the key', () => {
    const rang = placed.filter(({ trace }) => trace?.legs.some(({ to }) => typeof to !== 'string' && refText(to) === `device/${NEW}`));
    expect(rang.map(({ scenario }) => scenario.id)).toEqual(expect.arrayContaining(RINGING));
  });
});
