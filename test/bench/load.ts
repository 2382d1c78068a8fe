import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Context, silentContext } from '../../src/context.ts';
import type { Build } from '../../src/model/build.ts';
import { bareDialplan, barely } from '../../src/verify/load/bare.ts';
import { type Climbed, climb } from '../../src/verify/load/climb.ts';
import { idleCpuOf } from '../../src/verify/load/costs.ts';
import { farSideDialplan, SLOTS } from '../../src/verify/load/far-side.ts';
import { drawAgentTurns, drawFates, USUAL_SHARES } from '../../src/verify/load/fate.ts';
import { type LoadLab, type LoadSide, startLoadLab } from '../../src/verify/load/load-lab.ts';
import { makeNames, NAME_MASK_DIALPLAN, NAME_MASK_VARIABLES } from '../../src/verify/load/name-mask.ts';
import { startOldSide } from '../../src/verify/load/old-side.ts';
import type { RampBounds } from '../../src/verify/load/ramp.ts';
import { seatsFor, takeSeveralCalls } from '../../src/verify/load/seats.ts';
import { type Attacked, type Manner, takeStep } from '../../src/verify/load/step.ts';
import { USUAL_THRESHOLDS } from '../../src/verify/load/thresholds.ts';
import { type Whom, whomToCall } from '../../src/verify/load/whom.ts';
import { readOldBox } from '../../src/verify/old/old-box.ts';
import { builtBox } from '../boxes/built-box.ts';
import { type Figure, figureOf } from './figure.ts';

/** A box whose whole etc/asterisk is there: BOX= names another. */
const BOX = process.env['BOX'] || 'test/boxes/office';
const ROUNDS = Number(process.env['ROUNDS'] || 3);
const SEED = Number(process.env['SEED'] || 1);
/** STEPS= of a ramp at most: 1 tries the whole way in minutes, and its figures mean nothing. */
const STEPS = Number(process.env['STEPS'] || 9);
const LONGEST_MS = 50 * 60_000;
const MIGRATIONS = fileURLToPath(new URL('../../../../migrations/', import.meta.url));
const PER_AGENT = 4;
const STEP_SECONDS = 6;
const COST_SECONDS = 16;
/** Originates a second at which a call's CPU is compared: each side bears it, and chance counts for little. */
const COST_RATE = 6;
/** A slow old box must be met, too, and a fast new one. */
const FIRST: RampBounds = { factor: 2, first: 2, most: 200, closeEnough: 1.25, steps: STEPS };
const FIRST_OF_NEW: RampBounds = { ...FIRST, first: 8 };

interface Bench {
  readonly lab: LoadLab;
  readonly build: Build;
  readonly whom: Whom;
  readonly manner: Manner;
  readonly fresh: Attacked;
  readonly old: Attacked;
  readonly c: Context;
  readonly say: (line: string) => void;
}

/** How much the rendered PBX bears of a dialler's storms, and what a call costs it, against the old one as found and against the least dialplan there is. */
export async function loadFigures(say: (line: string) => void): Promise<Figure[]> {
  const end = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end.abort());
  const c: Context = { ...silentContext(end.signal), log: (_, message, data) => said(say, message, data) };
  const dir = await mkdtemp(join(tmpdir(), 'migrate-bench-load-'));
  try {
    return await measured(await builtBox(BOX, dir, { context: c }), c, say);
  } finally {
    await rm(dir, { recursive: true });
  }
}

async function measured(build: Build, c: Context, say: Bench['say']): Promise<Figure[]> {
  const whom = whomToCall(build.model);
  const byRoute = whomToCall(build.model, { ownContexts: false });
  if ('why' in whom) throw new Error(`${BOX}: ${whom.why}`);
  const box = await readOldBox(BOX, {}, c);
  if (box === null) throw new Error(`${BOX} holds no dialplan of its own to compare with`);
  const fates = drawFates(SEED, USUAL_SHARES, SLOTS);
  const dialplan = farSideDialplan({ fates, turns: drawAgentTurns(SEED, 100), media: false });
  const lab = await startLoadLab(build, { migrations: MIGRATIONS, dialplan, longestMs: LONGEST_MS }, c);
  try {
    const seats = seatsFor(FIRST.most, PER_AGENT, whom.agents.length);
    const fresh = await lab.start('new', 'why' in byRoute ? [] : [bareDialplan(build.model, byRoute)]);
    const old = await startOldSide(lab, box, { dialplan, more: NAME_MASK_DIALPLAN });
    for (const side of [fresh, old]) await takeSeveralCalls(side, whom, seats);
    const manner: Manner = { mode: 'race', perAgent: PER_AGENT, seats, seconds: STEP_SECONDS, fates, thresholds: USUAL_THRESHOLDS };
    const b: Bench = { lab, build, whom, manner, fresh: await of('new', fresh, whom), old: await of('old', old, whom), c, say };
    // before any storm that is too much: what Asterisk keeps of the memory for that makes each program dearer that the dialplan starts
    const cost = await costRatios(b, 'why' in byRoute ? null : byRoute);
    const capacities = await inRounds(b, [b.fresh, b.old], [FIRST_OF_NEW, FIRST]);
    await makeNames(old);
    const masked = await inRounds(b, [{ ...b.old, name: 'old, with a mask over 200,000 names', variables: NAME_MASK_VARIABLES }], [FIRST]);
    await ceiling(b, 'why' in byRoute ? null : byRoute);
    return [
      figureOf(
        'load.capacityRatio',
        capacities.map(([n = 0, o = 0]) => n / o),
        10,
        'higher',
      ),
      figureOf(
        'load.capacityRatioGlob',
        masked.map(([m = 0], i) => (capacities[i]?.[0] ?? 0) / m),
        20,
        'higher',
      ),
      figureOf('load.cpuPerCallRatio', cost.old, 10, 'higher'),
      figureOf('load.bareRatio', cost.bare, 1.25, 'lower'),
    ];
  } finally {
    await lab.end();
  }
}

