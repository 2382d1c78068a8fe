import { readFile } from 'node:fs/promises';
import type { AstDbKey } from '../../box/astdb.ts';
import { type BoxOptions, type OpenBoxFiles, openBoxFiles } from '../../box/box.ts';
import type { Context } from '../../context.ts';
import type { TarEntry } from '../../engine/container.ts';
import { convertOldAstDb } from '../../engine/old-astdb.ts';

/** Of an old box, what its clone is made of. Holds its secrets. */
export interface OldBox {
  /** Text of each file by its path in the box, 'etc/asterisk/sip.conf'. */
  readonly files: ReadonlyMap<string, string>;
  readonly astdb: readonly AstDbKey[];
  /** Prompts, music and AGI scripts, where the box has them. */
  readonly media: readonly TarEntry[];
}

/**
 * Reads an old box for its clone; its tables do not matter there.
 * @returns null where the source holds no dialplan
 * @throws MigrateError E_SOURCE..., E_ARCHIVE..., E_ASTDB; Interrupted
 */
export async function readOldBox(source: string, o: BoxOptions, c: Context): Promise<OldBox | null> {
  const box = await openBoxFiles(source, o, (old) => convertOldAstDb(old, c), c);
  try {
    if (box.etc?.get('extensions.conf')?.text === undefined) return null;
    const files = [...box.etc].flatMap(([path, { text }]) => (text === null ? [] : [[`etc/asterisk/${path}`, whole(text)] as const]));
    return { files: new Map(files), astdb: box.astdb ?? [], media: await mediaOf(box) };
  } finally {
    await box.close();
  }
}

async function mediaOf({ sounds, music, scripts }: OpenBoxFiles): Promise<TarEntry[]> {
  const home = 'var/lib/asterisk';
  const all = [
    ...[...sounds].map(([path, from]) => ({ path: `${home}/sounds/${path}`, from, mode: 0o644 })),
    ...[...music.files].map(([path, from]) => ({ path: `${home}/${path}`, from, mode: 0o644 })),
    ...[...scripts].map(([path, { path: from }]) => ({ path: `${home}/agi-bin/${path}`, from, mode: 0o755 })),
  ];
  return Promise.all(all.map(async ({ path, from, mode }) => ({ path, content: await readFile(from), mode })));
}

/** Every line ends, by a line feed alone. */
function whole(text: string): string {
  const lines = text.replaceAll('\r\n', '\n');
  return lines === '' || lines.endsWith('\n') ? lines : `${lines}\n`;
}
