import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type Context, silentContext } from '../../src/context.ts';
import type { Build } from '../../src/model/build.ts';
import { settingsOf } from '../../src/model/kinds.ts';
import { playable } from '../../src/model/sounds.ts';
import { type CallResult, placeCalls } from '../../src/verify/calls/calls.ts';
import { legText } from '../../src/verify/calls/trace.ts';
import { startLab } from '../../src/verify/lab/lab.ts';
import { startClone } from '../../src/verify/old/clone.ts';
import { promptName } from '../../src/verify/old/normal.ts';
import { readOldBox } from '../../src/verify/old/old-box.ts';
import type { Scenario, Trace } from '../../src/verify/scenario.ts';
import { builtBox } from '../boxes/built-box.ts';
import type { GoldenCall } from '../model/golden.ts';
import { type Figure, figureOf } from './figure.ts';
import { scenarioOf } from './golden-scenario.ts';

/** A box with calls of the real old PBX beside it, golden.json.gz: BOX= names another. */
const BOX = process.env['BOX'] || '../shared/samples/clinic';
const MIGRATIONS = fileURLToPath(new URL('../../../../migrations/', import.meta.url));
const WIDTH = 40;

/** How many calls of the real old PBX its clone takes in the same way, and the rendered PBX. No figures where there are no such calls. */
export async function goldenFigures(say: (line: string) => void): Promise<Figure[]> {
  const path = join(BOX, 'golden.json.gz');
  if (!existsSync(path)) {
    say(`golden: there is no ${path}, so nothing is compared`);
    return [];
  }
  const golden = JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')) as GoldenCall[];
  const _c = silentContext();
  const dir = await mkdtemp(join(tmpdir(), 'migrate-bench-golden-'));
  try {
    return await compared(await builtBox(BOX, dir), golden, say);
  } finally {
    await rm(dir, { recursive: true });
  }
}

async function compared(build: Build, golden: readonly GoldenCall[], say: (line: string) => void): Promise<Figure[]> {
  const made = golden.map((g) => ({ g, scenario: scenarioOf(g, build.model) }));
  const scenarios = made.flatMap(({ scenario }) => (typeof scenario === 'string' ? [] : [scenario]));
  const left = made.flatMap(({ scenario }) => (typeof scenario === 'string' ? [scenario] : []));
  say(`${scenarios.length} of ${golden.length} calls are placed; the others: ${counted(left)}`);
  const c = { ...silentContext(), progress: every(say) };
  const box = await readOldBox(BOX, {}, c);
  if (box === null) throw new Error(`${BOX} holds no dialplan of its own`);
  const lab = await startLab(build, { migrations: MIGRATIONS }, c);
  try {
    const clone = await startClone(lab, box);
    const [old, is] = await Promise.all([clone, lab].map((side) => placeCalls([side], scenarios, c, { width: WIDTH, again: false })));
    const said = new Map(golden.map((g) => [g.id, g]));
    const language = settingsOf(build.model).language;
    const share = (side: string, results: readonly CallResult[]): number => tell(side, results, { said, language }, say);
    return [
      figureOf('golden.cloneShare', [share('the clone', old ?? [])], 0.9, 'higher'),
      figureOf('golden.newShare', [share('the new PBX', is ?? [])], 0.9, 'higher'),
    ];
  } finally {
    await lab.end();
  }
}

/** Tells how far it is, now and then. */
function every(say: (line: string) => void): Context['progress'] {
  return ({ step, done, of }) => {
    if (step === 'calls' && done !== undefined && done % 100 === 0) say(`${done} of ${of} calls`);
  };
}

interface Said {
  readonly said: ReadonlyMap<string, GoldenCall>;
  readonly language: string;
}

/** Tells who disagrees and in what. @returns the share of those that do not */
function tell(side: string, results: readonly CallResult[], { said, language }: Said, say: (line: string) => void): number {
  const kinds = new Map<string, { same: number; all: number }>();
  for (const { scenario, trace, trouble } of results) {
    const g = said.get(scenario.id);
    const wrong = g === undefined || trace === null ? [trouble ?? 'it was not placed'] : otherwise(g, scenario, trace, language);
    const kind = kinds.get(scenario.kind) ?? { same: 0, all: 0 };
    kinds.set(scenario.kind, { same: kind.same + (wrong.length === 0 ? 1 : 0), all: kind.all + 1 });
    for (const text of wrong) say(`${side}, ${scenario.id}: ${text}`);
  }
  say(`${side} agrees: ${[...kinds].map(([kind, { same, all }]) => `${kind} ${same} of ${all}`).join(', ')}`);
  return results.filter((r) => r.trouble === null).length === 0 ? 0 : [...kinds.values()].reduce((n, k) => n + k.same, 0) / results.length;
}

/** Who rang and what they were shown, and what the caller heard, as far as both calls go. */
function otherwise(g: GoldenCall, scenario: Scenario, trace: Trace, language: string): string[] {
  const legs = (list: Trace['legs']): string => [...new Set(list.map(legText))].sort().join('; ');
  // whom a queue picks is chance on either side
  const rang = throughQueue(g) || legs(scenario.expect.legs) === legs(trace.legs);
  const words = (heard: readonly (string | null)[]): string[] =>
    heard.filter((h): h is string => h !== null && !/^(?:moh:|silence\/)/.test(promptName(h))).map(promptName);
  const was = withoutPlace(playable(words(g.heard), language));
  const is = withoutPlace(words(trace.heard));
  const isCut = g.end.endedBy !== 'pbx' || trace.end.at === 'caller';
  const least = Math.min(was.length, is.length);
  const heard = was.slice(0, least).join() === is.slice(0, least).join() && (isCut || was.length === is.length);
  return [
    ...(rang ? [] : [`rang: ${legs(scenario.expect.legs) || 'nobody'} | ${legs(trace.legs) || 'nobody'}`]),
    ...(heard ? [] : [`heard: ${was.join(', ') || 'nothing'} | ${is.join(', ') || 'nothing'}`]),
  ];
}

/** How many wait before one depends on who else is called just now. */
function withoutPlace(heard: readonly string[]): string[] {
  return heard.filter((h, i) => !/^queue-(?:youarenext|thereare|callswaiting)$/.test(h) && heard[i - 1] !== 'queue-thereare');
}

function throughQueue(g: GoldenCall): boolean {
  return (g.events ?? []).some(([, name]) => name.startsWith('Queue'));
}

function counted(why: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const one of why) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].map(([text, n]) => `${n} (${text})`).join(', ') || 'none';
}
