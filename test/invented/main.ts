import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inventBox } from './invented-box.ts';
import { SHAPES } from './shape.ts';
import { astdbText, sqlText } from './written.ts';

/** Writes a box folder that nobody has seen: SHAPE=2.8|2.11|issabel EXTENSIONS= SEED= OUT=; FAULTS=no leaves out what is broken. */
const env = process.env;
const shape = SHAPES.find((s) => s === env['SHAPE']) ?? '2.11';
const out = env['OUT'] || 'invented';
const box = inventBox({
  shape,
  extensions: Number(env['EXTENSIONS'] || 40),
  seed: Number(env['SEED'] || 1),
  faults: env['FAULTS'] !== 'no',
});
const files: Record<string, string> = {
  'asterisk.sql': sqlText(box.tables),
  'astdb.txt': astdbText(box.astdb),
  'etc/sysconfig/clock': 'ZONE="Europe/Berlin"\n',
};
for (const [name, text] of Object.entries(box.etc)) files[`etc/asterisk/${name}`] = text;
for (const [path, text] of Object.entries(files)) {
  await mkdir(dirname(join(out, path)), { recursive: true });
  await writeFile(join(out, path), text);
}
