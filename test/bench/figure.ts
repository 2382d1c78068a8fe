import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { connectEngine } from '../../src/engine/engine.ts';

/** One figure of one run: ratios of two things that were measured side by side, never an absolute time. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** Lowest and highest of the rounds. */
  readonly spread: readonly [number, number];
  readonly goal: number;
  readonly better: 'higher' | 'lower';
}

const LATEST = 'bench/latest.json';
const HISTORY = 'bench/history.jsonl';

/** The middle of several rounds. */
export function figureOf(name: string, rounds: readonly number[], goal: number, better: Figure['better']): Figure {
  const sorted = [...rounds].sort((a, b) => a - b);
  const value = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return { name, value, spread: [sorted[0] ?? value, sorted.at(-1) ?? value], goal, better };
}

export function reaches(f: Figure): boolean {
  return f.better === 'higher' ? f.value >= f.goal : f.value <= f.goal;
}

/** 'cdr.copyRatio  1.12 (1.08 to 1.15), goal 1 or more: reached' */
export function figureText(f: Figure): string {
  const round = (n: number): string => n.toFixed(2);
  const goal = `goal ${f.goal} or ${f.better === 'higher' ? 'more' : 'less'}`;
  return `${f.name.padEnd(20)} ${round(f.value)} (${round(f.spread[0])} to ${round(f.spread[1])}), ${goal}: ${reaches(f) ? 'reached' : 'NOT reached'}`;
}

/** Writes bench/latest.json; with RECORD=1 adds lines to bench/history.jsonl, from a clean tree only. */
export async function record(figures: readonly Figure[], keep: boolean): Promise<void> {
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
  const machine = await thisMachine();
  const lines = figures.map((f) => ({ at: new Date().toISOString(), ...f, machine, commit }));
  await mkdir('bench', { recursive: true });
  await writeFile(LATEST, `${JSON.stringify(lines, null, 2)}\n`);
  if (!keep) return;
  const dirty = execFileSync('git', ['status', '--porcelain', '--untracked-files=no'], { encoding: 'utf8' }).trim();
  if (dirty !== '') throw new Error('RECORD=1 wants a clean tree: figures belong to a commit');
  await appendFile(HISTORY, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

async function thisMachine(): Promise<Record<string, string | number>> {
  const { docker } = await connectEngine();
  const { ServerVersion } = (await docker.info()) as { ServerVersion?: string };
  const cgroup = await readFile('/sys/fs/cgroup/cgroup.controllers', 'utf8').then(
    () => 2,
    () => 1,
  );
  const [first] = cpus();
  const memoryGiB = Math.round(totalmem() / 2 ** 30);
  return { cpu: first?.model ?? '', cores: cpus().length, memoryGiB, kernel: release(), docker: ServerVersion ?? '', cgroup };
}
