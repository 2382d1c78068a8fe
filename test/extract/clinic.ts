import { existsSync } from 'node:fs';
import { copyFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { silentContext } from '../../src/context.ts';
import { type ExtractOptions, type ExtractResult, extract } from '../../src/extract/extract.ts';

/** The bundled box; before it is bundled, the sample that it is a copy of. */
export function clinic(): string {
  const bundled = resolve('test/boxes/clinic');
  return existsSync(bundled) ? bundled : resolve('../shared/samples/clinic');
}

/** Extracts the clinic with a dump of its own: another file, or changed by `change`. */
export async function extractClinic(
  o: { dump?: string; change?: (sql: string) => string; options?: ExtractOptions } = {},
): Promise<ExtractResult & { out: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'migrate-clinic-'));
  await cp(join(clinic(), 'etc'), join(folder, 'box/etc'), { recursive: true });
  await cp(join(clinic(), 'var/lib/asterisk'), join(folder, 'box/var/lib/asterisk'), { recursive: true });
  await copyFile(join(clinic(), 'astdb.sqlite3'), join(folder, 'box/astdb.sqlite3'));
  // bytes must stay what they are, whatever charset they are in
  const sql = await readFile(join(clinic(), o.dump ?? 'asterisk.sql'), 'latin1');
  await writeFile(join(folder, 'box/asterisk.sql'), o.change?.(sql) ?? sql, 'latin1');
  const out = join(folder, 'model');
  const result = await extract(join(folder, 'box'), out, o.options ?? {}, silentContext());
  return { ...result, out, remove: () => rm(folder, { recursive: true }) };
}
