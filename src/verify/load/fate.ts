import { Random } from '../paths/random.ts';

/** What becomes of a customer who is called; `afterMs`: so long he rings before. silent: nobody answers until the dialler gives up. */
export type Fate = { readonly is: 'answers' | 'machine' | 'leaves-early' | 'busy'; readonly afterMs: number } | { readonly is: 'silent' };

/** Of a hundred customers so many do each. */
export interface Shares {
  readonly answers: number;
  readonly machine: number;
  /** Answers, and hangs up before anybody can be joined. */
  readonly leavesEarly: number;
  readonly busy: number;
  readonly silent: number;
}

/** What a call centre that calls private persons sees by day, by order of magnitude: half of them answer. */
export const USUAL_SHARES: Shares = { answers: 45, machine: 8, leavesEarly: 4, busy: 13, silent: 30 };

/** How an agent takes a call. */
export interface AgentTurn {
  readonly pickUpMs: number;
  readonly talkMs: number;
}

/**
 * Time is compressed: what costs a PBX is that calls are set up and ended, not that they last, and a storm of short calls needs fewer agents for the same rate. Speech has a
 * cost of its own, which `--media` adds.
 */
const RINGS_MS = [300, 2500] as const;
const PICK_UP_MS = [100, 400] as const;
const TALK_MS = [500, 2500] as const;

/** The fates of all numbers that can be dialled, by their last digits. The same for the same seed. */
export function drawFates(seed: number, shares: Shares, count: number): Fate[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => drawFate(random, shares));
}

function drawFate(random: Random, s: Shares): Fate {
  const afterMs = between(random, RINGS_MS);
  let left = random.next() * (s.answers + s.machine + s.leavesEarly + s.busy + s.silent);
  for (const [is, share] of [
    ['answers', s.answers],
    ['machine', s.machine],
    ['leaves-early', s.leavesEarly],
    ['busy', s.busy],
  ] as const) {
    if (left < share) return { is, afterMs };
    left -= share;
  }
  return { is: 'silent' };
}

/** In turn, whichever agent is called. */
export function drawAgentTurns(seed: number, count: number): AgentTurn[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => ({ pickUpMs: between(random, PICK_UP_MS), talkMs: between(random, TALK_MS) }));
}

function between(random: Random, [least, most]: readonly [number, number]): number {
  return Math.round(least + random.next() * (most - least));
}
