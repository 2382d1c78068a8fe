import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Context } from '../../context.ts';
import { ensureBaseImage } from '../../engine/base-image.ts';
import { connectEngine } from '../../engine/engine.ts';
import { Run } from '../../engine/run.ts';
import { MigrateError } from '../../error.ts';
import type { Installed } from './installed.ts';

const run = promisify(execFile);
const LONGEST_MS = 300_000;

/** A Debian package before it is packed. */
export interface Deb {
  readonly control: string;
  /** preinst, postinst, prerm, postrm: by name. */
  readonly scripts: Readonly<Record<string, string>>;
  readonly conffiles: readonly string[];
  readonly files: readonly Installed[];
}

/**
 * Packs it with dpkg-deb, everything owned by root; on a machine that has none, with that of a container.
 * @returns the package's bytes; the same for the same files where SOURCE_DATE_EPOCH is set
 * @throws MigrateError E_PACKAGE with what dpkg-deb said; E_NO_ENGINE, E_NO_BASE_IMAGE (exit 3) where there is neither
 */
export async function packDeb(deb: Deb, c: Context): Promise<Uint8Array> {
  const files = laidOut(deb);
  return (await packedHere(files, c)) ?? (await packedInContainer(files, c));
}

/** What a package is made of: its own files among those that it brings. */
function laidOut(deb: Deb): Installed[] {
  const list = deb.conffiles.map((path) => `/${path}\n`).join('');
  return [
    { path: 'DEBIAN/control', content: Buffer.from(deb.control), mode: 0o644 },
    { path: 'DEBIAN/conffiles', content: Buffer.from(list), mode: 0o644 },
    ...Object.entries(deb.scripts).map(([name, text]) => ({ path: `DEBIAN/${name}`, content: Buffer.from(text), mode: 0o755 })),
    ...deb.files,
  ];
}

/** xz would take longer than all the rest. */
const packing = (root: string, packed: string): string[] => ['--root-owner-group', '-Zgzip', '--build', root, packed];

/** null: this machine has no dpkg-deb. */
async function packedHere(files: readonly Installed[], c: Context): Promise<Uint8Array | null> {
  const work = await mkdtemp(join(tmpdir(), 'migrate-package-'));
  const [root, packed] = [join(work, 'root'), join(work, 'packed.deb')];
  try {
    for (const file of files) {
      const path = join(root, file.path);
      await mkdir(dirname(path), { recursive: true, mode: 0o755 });
      await writeFile(path, file.content);
      // not left to the umask
      await chmod(path, file.mode);
    }
    await run('dpkg-deb', packing(root, packed), { signal: c.signal });
    return await readFile(packed);
  } catch (cause) {
    const { code, stderr } = cause as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') return null;
    throw typeof stderr === 'string' ? refused(stderr, cause) : cause;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function packedInContainer(files: readonly Installed[], c: Context): Promise<Uint8Array> {
  const engine = await connectEngine();
  const image = await ensureBaseImage(engine, 'forky', c);
  const packer = await Run.start(engine, c, { longestMs: LONGEST_MS });
  try {
    const [root, packed] = ['/work/root', '/work/packed.deb'];
    const debian = await packer.container({
      role: 'packer',
      image,
      entrypoint: ['sleep', 'infinity'],
      files: [{ path: root, entries: [...files] }],
    });
    const { code, out, err } = await debian.exec(['dpkg-deb', ...packing(root, packed)]);
    if (code !== 0) throw refused(err || out);
    for await (const { content } of debian.get(packed)) if (content !== null) return content;
    throw refused('it wrote no package');
  } finally {
    await packer.end();
  }
}

function refused(said: string, cause?: unknown): MigrateError {
  return new MigrateError({ code: 'E_PACKAGE', why: `dpkg-deb refuses: ${said.trim()}`, hint: 'See what it names.', cause });
}
