import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { MigrateError } from '../error.ts';
import { MODEL_KINDS, type Model, type ModelKind, modelKinds, naturalOrder } from './kinds.ts';
import type { OutputFolder } from './output-folder.ts';

/** Marker of a model folder: `{ path: sha256 }` of what extract wrote. */
export const MODEL_MARKER = '.written.json';
const secretsSchema = z.record(z.string(), z.string());

/** Model files as text, by name: a file a kind, sorted by key, the same bytes for the same model. Secrets are mode 0600. */
export function modelFiles(model: Model): { path: string; content: string; mode: number }[] {
  const files: { path: string; content: string; mode: number }[] = [];
  for (const kind of MODEL_KINDS) {
    const encoded = Object.fromEntries(
      inOrder(model[kind] as Record<string, unknown>).map(([id, object]) => [id, z.encode(modelKinds[kind] as z.ZodType, object)]),
    );
    if (Object.keys(encoded).length > 0)
      files.push({
        path: `${kind}.yaml`,
        content: `# yaml-language-server: $schema=schema/${kind}.schema.json\n${toYaml(encoded)}`,
        mode: 0o644,
      });
  }
  files.push({ path: 'secrets.yaml', content: toYaml(Object.fromEntries(inOrder(model.secrets))), mode: 0o600 });
  return files;
}

export async function writeModel(folder: OutputFolder, model: Model): Promise<void> {
  for (const file of modelFiles(model)) await folder.write(file.path, file.content, file.mode);
}

/**
 * Reads a model folder. Every file is checked against its schema.
 * @throws MigrateError E_MODEL_MISSING, E_MODEL_SYNTAX (file:line:column), E_MODEL_SHAPE (file and the path within it).
 */
export async function readModel(dir: string): Promise<Model> {
  const objects: Record<string, unknown> = {};
  for (const kind of MODEL_KINDS) objects[kind] = await readKind(dir, kind);
  if (Object.keys(objects['settings'] as object).length === 0) {
    throw new MigrateError({
      code: 'E_MODEL_MISSING',
      where: dir,
      why: 'no settings.yaml there, so this is no model',
      hint: 'Name a folder that `migrate extract` wrote.',
    });
  }
  const secrets = await readYaml(join(dir, 'secrets.yaml'));
  return { ...objects, secrets: check(secretsSchema, secrets ?? {}, join(dir, 'secrets.yaml')) } as unknown as Model;
}

async function readKind(dir: string, kind: ModelKind): Promise<unknown> {
  const path = join(dir, `${kind}.yaml`);
  const read = await readYaml(path);
  return read === null ? {} : check(z.record(z.string(), modelKinds[kind] as z.ZodType), read, path);
}

/** null where the file is not there. */
async function readYaml(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new MigrateError({
      code: 'E_MODEL_MISSING',
      where: path,
      why: `cannot be read (${error.code})`,
      hint: 'Check the rights of the file.',
      cause: error,
    });
  });
  if (text === null) return null;
  // failsafe: every scalar is text, so that 0101 and +7495 stay what they are
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: true });
  const error = document.errors[0];
  if (error !== undefined) {
    const line = error.linePos?.[0];
    throw new MigrateError({
      code: 'E_MODEL_SYNTAX',
      where: line === undefined ? path : `${path}:${line.line}:${line.col}`,
      why: error.message.split('\n')[0] ?? 'not YAML',
      hint: 'Correct the file; an editor with the YAML schemas shows the place.',
    });
  }
  return document.toJS();
}

function check<S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new MigrateError({
    code: 'E_MODEL_SHAPE',
    where: `${where}: ${issue?.path.join('.') ?? ''}`,
    why: issue?.message ?? 'not of the expected shape',
    hint: 'See the JSON Schema of the file, or extract again to compare.',
  });
}

function inOrder<T>(map: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(map).sort(([a], [b]) => naturalOrder(a, b));
}

function toYaml(value: object): string {
  // no block scalars: what stands at the end of a text of several lines is kept by quotes alone
  const text = stringify(value, { schema: 'failsafe', lineWidth: 0, blockQuote: false });
  // a byte order mark at the very start is not read as text
  return text.startsWith('\uFEFF') ? `---\n${text}` : text;
}
