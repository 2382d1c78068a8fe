import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Container, TarEntry } from '../../engine/container.ts';
import { connectEngine } from '../../engine/engine.ts';
import { ensureImage } from '../../engine/images.ts';
import { MigrateError } from '../../error.ts';
import type { Bringing, Placing } from '../lab/containers.ts';
import type { Job, PanelJob, Told } from './dialler/job.ts';

const HOME = 'opt/dialler';
/** Built or not: Node.js of the image reads both. */
const EXTENSION = extname(fileURLToPath(import.meta.url));
const SOURCES = fileURLToPath(new URL('../../', import.meta.url));
const programFile = (name: string): string => fileURLToPath(new URL(`dialler/${name}${EXTENSION}`, import.meta.url));
const MAIN = programFile('main');
const PANEL = programFile('panel');
const PANELS_ASK_MS = 500;

/** The dialler in a container of its own, beside the PBX, with no way out of the lab. */
export async function startDialler(b: Bringing, o: Placing): Promise<Container> {
  return b.run.container({
    role: 'dialler',
    image: await ensureImage(await connectEngine(), 'dialler', b.context),
    network: o.network,
    ...(o.cpus === undefined ? {} : { cpus: o.cpus.rest }),
    files: [{ path: '/', entries: await program() }],
  });
}

/** Runs one storm. It lasts as long as the job says, and a little. @throws MigrateError E_LOAD_DIALLER (exit 3) where the dialler could not do its work */
export async function storm(dialler: Container, job: Job): Promise<Told> {
  return JSON.parse(await run(dialler, MAIN, job)) as Told;
}

/** Logs in so many panels for so many seconds. */
export async function panels(dialler: Container, job: Omit<PanelJob, 'everyMs'>): Promise<void> {
  await run(dialler, PANEL, { ...job, everyMs: PANELS_ASK_MS } satisfies PanelJob);
}

async function run(dialler: Container, file: string, job: object): Promise<string> {
  const argv = ['node', '--disable-warning=ExperimentalWarning', `/${HOME}/${relative(SOURCES, file)}`];
  const { code, out, err } = await dialler.exec(argv, { stdin: Buffer.from(JSON.stringify(job)) });
  if (code === 0) return out;
  throw new MigrateError({
    code: 'E_LOAD_DIALLER',
    where: 'the dialler of the load test',
    why: err.trim() === '' ? `it ended with status ${code}` : err.trim(),
    hint: 'Does the PBX still run, and does its AMI let the lab log in? --debug has the storms before.',
    exit: 3,
  });
}

/** The program with all that it imports. */
async function program(): Promise<TarEntry[]> {
  const own = await withImports(PANEL, await withImports(MAIN));
  const library = dirname(createRequire(import.meta.url).resolve('asterisk-manager/package.json'));
  const files = (await readdir(library, { recursive: true, withFileTypes: true })).filter((f) => f.isFile());
  const entry = async (path: string, from: string): Promise<TarEntry> => ({
    path: `${HOME}/${path}`,
    content: await readFile(from),
    mode: 0o644,
  });
  return [
    { path: `${HOME}/package.json`, content: Buffer.from('{ "type": "module" }\n'), mode: 0o644 },
    ...(await Promise.all([...own].map((from) => entry(relative(SOURCES, from), from)))),
    ...(await Promise.all(
      files.map((f) => {
        const from = join(f.parentPath, f.name);
        return entry(`node_modules/asterisk-manager/${relative(library, from)}`, from);
      }),
    )),
  ];
}

async function withImports(file: string, seen: Set<string> = new Set()): Promise<Set<string>> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = await readFile(file, 'utf8');
  for (const [, path] of source.matchAll(/ from '(\.[^']+)'/g)) await withImports(join(dirname(file), path ?? ''), seen);
  return seen;
}
