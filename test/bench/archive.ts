import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { walkFolder } from '../../src/history/walk-folder.ts';
import { type HistoryServer, startHistoryServer } from '../history/history-server.ts';
import { put, wav } from '../history/sounds.ts';
import { type Figure, figureOf } from './figure.ts';

/** FILES= recordings of 30 to 120 s; NAMES= in the folder that is only walked. */
const FILES = Number(process.env['FILES'] || 2000);
const NAMES = Number(process.env['NAMES'] || 1_000_000);
const ROUNDS = Number(process.env['ROUNDS'] || 3);
const LONGEST_MS = 15 * 60_000;
const PROCESSORS = availableParallelism();

/** `recordings archive` against `find | xargs lame` on the same files, and its walk against `find`. */
export async function archiveFigures(say: (line: string) => void): Promise<Figure[]> {
  const server = await startHistoryServer({ longestMs: LONGEST_MS });
  const dir = await mkdtemp(join(tmpdir(), 'migrate-bench-'));
  try {
    const walks = await walkRounds(join(dir, 'names'), say);
    const ratios = await archiveRounds(server, dir, say);
    return [figureOf('archive.ratio', ratios, 0.95, 'higher'), figureOf('archive.walkRatio', walks, 1.5, 'lower')];
  } finally {
    await server.close();
    await rm(dir, { recursive: true });
  }
}

async function archiveRounds(server: HistoryServer, dir: string, say: (line: string) => void): Promise<number[]> {
  const recordings = join(dir, 'recordings');
  await makeRecordings(recordings);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [ours, theirs] = [join(dir, 'ours'), join(dir, 'theirs')];
    const copied = async (copy: string): Promise<string> => {
      await cp(recordings, copy, { recursive: true, preserveTimestamps: true });
      // what this copy still writes is no work of whoever comes next
      await promisify(execFile)('sync');
      return copy;
    };
    const archived = await archive(server, await copied(ours), join(dir, 'archive'));
    const encoded = await encodeByXargs(await copied(theirs));
    say(`${FILES} recordings: archive ${archived.toFixed(1)} s, find | xargs lame ${encoded.toFixed(1)} s`);
    ratios.push(encoded / archived);
    await server.clear();
    for (const done of [ours, theirs, join(dir, 'archive')]) await rm(done, { recursive: true });
  }
  return ratios;
}

async function makeRecordings(folder: string): Promise<void> {
  for (let i = 0; i < FILES; i++)
    await put(folder, `q400-20130603-100310-1370253790.${i}.wav`, wav(30 + ((i * 37) % 91), 200 + (i % 1000)));
}

async function archive(server: HistoryServer, folder: string, to: string): Promise<number> {
  const address = server.to.replace(/@[^/]+/, `@${server.container.ip}:3306`);
  const args = ['recordings', 'archive', folder, '--archive', to, '--to', address, '-o', `${to}-out`, '--quiet'];
  const environment = { ...process.env, MIGRATE_TARGET_PASSWORD: server.password };
  const start = performance.now();
  const child = spawn(process.execPath, ['dist/cli/main.js', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  const [code] = (await once(child, 'exit')) as [number | null];
  const seconds = (performance.now() - start) / 1000;
  const left = await readdir(folder);
  if (code !== 0 || left.length > 0) throw new Error(`recordings archive ended with ${code}, and left ${left.length} recordings`);
  return seconds;
}

/** As sites do it, with the same rights to processor and disc. */
async function encodeByXargs(folder: string): Promise<number> {
  const encode = `find "$0" -name '*.wav' -print0 | xargs -0 -P ${PROCESSORS} -I{} lame --quiet -m m -b 16 --cbr -t {} {}.mp3`;
  const start = performance.now();
  await promisify(execFile)('nice', ['-n', '19', 'ionice', '-c', '3', 'sh', '-c', encode, folder]);
  return (performance.now() - start) / 1000;
}

async function walkRounds(folder: string, say: (line: string) => void): Promise<number[]> {
  await makeNames(folder);
  const ratios: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const find = await timed(() => promisify(execFile)('find', [folder, '-type', 'f', '-fprintf', '/dev/null', '%P\\0']));
    const walk = await timed(async () => {
      let names = 0;
      for await (const _ of walkFolder(Buffer.from(folder))) names++;
      if (names !== NAMES) throw new Error(`the walk found ${names} of ${NAMES} names`);
    });
    say(`${NAMES} names: walk ${walk.toFixed(2)} s, find ${find.toFixed(2)} s`);
    // the first round fills the cache of the file system
    if (round > 0) ratios.push(walk / find);
  }
  await rm(folder, { recursive: true });
  return ratios;
}

async function makeNames(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let i = 0; i < NAMES; i++) await (await open(join(folder, `OUT101-20130603-100310-1370253790.${i}.wav`), 'w')).close();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