async function of(name: string, side: LoadSide, whom: Whom): Promise<Attacked> {
  return { name, side, whom, records: name === 'new', idleCpu: await idleCpuOf(side.pbx) };
}

/** Capacities of the sides, a list a round. What the first round found is where the next ones begin. */
async function inRounds({ lab, manner, c, say }: Bench, sides: readonly Attacked[], first: readonly RampBounds[]): Promise<number[][]> {
  const rounds: number[][] = [];
  let bounds = first;
  for (let round = 0; round < ROUNDS; round++) {
    const climbed = await climb(lab, sides, manner, bounds, c);
    for (const { name, capacity, end } of climbed)
      say(`round ${round + 1}: ${name} bears ${capacity.toFixed(2)} originates a second (${end})`);
    rounds.push(climbed.map(leastFavourable));
    bounds = climbed.map(({ capacity }, i) => ({
      ...FIRST,
      factor: 1.25,
      first: capacity === 0 ? (first[i]?.first ?? 1) : capacity * 0.9,
      steps: Math.min(5, STEPS),
    }));
  }
  return rounds;
}

/** One that bears no storm at all bears less than the slowest that was tried: a ratio against that is the least that is true. */
function leastFavourable({ capacity, steps }: Climbed): number {
  return capacity > 0 ? capacity : Math.min(...steps.map((s) => s.figures.asked));
}

/** How far far side, dialler and the network themselves go: the same storms where the PBX does next to nothing. What it finds has to be well over what the PBX bears. */
async function ceiling({ lab, manner, fresh, c, say }: Bench, byRoute: Whom | null): Promise<void> {
  if (byRoute === null) return;
  const [bare] = await climb(lab, [{ ...fresh, name: 'two lines', whom: barely(byRoute), records: false }], manner, [FIRST_OF_NEW], c);
  if (bare === undefined) return;
  const worst = bare.steps.reduce((most, s) => Math.max(most, (s.costs.worldCpuMsPerCall * s.figures.rate) / 10), 0);
  say(
    `two lines of dialplan bear ${bare.capacity.toFixed(2)} originates a second (${bare.end}); the far side took ${worst.toFixed(0)} % of a CPU at most`,
  );
}

/** CPU a call at the same rate: the old one against the new, and the new against two lines of dialplan. */
async function costRatios(b: Bench, byRoute: Whom | null): Promise<{ old: number[]; bare: number[] }> {
  const manner = { ...b.manner, seconds: COST_SECONDS };
  const cost = async (a: Attacked): Promise<number> => {
    const { costs, figures, broken } = await takeStep(b.lab, a, manner, COST_RATE, b.c.signal);
    const borne = broken.length === 0 ? '' : `, which it does not bear (${broken.join(', ')})`;
    b.say(`${a.name}: ${costs.cpuMsPerCall.toFixed(1)} ms of CPU a call at ${figures.rate.toFixed(1)} a second${borne}`);
    return costs.cpuMsPerCall;
  };
  const [old, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    old.push((await cost(b.old)) / (await cost(b.fresh)));
    if (byRoute === null) continue;
    const full = await cost({ ...b.fresh, name: 'new, by a route', whom: byRoute });
    bare.push(full / (await cost({ ...b.fresh, name: 'two lines', whom: barely(byRoute), records: false })));
  }
  return { old, bare };
}

function said(say: Bench['say'], message: string, data: object | undefined): void {
  if (message === 'storm') say(JSON.stringify(data));
}
