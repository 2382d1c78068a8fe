import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { readBuild } from '../../src/model/build.ts';
import { emptyModel, type Model, modelKinds } from '../../src/model/kinds.ts';
import { OutputFolder } from '../../src/model/output-folder.ts';
import { ref } from '../../src/model/ref.ts';
import { MODEL_MARKER, writeModel } from '../../src/model/store.ts';
import { render } from '../../src/render/render.ts';
import { type CallResult, placeCalls } from '../../src/verify/calls/calls.ts';
import { type Lab, startLab } from '../../src/verify/lab/lab.ts';
import type { Scenario } from '../../src/verify/scenario.ts';
import { logLines } from '../../src/verify/static/log.ts';
import { checkStatic } from '../../src/verify/static/static.ts';
import { EMPTY_TRACE } from '../verify/empty-trace.ts';

const MIGRATIONS = new URL('../../migrations/', import.meta.url).pathname;

/** 80 bytes end in the middle of a letter: `"` and 39 letters of two bytes, and one of the next. */
const LONG_NAME = 'Й'.repeat(60);
const NAMES = [
  'Smith & Sons; Lab #2',
  'Dr. "Bones" McCoy',
  "O'Brien, Sean",
  'Пост медсестры №1',
  'back\\slash \\" end',
  '$' + '{EXTEN} $' + '[1+1]',
  'a;--b --;c',
  '<angled> & (round) [square]',
  'тире — «ёлочки»',
];

function house(): Model {
  const extensions = NAMES.map((name, i) => [String(201 + i), name] as const);
  return {
    ...emptyModel(),
    extension: Object.fromEntries(
      extensions.map(([id, name]) => [id, modelKinds.extension.decode({ name, devices: [id], state: { callWaiting: 'yes' } })]),
    ),
    device: Object.fromEntries(
      extensions.map(([id, name]) => [id, modelKinds.device.decode({ technology: 'sip', extension: id, description: name })]),
    ),
    trunk: { '1': modelKinds.trunk.decode({ technology: 'sip', name: 'Carrier', peer: 'carrier', host: '192.0.2.10' }) },
    'inbound-route': { 'any/any': modelKinds['inbound-route'].decode({ destination: { to: 'extension', id: '201', by: 'direct' } }) },
    secrets: Object.fromEntries(extensions.map(([id], i) => [`device/${id}/sip`, `p;w#${i}=a\\b "q", %&|'`])),
  };
}

function call(id: string, caller: Scenario['caller'], dial: string, rings: string): Scenario {
  return {
    id,
    kind: 'names',
    about: [],
    at: null,
    caller,
    dial,
    before: { astdb: {} },
    claims: [],
    longestMs: 10_000,
    acts: [
      { who: ref('device', rings), when: 'rings', afterMs: 500, do: 'answer' },
      { who: 'caller', when: 'answered', afterMs: 800, do: 'hangup' },
    ],
    expect: { ...EMPTY_TRACE, end: { at: 'caller', cause: 16 } },
  };
}

describe('names and secrets as people write them', () => {
  let dir: string;
  let lab: Lab;
  let placed: Map<string, CallResult>;
  const model = house();

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'names-'));
    await OutputFolder.fill({ path: join(dir, 'model'), marker: MODEL_MARKER }, (folder) => writeModel(folder, model));
    await render(join(dir, 'model'), join(dir, 'build'), { live: false }, silentContext());
    lab = await startLab(await readBuild(join(dir, 'build')), { migrations: MIGRATIONS }, silentContext());
    const results = await placeCalls(
      [lab],
      [
        ...NAMES.map((_, i) =>
          call(
            `from ${201 + i}`,
            { as: 'extension', ref: ref('device', String(201 + i)), number: '', name: '' },
            i === 0 ? '202' : '201',
            i === 0 ? '202' : '201',
          ),
        ),
        call('long name', { as: 'carrier', ref: ref('trunk', '1'), number: '79035551122', name: LONG_NAME }, '74951234567', '201'),
      ],
      silentContext(),
    );
    placed = new Map(results.map((r) => [r.scenario.id, r]));
  });
  afterAll(async () => {
    await lab?.end();
    await rm(dir, { recursive: true, force: true });
  });

  it('are in Asterisk what they are in the model, asked back over AMI', async () => {
    const { mismatches } = await checkStatic(lab.pbx, await readBuild(join(dir, 'build')));
    expect(mismatches).toEqual([]);
  });

  it.each(NAMES.map((name, i) => [name, String(201 + i)]))(
    '%s stands on the display of whom it calls, and its telephone registered with its password',
    (name, id) => {
      expect(placed.get(`from ${id}`)?.trace?.legs).toMatchObject([{ shown: { number: id, name }, answered: true }]);
    },
  );

  it('a caller whose name is cut in the middle of a letter leaves a call record', async () => {
    expect(placed.get('long name')?.trace?.cdr).toMatchObject([{ src: '79035551122', disposition: 'ANSWERED' }]);
    const rows = await lab.database.rows();
    expect(rows.find((r) => r.row.src === '79035551122')?.clid).toContain('Й'.repeat(30));
  });

  it('leave nothing in the log but that one name was cut', async () => {
    const lines = (await logLines([lab.pbx.container], model)).filter((l) => l.because === null);
    expect(lines.filter((l) => !l.text.startsWith("CallerID Name 'ЙЙЙ"))).toEqual([]);
  });
});
