import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { readBox } from '../../src/extract/read-box.ts';
import { modelFiles, readModel } from '../../src/model/store.ts';
import { dialled, fromCarrier, walk } from '../../src/model/walk.ts';
import { renderModel } from '../../src/render/render.ts';
import { pathCheck } from '../../src/verify/paths/path-check.ts';
import { plan } from '../../src/verify/plan.ts';
import { incoming, ivr, menuKey } from '../extract/planted-rows.ts';
import { soundBox } from '../extract/sound-box.ts';
import { falseAlarms, holding } from '../verify/false-alarms.ts';

// What a person adds with an editor after the cutover, in the files as they lie on the disc.

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrate-edit-'));
  const tables = {
    ivr_details: [ivr('1')],
    ivr_entries: [menuKey('1', '1', 'from-did-direct,201,1')],
    incoming: [incoming('4420701', 'ivr-1,s,1')],
  };
  for (const { path, content } of modelFiles(readBox(soundBox({ tables })).model)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
});
afterEach(() => rm(folder, { recursive: true }));

async function byHand(): Promise<void> {
  await appendFile(join(folder, 'extension.yaml'), '205:\n  name: New desk\n  devices: [205]\n');
  await appendFile(join(folder, 'device.yaml'), '205:\n  technology: sip\n  extension: 205\n  description: New desk\n');
  await appendFile(join(folder, 'secrets.yaml'), 'device/205/sip: Kq7vTz9LwAm\n');
  const menu = join(folder, 'ivr.yaml');
  const entry = '    - keys: 5\n      destination:\n        to: extension\n        id: 205\n        by: follow-me\n';
  await writeFile(menu, (await readFile(menu, 'utf8')).replace('  entries:\n', `  entries:\n${entry}`));
}

describe('an extension and a key of a menu that were added by hand', () => {
  it('are rendered, do what the model says in every list and in thousands of calls by chance, and are called in the lab', {
    timeout: 60_000,
  }, async () => {
    await byHand();
    const model = await readModel(folder);
    const rendered = await renderModel(model, { live: false }, silentContext());
    expect(rendered.findings.filter((f) => f.about?.id === '205')).toEqual([]);
    expect(await falseAlarms(model, rendered)).toEqual([]);
    expect(await pathCheck(holding(model, rendered.files), model)).toEqual([]);
    const ids = plan(model).scenarios.map((s) => s.id);
    expect(ids).toEqual(expect.arrayContaining(['ext/205/answered', 'ivr/1/key-5']));
  });

  it('ring the new telephone', async () => {
    await byHand();
    const model = await readModel(folder);
    const rung = (from: Parameters<typeof walk>[1], keys: readonly string[]): string => {
      const caller = { number: '202', name: '', extension: '202', device: '202', did: null };
      const state = { extensions: {}, callFlows: {}, timeConditions: {}, trunks: {} };
      return JSON.stringify(walk(model, from, { time: '2026-11-24 11:00', caller, keys, state, phones: () => 'answer' } as never));
    };
    expect(rung(dialled('205'), [])).toContain('"device","id":"205"');
    expect(rung(fromCarrier('4420701'), ['5'])).toContain('"device","id":"205"');
  });
});
