import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Context } from '../../context.ts';
import { MigrateError } from '../../error.ts';
import type { Installed } from './installed.ts';

const run = promisify(execFile);

/** A Debian package before it is packed. */
export interface Deb {
  readonly control: string;
  /** preinst, postinst, prerm, postrm: by name. */
  readonly scripts: Readonly<Record<string, string>>;
  readonly conffiles: readonly string[];
  readonly files: readonly Installed[];
}

/**
 * Packs it with dpkg-deb, everything owned by root. @returns the package's bytes; the same for the same files where SOURCE_DATE_EPOCH is set
 * @throws MigrateError E_NO_DPKG (exit 3) where the machine has no dpkg-deb, E_PACKAGE with what it said
 */
export async function packDeb(deb: Deb, c: Context): Promise<Uint8Array> {
  const work = await mkdtemp(join(tmpdir(), 'migrate-package-'));
  const [root, packed] = [join(work, 'root'), join(work, 'packed.deb')];
  try {
    await layOut(root, deb);
    // xz would take longer than all the rest
    await run('dpkg-deb', ['--root-owner-group', '-Zgzip', '--build', root, packed], { signal: c.signal });
    return await readFile(packed);
  } catch (cause) {
    throw told(cause);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function layOut(root: string, deb: Deb): Promise<void> {
  const list = deb.conffiles.map((path) => `/${path}\n`).join('');
  const own: Installed[] = [
    { path: 'DEBIAN/control', content: Buffer.from(deb.control), mode: 0o644 },
    { path: 'DEBIAN/conffiles', content: Buffer.from(list), mode: 0o644 },
    ...Object.entries(deb.scripts).map(([name, text]) => ({ path: `DEBIAN/${name}`, content: Buffer.from(text), mode: 0o755 })),
  ];
  for (const file of [...own, ...deb.files]) {
    const path = join(root, file.path);
    await mkdir(dirname(path), { recursive: true, mode: 0o755 });
    await writeFile(path, file.content);
    // not left to the umask
    await chmod(path, file.mode);
  }
}

function told(cause: unknown): unknown {
  const { code, stderr } = cause as { code?: unknown; stderr?: string };
  if (code === 'ENOENT') {
    return new MigrateError({
      code: 'E_NO_DPKG',
      where: 'dpkg-deb',
      why: 'the machine has none, so it is no Debian',
      hint: 'Run the kit on Debian or Ubuntu.',
      exit: 3,
      cause,
    });
  }
  if (typeof stderr !== 'string') return cause;
  return new MigrateError({ code: 'E_PACKAGE', why: `dpkg-deb refuses: ${stderr.trim()}`, hint: 'See what it names.', cause });
}
