import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from '../context.ts';
import { Interrupted, MigrateError } from '../error.ts';
import { packEntries } from './archive.ts';
import { ensureBaseImage, imageId, type Suite } from './base-image.ts';
import { followOutput, StreamFailed } from './build-output.ts';
import type { TarEntry } from './container.ts';
import { type Engine, reason } from './engine.ts';
import { interruptible } from './interrupt.ts';
import { exclusively } from './lock.ts';

/** The images of docker/, and what each stands on. */
const BASES = {
  asterisk: 'forky',
  asterisk16: 'bullseye',
  mariadb: 'forky',
  nginx: 'forky',
  script: 'forky',
  dialler: 'forky',
  machine: 'forky',
} as const satisfies Record<string, Suite>;
export type ImageName = keyof typeof BASES;
export const IMAGE_NAMES = Object.keys(BASES) as ImageName[];

const FOLDER = fileURLToPath(new URL('../../docker/', import.meta.url));

/**
 * The image, built where the engine does not have it: a changed file of docker/<name>/ or another base is another tag.
 * @returns its tag, `migrate/<name>:<12 hex digits>`
 * @throws MigrateError E_IMAGE_BUILD or E_NO_BASE_IMAGE, exit 3; Interrupted
 */
export async function ensureImage(engine: Engine, name: ImageName, context: Context): Promise<string> {
  const base = await ensureBaseImage(engine, BASES[name], context);
  const files = await readFolder(join(FOLDER, name));
  const tag = imageTag(name, files, base);
  if ((await imageId(engine, tag)) !== null) return tag;
  return exclusively(`image-${name}`, context.signal, async () => {
    if ((await imageId(engine, tag)) === null) await buildImage(engine, { tag, base, files }, context);
    return tag;
  });
}

/** @param files what the build gets; their order does not matter. @param base id of the image it stands on */
export function imageTag(name: string, files: readonly TarEntry[], base: string): string {
  const hash = createHash('sha256').update(base);
  for (const { path, content } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(`\0${path}\0${content?.length ?? 0}\0`).update(content ?? '');
  }
  return `migrate/${name}:${hash.digest('hex').slice(0, 12)}`;
}

async function readFolder(folder: string): Promise<TarEntry[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => ({ path: relative(folder, path), content: await readFile(path), mode: 0o644 })));
}

/**
 * Builds a Dockerfile that stands on ARG BASE. @param o.files the Dockerfile and what it copies
 * @throws MigrateError E_IMAGE_BUILD, exit 3; Interrupted
 */
export async function buildImage(
  engine: Engine,
  o: {
    readonly tag: string;
    readonly base: string;
    readonly files: readonly TarEntry[];
    readonly labels?: Readonly<Record<string, string>>;
  },
  context: Context,
): Promise<void> {
  const { tag, base, files, labels = {} } = o;
  context.progress({ step: `build ${tag}` });
  try {
    const stream = await interruptible(
      context.signal,
      engine.docker.buildImage(packEntries(files), {
        t: tag,
        rm: true,
        forcerm: true,
        labels: { ...labels },
        buildargs: { BASE: base, ...proxies() },
        // What reaches the mirror here, through whatever resolver or proxy, does so in the build.
        networkmode: 'host',
        abortSignal: context.signal,
      }),
    );
    await interruptible(
      context.signal,
      followOutput(stream, (line) => buildSays(line, tag, context)),
    );
  } catch (cause) {
    if (context.signal.aborted) throw new Interrupted();
    const said = cause instanceof StreamFailed ? `${cause.lastLines.join('\n')}\n${cause.message}` : reason(cause);
    throw new MigrateError({
      code: 'E_IMAGE_BUILD',
      where: tag,
      why: `the image cannot be built:\n${said}`,
      hint: 'Look whether the mirror answers: `apt-get update`; then run `make setup` again.',
      exit: 3,
      cause,
    });
  }
}

function buildSays(line: string, tag: string, context: Context): void {
  context.log('debug', line);
  const step = /^Step (\d+)\/(\d+) : /.exec(line);
  if (step !== null) context.progress({ step: `build ${tag}`, done: Number(step[1]) - 1, of: Number(step[2]) });
}

/** The classic builder knows these arguments without a word in the Dockerfile, and keeps them out of the image. */
function proxies(): Record<string, string> {
  const names = ['http_proxy', 'https_proxy', 'no_proxy'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
