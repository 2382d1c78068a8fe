import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { $, type ProcessOutput } from 'zx';
import type { Context } from '../context.ts';
import { Interrupted, MigrateError } from '../error.ts';
import { machineMirrors } from './apt-sources.ts';
import { followOutput } from './build-output.ts';
import { type Engine, reason, refusal } from './engine.ts';
import { interruptible } from './interrupt.ts';
import { exclusively } from './lock.ts';

export type Suite = 'forky' | 'bullseye';

/** How long a registry may say nothing before it counts as absent, and how long a pull may take. */
const PULL_SILENCE_MS = 10_000;
const PULL_LONGEST_MS = 180_000;
/** As in Debian's own slim images. The asterisk and mariadb packages keep nothing there that they need. */
const SLIM = [
  'path-exclude=/usr/share/doc/*',
  'path-exclude=/usr/share/man/*',
  'path-exclude=/usr/share/info/*',
  'path-exclude=/usr/share/locale/*',
];

/**
 * `debian:<suite>-slim` as the engine has it, else pulled, else made from this machine's own Debian mirror.
 * @returns the image's id
 * @throws MigrateError E_NO_BASE_IMAGE, exit 3; Interrupted
 */
export async function ensureBaseImage(engine: Engine, suite: Suite, context: Context): Promise<string> {
  const tag = `debian:${suite}-slim`;
  const present = await imageId(engine, tag);
  if (present !== null) return present;
  return exclusively(`base-${suite}`, context.signal, async () => {
    const meanwhile = await imageId(engine, tag);
    if (meanwhile !== null) return meanwhile;
    if (!(await pull(engine, tag, context))) await bootstrap(engine, suite, tag, context);
    const made = await imageId(engine, tag);
    if (made !== null) return made;
    throw noBaseImage(tag, 'the engine took it and does not know it', 'Look at the log of the Docker engine.');
  });
}

/** @returns null where the engine has no such image */
export async function imageId(engine: Engine, tag: string): Promise<string | null> {
  try {
    return (await engine.docker.getImage(tag).inspect()).Id;
  } catch (error) {
    if (refusal(error) === 404) return null;
    throw error;
  }
}

/** @returns false where no registry gives it within the time */
async function pull(engine: Engine, tag: string, context: Context): Promise<boolean> {
  context.progress({ step: `pull ${tag}` });
  const tooLong = new AbortController();
  const longest = setTimeout(() => tooLong.abort(), PULL_LONGEST_MS);
  const silence = setTimeout(() => tooLong.abort(), PULL_SILENCE_MS);
  const either = AbortSignal.any([context.signal, tooLong.signal]);
  try {
    const stream = await interruptible(either, engine.docker.pull(tag, { abortSignal: either }));
    await interruptible(
      either,
      followOutput(stream, () => silence.refresh()),
    );
    return true;
  } catch (error) {
    if (context.signal.aborted) throw new Interrupted();
    context.log('info', `no registry gives ${tag}: ${tooLong.signal.aborted ? 'it does not answer' : reason(error)}`);
    return false;
  } finally {
    clearTimeout(longest);
    clearTimeout(silence);
  }
}

async function bootstrap(engine: Engine, suite: Suite, tag: string, context: Context): Promise<void> {
  const mirrors = await machineMirrors();
  if (mirrors.length === 0) {
    throw noBaseImage(
      tag,
      "no registry answers, and this machine's apt knows no Debian mirror",
      `Load an image named ${tag} into the engine, then run this again.`,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'migrate-base-'));
  try {
    const tar = join(folder, 'base.tar');
    await firstThatWorks(mirrors, (mirror) => mmdebstrap(suite, mirror, tar, tag, context));
    const [repo, name] = tag.split(':');
    const imported = await engine.docker.importImage(createReadStream(tar), { fromSrc: '-', repo, tag: name, changes: 'CMD ["bash"]' });
    await interruptible(
      context.signal,
      followOutput(imported, (line) => context.log('debug', line)),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function firstThatWorks(mirrors: readonly string[], make: (mirror: string) => Promise<void>): Promise<void> {
  let last: unknown;
  for (const mirror of mirrors) {
    try {
      return await make(mirror);
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      last = error;
    }
  }
  throw last;
}

/** The mirror goes in through stdin: its address may hold a password. */
async function mmdebstrap(suite: Suite, mirror: string, tar: string, tag: string, context: Context): Promise<void> {
  context.progress({ step: `make ${tag} from this machine's Debian mirror` });
  const mode = process.getuid?.() === 0 ? 'root' : 'unshare';
  const more = mirror.startsWith('https:') ? ['--include=ca-certificates'] : [];
  const slim = SLIM.map((option) => `--dpkgopt=${option}`);
  const frozen = '--aptopt=Acquire::Check-Valid-Until "false"';
  const source = `deb ${mirror} ${suite} main\n`;
  const options = { input: source, signal: context.signal, quiet: true, nothrow: true } as const;
  const done = await $(options)`mmdebstrap --variant=minbase --mode=${mode} ${frozen} ${more} ${slim} ${suite} ${tar} -`.catch(
    (error: ProcessOutput) => error,
  );
  if (context.signal.aborted) throw new Interrupted();
  if (done.exitCode === 0) return;
  if (done.exitCode === 127)
    throw noBaseImage(tag, 'no registry answers, and mmdebstrap, which would make it, is not installed', 'Run `make setup`.');
  throw noBaseImage(
    tag,
    `mmdebstrap failed:\n${done.stderr.trim().split('\n').slice(-10).join('\n')}`,
    'Look whether the mirror of /etc/apt answers: `apt-get update`.',
  );
}

function noBaseImage(tag: string, why: string, hint: string): MigrateError {
  return new MigrateError({ code: 'E_NO_BASE_IMAGE', where: tag, why, hint, exit: 3 });
}
