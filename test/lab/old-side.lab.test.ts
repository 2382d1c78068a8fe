import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ResultDocument, resultDocument } from '../../src/cli/result.ts';
import { silentContext } from '../../src/context.ts';
import type { Destination } from '../../src/model/destination.ts';
import type { Model } from '../../src/model/kinds.ts';
import { OutputFolder } from '../../src/model/output-folder.ts';
import { MODEL_MARKER, readModel, writeModel } from '../../src/model/store.ts';
import { render } from '../../src/render/render.ts';
import { migrate } from './command.ts';

const OFFICE = fileURLToPath(new URL('../boxes/office', import.meta.url));

/** Of report.json, what is looked at here. */
interface Told {
  readonly sentence: string;
  readonly against: {
    readonly comparison: {
      readonly judged: readonly {
        readonly scenario: {
          readonly id: string;
          readonly at: string | null;
          readonly expect: { readonly byClock?: boolean };
          readonly about: readonly { readonly kind: string; readonly id: string }[];
        };
        readonly verdict: 'same' | 'expected' | 'differs';
        readonly differences: readonly { readonly what: string; readonly expected: string; readonly seen: string }[];
      }[];
    } | null;
  } | null;
}

async function run(args: readonly string[]): Promise<{ status: number | null; result: ResultDocument }> {
  const command = migrate([...args, '--json']);
  const status = await command.ended;
  return { status, result: resultDocument.parse(JSON.parse(command.out())) };
}

const told = async (dir: string): Promise<Told> => JSON.parse(await readFile(join(dir, 'report', 'report.json'), 'utf8'));
const differing = ({ against }: Told) => (against?.comparison?.judged ?? []).filter((j) => j.verdict === 'differs');

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'old-side-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('an office whose old PBX can be called', () => {
  it('answers every call as it did before', async () => {
    const { status, result } = await run(['rehearse', OFFICE, '-o', dir]);
    const report = await told(dir);
    expect(differing(report).map((j) => ({ id: j.scenario.id, differences: j.differences }))).toEqual([]);
    expect(result.against).toMatchObject({ differs: 0, trouble: null });
    expect(result.against?.same).toBeGreaterThan(50);
    expect(report.sentence).toMatch(/go as in the old PBX/);
    // within and outside the hours of a route, for which the old PBX was started with its clock there
    const byClock = (report.against?.comparison?.judged ?? []).filter((j) => j.scenario.expect.byClock === true);
    expect(new Set(byClock.map((j) => j.scenario.at)).size).toBeGreaterThan(1);
    expect(status).toBe(0);
  }, 300_000);

  it('shows each of eight faults in a model as a call that differs, by the object that is wrong', async () => {
    const faulty = await mkdtemp(join(tmpdir(), 'faulty-'));
    try {
      const model = withFaults(await readModel(join(dir, 'model')));
      await OutputFolder.fill({ path: join(faulty, 'model'), marker: MODEL_MARKER }, (folder) => writeModel(folder, model));
      await cp(join(dir, 'model', 'sounds'), join(faulty, 'model', 'sounds'), { recursive: true });
      await render(join(faulty, 'model'), join(faulty, 'build'), { live: false }, silentContext());
      const { status, result } = await run(['verify', join(faulty, 'build'), '--against', OFFICE]);
      const named = new Set(differing(await told(faulty)).flatMap((j) => j.scenario.about.map((ref) => `${ref.kind}/${ref.id}`)));
      expect([...FAULTY].filter((object) => !named.has(object))).toEqual([]);
      expect(result.calls?.failed).toBe(0);
      expect(status).toBe(1);
    } finally {
      await rm(faulty, { recursive: true, force: true });
    }
  }, 300_000);
});

describe('an old PBX that does not start', () => {
  it('is told, and the new one is verified all the same', async () => {
    const broken = join(dir, 'broken');
    await cp(OFFICE, broken, { recursive: true });
    await writeFile(join(broken, 'etc/asterisk/modules.conf'), '[modules\nautoload = yes\n');
    const { status, result } = await run(['verify', join(dir, 'build'), '--against', broken]);
    expect(result.against?.trouble).toMatch(/\w/);
    expect(result.calls?.failed).toBe(0);
    expect(status).toBe(1);
  }, 300_000);
});

/** Objects that withFaults changes. */
const FAULTY: ReadonlySet<string> = new Set([
  'ivr/1',
  'ring-group/60',
  'inbound-route/442012340003/any',
  'time-condition/1',
  'outbound-route/2',
  'ring-group/61',
  'inbound-route/442012340004/any',
  'queue/70',
]);

/** Two keys swapped, a member dropped, another destination, the branches of the hours, a prefix, a prefix of names, a greeting, a strategy. */
function withFaults(m: Model): Model {
  const [ivr, sales, back, queue] = [m.ivr['1'], m['ring-group']['60'], m['ring-group']['61'], m.queue['70']];
  const [hours, out] = [m['time-condition']['1'], m['outbound-route']['2']];
  if (!ivr || !sales || !back || !queue || !hours || !out) throw new Error('the office lacks an object');
  const to = (id: string, destination: Destination): Record<string, Model['inbound-route'][string]> => {
    const route = m['inbound-route'][id];
    if (route === undefined) throw new Error(`the office lacks ${id}`);
    return { [id]: { ...route, destination } };
  };
  return {
    ...m,
    ivr: { '1': { ...ivr, entries: ivr.entries.map((e) => ({ ...e, keys: { '1': '3', '3': '1' }[e.keys] ?? e.keys })) } },
    'ring-group': {
      '60': { ...sales, members: sales.members.filter((member) => member.number !== '24') },
      '61': { ...back, callerNamePrefix: 'Back:' },
    },
    queue: { '70': { ...queue, strategy: 'linear' } },
    'time-condition': { '1': { ...hours, whenMatched: hours.otherwise, otherwise: hours.whenMatched } },
    'outbound-route': { ...m['outbound-route'], '2': { ...out, patterns: out.patterns.map((pattern) => ({ ...pattern, prefix: '8' })) } },
    'inbound-route': {
      ...m['inbound-route'],
      ...to('442012340003/any', { to: 'extension', id: '26', by: 'follow-me' }),
      ...to('442012340004/any', { to: 'mailbox', id: '25@default', greeting: 'busy' }),
    },
  };
}
