import type { Container } from '../../engine/container.ts';
import { interruptible } from '../../engine/interrupt.ts';

/** How much memory a PBX had while it worked, MiB: in the second quarter of the time, when it is warm, and in the last. */
export interface Memory {
  readonly warmMiB: number;
  readonly lastMiB: number;
}

const EVERY_MS = 5000;
/** What a heap grows by without anything being lost. */
const MOST_GROWN_PERCENT = 10;
const MOST_GROWN_MIB = 16;
const LEAST_SAMPLES = 8;

/** Looks at the PBX's memory while something goes on. @returns what came of it, and the memory; null: it took too short a time to tell. */
export async function watchMemory<T>(
  pbx: Pick<Container, 'usage'>,
  going: Promise<T>,
  signal: AbortSignal,
  everyMs = EVERY_MS,
): Promise<{ readonly came: T; readonly memory: Memory | null }> {
  const samples: number[] = [];
  let over = false;
  const ended = going.finally(() => {
    over = true;
  });
  // its failure is that of the whole
  ended.catch(() => undefined);
  while (!over) {
    samples.push((await pbx.usage()).memoryMiB);
    await interruptible(signal, Promise.race([ended, new Promise((resolve) => setTimeout(resolve, everyMs))]));
  }
  return { came: await ended, memory: memoryOf(samples) };
}

export function memoryOf(samples: readonly number[]): Memory | null {
  if (samples.length < LEAST_SAMPLES) return null;
  const quarter = Math.floor(samples.length / 4);
  return { warmMiB: median(samples.slice(quarter, 2 * quarter)), lastMiB: median(samples.slice(-quarter)) };
}

/** Why it does not seem to stay flat, a line; none: it does, or is not known. */
export function grows(memory: Memory | null): string[] {
  if (memory === null) return [];
  const { warmMiB, lastMiB } = memory;
  const grown = lastMiB - warmMiB;
  if (grown <= MOST_GROWN_MIB || grown <= (warmMiB * MOST_GROWN_PERCENT) / 100) return [];
  return [`memory grows from ${warmMiB.toFixed(0)} to ${lastMiB.toFixed(0)} MiB`];
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
