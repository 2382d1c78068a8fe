import { spawn } from 'node:child_process';
import { existsSync, openSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { $, which } from 'zx';
import type { Context } from '../context.ts';
import { Interrupted, MigrateError } from '../error.ts';
import { connectEngine, type Engine } from './engine.ts';
import { ensureImage, IMAGE_NAMES } from './images.ts';
import { pause } from './interrupt.ts';

/** Program to the Debian package that brings it. */
const PACKAGES = {
  dockerd: 'docker.io',
  iptables: 'iptables',
  mmdebstrap: 'mmdebstrap',
  lame: 'lame',
  sox: 'sox',
  bzip2: 'bzip2',
  xz: 'xz-utils',
};
const ENGINE: readonly Program[] = ['dockerd', 'iptables', 'mmdebstrap'];
/** Recordings are archived on the machine that they lie on. */
const SOUND: readonly Program[] = ['lame', 'sox'];
/** What unpacks a source (src/box/compression.ts). */
const READING: readonly Program[] = ['bzip2', 'xz'];
const DOCKERD_LOG = '/var/log/migrate-dockerd.log';
const ENGINE_START_MS = 60_000;
const POLL_MS = 250;
const LAST_LINES = 10;

/**
 * Makes this machine ready: an engine that answers, and the images. Where all is there it looks and changes nothing.
 * @throws MigrateError with exit 3; Interrupted
 */
export async function setUp(context: Context): Promise<void> {
  const engine = await findOrStartEngine(context);
  for (const name of IMAGE_NAMES) {
    const tag = await ensureImage(engine, name, context);
    context.log('info', `image ${tag} is there`);
  }
}

async function findOrStartEngine(context: Context): Promise<Engine> {
  try {
    const engine = await connectEngine();
    context.log('info', 'a Docker engine answers');
    // Without root it is for later to say what is missing: mmdebstrap only where no registry answers, the others where recordings are archived or such a source is read.
    if (engine.isLocal && canInstall()) await install(['mmdebstrap', ...SOUND, ...READING], context);
    return engine;
  } catch (error) {
    if (!(error instanceof MigrateError) || error.code !== 'E_NO_ENGINE') throw error;
    if ((process.env['DOCKER_HOST'] ?? '') !== '') throw error;
  }
  if (!canInstall()) throw await cannotInstall();
  await install([...ENGINE, ...SOUND, ...READING], context);
  return startEngine(context);
}

type Program = keyof typeof PACKAGES;

function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

async function cannotInstall(): Promise<MigrateError> {
  const missing = (await missingPrograms(ENGINE)).map((program) => PACKAGES[program]);
  return new MigrateError({
    code: 'E_NO_ENGINE',
    why: `no Docker engine answers, and ${existsSync('/etc/debian_version') ? 'only root may start one' : 'this is neither Debian nor Ubuntu'}`,
    hint:
      missing.length === 0
        ? 'Start the Docker engine.'
        : `Install ${missing.join(', ')}, start the Docker engine, then run \`make setup\` again.`,
    exit: 3,
  });
}

async function missingPrograms(programs: readonly Program[]): Promise<Program[]> {
  // Only root's PATH has the sbin folders everywhere.
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
  const found = await Promise.all(programs.map((program) => which(program, { nothrow: true, path })));
  return programs.filter((_, i) => found[i] === null);
}

async function install(programs: readonly Program[], context: Context): Promise<void> {
  const packages = (await missingPrograms(programs)).map((program) => PACKAGES[program]);
  if (packages.length === 0) return;
  context.log('info', `install ${packages.join(', ')}`);
  const options = { quiet: true, nothrow: true, signal: context.signal, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const frozen = 'Acquire::Check-Valid-Until=false';
  // A vendor's list that fails is no reason to stop: the installation tells whether Debian's own answered.
  await $(options)`apt-get -o ${frozen} update`;
  const done = await $(options)`apt-get -o ${frozen} install -y --no-install-recommends ${packages}`;
  if (context.signal.aborted) throw new Interrupted();
  if (done.exitCode === 0) return;
  throw new MigrateError({
    code: 'E_SETUP',
    where: 'apt-get install',
    why: `${packages.join(', ')} cannot be installed:\n${lastLines(done.stderr)}`,
    hint: 'Look whether the mirror answers: `apt-get update`.',
    exit: 3,
  });
}

async function startEngine(context: Context): Promise<Engine> {
  // The package may have started it.
  const running = await connectEngine().catch(() => null);
  if (running !== null) return running;
  if (existsSync('/run/systemd/system')) {
    context.log('info', 'start the Docker engine by systemd');
    await $({ quiet: true, nothrow: true })`systemctl start docker`;
    return await answering(context, () => null, 'journalctl -u docker');
  }
  context.log('info', `start dockerd; its log is ${DOCKERD_LOG}`);
  const log = openSync(DOCKERD_LOG, 'a', 0o640);
  let ended: number | null = null;
  const daemon = spawn('dockerd', [], { detached: true, stdio: ['ignore', log, log] });
  daemon.once('exit', (code) => {
    ended = code ?? -1;
  });
  daemon.once('error', () => {
    ended = -1;
  });
  daemon.unref();
  return answering(context, () => ended, DOCKERD_LOG);
}

async function answering(context: Context, ended: () => number | null, log: string): Promise<Engine> {
  const until = Date.now() + ENGINE_START_MS;
  for (;;) {
    const engine = await connectEngine().catch(() => null);
    if (engine !== null) return engine;
    if (ended() !== null || Date.now() > until) break;
    await pause(context.signal, POLL_MS);
  }
  const said = await readFile(log, 'utf8').then(lastLines, () => '');
  throw new MigrateError({
    code: 'E_NO_ENGINE',
    why: `the Docker engine does not start${said === '' ? '' : `; it said last:\n${said}`}`,
    hint: `Look at ${log}.`,
    exit: 3,
  });
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
}

/** The program of `make setup`: a line for each thing it does. */
async function main(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  let step = '';
  const say = (line: string): void => void process.stdout.write(`setup: ${line}\n`);
  const context: Context = {
    signal: stop.signal,
    progress: (event) => {
      if (event.step !== step) say(event.step);
      step = event.step;
    },
    log: (level, message) => {
      if (level === 'info') say(message);
    },
  };
  try {
    await setUp(context);
  } catch (error) {
    if (error instanceof Interrupted) process.exitCode = 130;
    else if (error instanceof MigrateError) {
      process.stderr.write(`setup: ${error.message}\n${error.hint}\n`);
      process.exitCode = error.exit;
    } else throw error;
  }
}

if (realpathSync(process.argv[1] ?? '') === import.meta.filename) await main();
