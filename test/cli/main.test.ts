import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorDocument } from '../../src/cli/result.ts';

const root = join(import.meta.dirname, '../..');
const cache = join(root, '.cache');

/** The program as it is built, with stages that wait for a signal in place of the real ones. */
let built: string;

const WAITING_STAGES = `
const wait = (c, cleanUp) => new Promise((_, reject) => {
  const alive = setInterval(() => undefined, 1000);
  process.stderr.write('at work\\n');
  c.signal.addEventListener('abort', () => cleanUp(() => { clearInterval(alive); process.stderr.write('cleaned up\\n'); reject(new Error('aborted')); }));
});
export const stages = {
  extract: (source, out, o, c) => wait(c, (end) => end()),
  render: (model, out, o, c) => wait(c, () => undefined),
  verify: async (build, out, o, c) => { setTimeout(() => { throw new Error('stray'); }, 0); return wait(c, (end) => end()); },
};
`;

beforeAll(async () => {
  await mkdir(cache, { recursive: true });
  built = await mkdtemp(join(cache, 'cli-'));
  execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', root, '--outDir', built, '--noCheck']);
  await writeFile(join(built, 'cli/stages.js'), WAITING_STAGES);
}, 60_000);
afterAll(() => rm(built, { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `migrate`; `signals` are sent one by one, each as soon as stderr holds its text. */
function migrate(argv: string[], signals: { at: string; send: NodeJS.Signals }[] = [], closeOut = false): Promise<Ended> {
  const child = spawn(process.execPath, [join(built, 'cli/main.js'), ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  if (closeOut) child.stdout.destroy();
  let out = '';
  let err = '';
  const left = [...signals];
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
    const next = left[0];
    if (next === undefined || !err.includes(next.at)) return;
    left.shift();
    child.kill(next.send);
  });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, out, err })));
}

describe('the command line', () => {
  it.each([
    ['an unknown flag', ['extract', 'x', '-o', 'y', '--nope']],
    ['an unknown command', ['nope']],
    ['no command', []],
    ['no output folder', ['extract', 'x']],
    ['no source', ['rehearse', '-o', 'y']],
    ['two sources', ['extract', 'x', 'y', '-o', 'z']],
    ['a layer that there is not', ['verify', 'x', '--only', 'static,nope']],
    ['a time zone that there is not', ['extract', 'x', '-o', 'y', '--time-zone', 'europe/moscow']],
  ])('%s is bad usage: status 2, the reason on stderr', async (_, argv) => {
    const { status, out, err } = await migrate(argv);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(/\(E_USAGE\)\n {2}why: .+\n {2}next: {2}See `migrate .*--help`/);
  });

  it('bad usage with --json is one document on stdout', async () => {
    const { status, out } = await migrate(['verify', '--json', '--nope']);
    expect(status).toBe(2);
    expect(errorDocument.parse(JSON.parse(out)).error.code).toBe('E_USAGE');
  });

  it.each(['extract', 'render', 'verify', 'rehearse'])('%s --help tells every common flag and ends with 0', async (command) => {
    const { status, out } = await migrate([command, '--help']);
    expect(status).toBe(0);
    for (const flag of ['--json', '--quiet', '--debug', '--strict', '--help', '--out']) expect(out).toContain(flag);
  });
});

describe('a signal', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('%s lets the stage clean up and ends with 130', async (send) => {
    const { status, out, err } = await migrate(['extract', 'x', '-o', 'y', '--json'], [{ at: 'at work', send }]);
    expect(status).toBe(130);
    expect(err).toContain('cleaned up');
    expect(errorDocument.parse(JSON.parse(out)).error.code).toBe('E_INTERRUPTED');
  });

  it('that comes twice ends a clean-up that does not', async () => {
    const signals = [
      { at: 'at work', send: 'SIGINT' as const },
      { at: 'once more', send: 'SIGINT' as const },
    ];
    expect((await migrate(['render', 'x', '-o', 'y'], signals)).status).toBe(130);
  });
});

describe('what goes wrong around the stages', () => {
  it('a reader of stdout who has gone changes nothing', async () => {
    const { status, err } = await migrate(['extract', '--help'], [], true);
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it('an error that nothing caught lets the stage clean up, and ends with 3', async () => {
    const { status, err } = await migrate(['verify', 'x']);
    expect(status).toBe(3);
    expect(err).toMatch(/cleaned up[\s\S]*why: {3}stray/);
  });
});
