import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { MigrateError } from '../error.ts';
import type { Model } from './kinds.ts';
import { sha256 } from './output-folder.ts';
import { readModel } from './store.ts';

/** BUILD/manifest.json: what render wrote, and why each file is there. verify reads BUILD alone. */
export const manifest = z.strictObject({
  schema: z.literal(1),
  /** Of the model that was rendered; a copy of it lies in BUILD/.model. */
  modelSha256: z.string(),
  /** Prompt files that the configuration plays, without extension, relative to the sounds folder. */
  sounds: z.array(z.string()),
  files: z.array(
    z.strictObject({
      /** Relative to BUILD, for example 'etc/asterisk/pjsip_wizard.conf'. */
      path: z.string(),
      sha256: z.string(),
      /** Octal text, for example '0640'. */
      mode: z.string(),
      /** True: it holds a secret, and is shown to nobody. */
      secret: z.boolean(),
      /** Objects that stand in it: 'extension/101'. */
      from: z.array(z.strictObject({ kind: z.string(), id: z.string() })),
    }),
  ),
});
export type Manifest = z.output<typeof manifest>;

/** A file of a build, as it will be installed; null: a folder. */
interface BuildFile {
  readonly path: string;
  readonly content: Uint8Array | null;
  readonly mode: number;
}

/** A rendered build: the files that will be installed, and the copy of the model that they were made from. */
export interface Build {
  readonly dir: string;
  readonly manifest: Manifest;
  readonly model: Model;
  readonly entries: readonly BuildFile[];
}

/**
 * Reads BUILD. A file that is not as render wrote it is told: what is tested must be what is installed.
 * @throws MigrateError E_BUILD_MISSING, E_BUILD_DAMAGED (manifest), E_MODEL_* (its copy of the model).
 */
export async function readBuild(dir: string): Promise<Build> {
  const path = join(dir, 'manifest.json');
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new MigrateError({
      code: 'E_BUILD_MISSING',
      where: path,
      why: 'no manifest there, so this is no build',
      hint: 'Name a folder that `migrate render` wrote.',
      cause,
    });
  });
  const read = parse(text, path);
  const entries: BuildFile[] = [];
  for (const file of read.files) {
    const content = await readFile(join(dir, file.path)).catch((cause) => {
      throw new MigrateError({
        code: 'E_BUILD_DAMAGED',
        where: file.path,
        why: 'the manifest names the file, and it is not there',
        hint: 'Render again.',
        cause,
      });
    });
    entries.push({ path: file.path, content, mode: Number.parseInt(file.mode, 8) });
  }
  return { dir, manifest: read, model: await readModel(join(dir, '.model')), entries };
}

/** Files of the build that were edited after render wrote them. */
export function editedFiles(build: Build): string[] {
  const byPath = new Map(build.entries.map((e) => [e.path, e.content]));
  return build.manifest.files.filter((f) => sha256(byPath.get(f.path) ?? '') !== f.sha256).map((f) => f.path);
}

function parse(text: string, where: string): Manifest {
  try {
    return manifest.parse(JSON.parse(text));
  } catch (cause) {
    throw new MigrateError({
      code: 'E_BUILD_DAMAGED',
      where,
      why: 'the manifest is not of the expected shape',
      hint: 'Render again.',
      cause,
    });
  }
}
