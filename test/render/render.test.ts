import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import initSqlJs from 'sql.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { manifest } from '../../src/model/build.ts';
import { OutputFolder, sha256 } from '../../src/model/output-folder.ts';
import { MODEL_MARKER, writeModel } from '../../src/model/store.ts';
import { usedModules } from '../../src/render/modules.ts';
import { render } from '../../src/render/render.ts';
import { flowSecrets, houseWithFlows } from './house-with-flows.ts';
import { houseWith, pbx, smallHouse, treeOf } from './some-pbx.ts';
import { danglingTargets } from './targets.ts';

const some = houseWith('extension', '101', { state: { callWaiting: 'yes', doNotDisturb: 'no', forwardAlways: '102' } });
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'render-'));
  await OutputFolder.fill({ path: join(home, 'model'), marker: MODEL_MARKER }, (folder) => writeModel(folder, pbx(some)));
  await render(join(home, 'model'), join(home, 'build'), { live: false }, silentContext());
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('a build', () => {
  test('is for its owner alone, and lists every file with its hash', async () => {
    expect((await stat(join(home, 'build'))).mode & 0o777).toBe(0o700);
    const listed = manifest.parse(JSON.parse(await readFile(join(home, 'build/manifest.json'), 'utf8')));
    for (const file of listed.files) {
      const content = await readFile(join(home, 'build', file.path));
      expect(sha256(content)).toBe(file.sha256);
      expect((await stat(join(home, 'build', file.path))).mode & 0o777).toBe(Number.parseInt(file.mode, 8));
    }
    expect(listed.files.find((f) => f.path.endsWith('ring-group.conf'))?.from).toEqual([{ kind: 'ring-group', id: '600' }]);
    expect(listed.sounds).toContain('all-circuits-busy-now');
  });

  test('holds a copy of its model, secrets for the owner alone', async () => {
    expect(await readFile(join(home, 'build/.model/extension.yaml'), 'utf8')).toBe(
      await readFile(join(home, 'model/extension.yaml'), 'utf8'),
    );
    expect((await stat(join(home, 'build/.model/secrets.yaml'))).mode & 0o777).toBe(0o600);
  });

  test('is the same to the byte when it is made again', async () => {
    await render(join(home, 'model'), join(home, 'again'), { live: false }, silentContext());
    expect(await readFile(join(home, 'again/.rendered.json'), 'utf8')).toBe(await readFile(join(home, 'build/.rendered.json'), 'utf8'));
  });

  test('is not written into a folder that is somebody else’s', async () => {
    await expect(render(join(home, 'model'), join(home, 'model'), { live: false }, silentContext())).rejects.toMatchObject({
      code: 'E_FOLDER_NOT_OURS',
    });
  });

  test('carries forwards and call waiting over, under the keys that scripts know', async () => {
    const { Database } = await initSqlJs();
    const database = new Database(await readFile(join(home, 'build/var/lib/asterisk/astdb.sqlite3')));
    expect(database.exec('SELECT key, value FROM astdb ORDER BY key')[0]?.values).toEqual([
      ['/CF/101', '102'],
      ['/CW/101', 'ENABLED'],
    ]);
    database.close();
  });
});

test('secrets stand only in files that are marked secret', async () => {
  const { files } = await treeOf(smallHouse);
  const secrets = Object.values(smallHouse.secrets ?? {});
  for (const file of files.filter((f) => !f.secret)) {
    for (const secret of secrets) expect(String(file.content).includes(secret), `${file.path} holds a secret`).toBe(false);
  }
  for (const file of files.filter((f) => f.secret)) expect(file.mode).toBe(0o640);
});

test('every Goto, Gosub, include and Local of the dialplan leads somewhere', async () => {
  for (const house of [
    smallHouse,
    houseWith('ring-group', '600', {
      strategy: 'hunt',
      confirms: 'yes',
      members: [{ number: '101' }, { number: '9123', outside: 'yes' }],
      recording: 'always',
      alertInfo: 'x',
    }),
    { ...smallHouse, ...houseWithFlows, secrets: { ...smallHouse.secrets, ...flowSecrets } },
  ]) {
    expect(danglingTargets((await treeOf(house)).files)).toEqual([]);
  }
});

test('an application that no module is known for stops the rendering instead of hanging up on a caller', () => {
  expect(usedModules('x', 'exten = 1,1,ExecIf($["a" = "b"]?Busy(20):Dial(PJSIP/1))\n same = n(x),Set(CALLERID(name)=${LEN(a)})')).toEqual([
    'app_exec',
    '',
    'app_dial',
    '',
    'func_strings',
    'func_callerid',
  ]);
  expect(() => usedModules('x.conf', 'exten = 1,1,Macro(user-callerid)')).toThrow(/x\.conf:1/);
});
