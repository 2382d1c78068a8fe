import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentContext } from '../../../src/context.ts';
import { habitDialplan, habits } from '../../../src/verify/load/habits.ts';
import { type LoadLab, type LoadSide, startLoadLab } from '../../../src/verify/load/load-lab.ts';
import { whomToCall } from '../../../src/verify/load/whom.ts';
import { builtBox } from '../../boxes/built-box.ts';

const OFFICE = fileURLToPath(new URL('../../boxes/office', import.meta.url));
const MIGRATIONS = fileURLToPath(new URL('../../../migrations/', import.meta.url));
const ACCOUNT = { user: 'nobody', password: 'none', host: '192.0.2.1' };
/** The names of the mask are 200,000: too many for a test of the switch alone. */
const switched = habits(ACCOUNT).filter(({ name }) => !name.startsWith('test -e'));

describe('a habit of old boxes, in the new PBX', () => {
  let dir: string;
  let lab: LoadLab;
  let side: LoadSide;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'habits-'));
    const build = await builtBox(OFFICE, dir);
    const whom = whomToCall(build.model);
    if ('why' in whom) throw new Error(whom.why);
    lab = await startLoadLab(build, { migrations: MIGRATIONS, dialplan: '', longestMs: 120_000 }, silentContext());
    side = await lab.start('new', [habitDialplan(whom)]);
  }, 120_000);
  afterAll(async () => {
    await lab?.end();
    await rm(dir, { recursive: true, force: true });
  });

  it.each(switched)('can be switched on and off: $name', async ({ on, off }) => {
    await on(side);
    await off(side);
  });

  it('writes call records to CSV and SQLite only while that is on', async () => {
    const running = async () =>
      (await side.ami.command('module show like cdr_')).match(/cdr_(?:csv|sqlite3_custom)\.so.* Running/g)?.length ?? 0;
    const records = switched.find(({ name }) => name.startsWith('call records'));
    await records?.on(side);
    expect(await running()).toBe(2);
    await records?.off(side);
    expect(await running()).toBe(0);
  });
});
