import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../context.ts';
import { throwIfAborted } from '../../error.ts';
import type { LoadLab, LoadSide } from './load-lab.ts';
import { Ramp, type RampBounds, type RampEnd, type Verdict } from './ramp.ts';
import { type Attacked, type LoadStep, type Manner, takeStep } from './step.ts';

/** How far a PBX goes. */
export interface Climbed {
  readonly name: string;
  readonly steps: readonly LoadStep[];
  /** Originates a second that it bears. */
  readonly capacity: number;
  readonly end: RampEnd;
}

/** A customer whom a dialler forgot is held for half a minute by its own dialplan. */
const CALM_MS = 40_000;
const CALM_POLL_MS = 250;
/** After the last call has gone: what is still being written down. */
const REST_MS = 1000;

/** Takes the sides up their ramps, a step of each in turn, so that whatever else the machine does meets all of them. `bounds`: a side each. */
export async function climb(
  lab: LoadLab,
  sides: readonly Attacked[],
  manner: Manner,
  bounds: readonly RampBounds[],
  c: Context,
): Promise<Climbed[]> {
  const all = sides.flatMap((attacked, i) => {
    const own = bounds[i];
    return own === undefined ? [] : [{ attacked, ramp: new Ramp(own), steps: [] as LoadStep[] }];
  });
  while (all.some(({ ramp }) => ramp.end === null)) {
    for (const { attacked, ramp, steps } of all) {
      const rate = ramp.next();
      if (rate === null) continue;
      c.progress({ step: `storm of ${rate.toFixed(1)} originates a second: ${attacked.name}` });
      const step = await takeStep(lab, attacked, manner, rate, c.signal);
      c.log('info', 'storm', { side: attacked.name, step });
      steps.push(step);
      ramp.tell(rate, verdictOf(step));
      await calm(attacked.side, c);
    }
  }
  return all.map(({ attacked, ramp, steps }) => ({ name: attacked.name, steps, capacity: ramp.capacity, end: ramp.end ?? 'steps' }));
}

/** What is short hides whether the PBX would have broken, but not that it did in another way. */
export function verdictOf({ broken, inconclusive }: LoadStep): Verdict {
  if (inconclusive !== null) return 'short';
  return broken.length === 0 ? 'holds' : 'breaks';
}

/** Waits until no call is up. One that stays is told by the next step's figures. */
export async function calm({ ami }: LoadSide, c: Context): Promise<void> {
  const until = performance.now() + CALM_MS;
  while (performance.now() < until) {
    throwIfAborted(c.signal);
    const said = await ami.command('core show channels count').catch(() => '');
    if (/^0 active channels?/m.test(said)) break;
    await pause(CALM_POLL_MS);
  }
  await pause(REST_MS);
}
