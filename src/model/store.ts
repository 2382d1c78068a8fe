import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closest, distance } from 'fastest-levenshtein';
import { type Document, isMap, isNode, LineCounter, parseDocument, stringify } from 'yaml';
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
 * @throws MigrateError E_MODEL_MISSING, E_MODEL_SYNTAX (file:line:column), E_MODEL_SHAPE (file:line:column).
 */
export async function readModel(dir: string): Promise<Model> {
  await refuseMistyped(dir);
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
  return { ...objects, secrets: secrets === null ? {} : check(secretsSchema, secrets) } as unknown as Model;
}

async function readKind(dir: string, kind: ModelKind): Promise<unknown> {
  const read = await readYaml(join(dir, `${kind}.yaml`));
  return read === null ? {} : check(z.record(z.string(), modelKinds[kind] as z.ZodType), read);
}

/** A file of the model, and where things stand in it. */
interface YamlFile {
  readonly path: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** null where the file is not there. */
async function readYaml(path: string): Promise<YamlFile | null> {
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
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: true, lineCounter: lines });
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
  return { path, document, lines };
}

function check<S extends z.ZodType>(schema: S, file: YamlFile): z.output<S> {
  const result = schema.safeParse(file.document.toJS() ?? {});
  if (result.success) return result.data;
  // a name that is wrong is why another is missing
  const issue = result.error.issues.find((i) => i.code === 'unrecognized_keys') ?? result.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const place = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].map(String);
  throw new MigrateError({
    code: 'E_MODEL_SHAPE',
    where: `${file.path}${lineOf(file, place)}: ${place.join('.')}`,
    why: unknown === undefined ? (issue?.message ?? 'not of the expected shape') : notAField(unknown, schema),
    hint: 'See the JSON Schema of the file in schema/, or extract again to compare.',
  });
}

function notAField(name: string, schema: z.ZodType): string {
  return `there is no field '${name}' here${meantFor(name, fieldsOf(z.toJSONSchema(schema, { io: 'input' })))}`;
}

/** Names of all fields, at any depth. */
function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own =
    'properties' in schema && typeof schema.properties === 'object' && schema.properties !== null ? Object.keys(schema.properties) : [];
  return [...own, ...Object.values(schema).flatMap(fieldsOf)];
}

/** Names that differ in so many letters may be one mistyped. */
const MISTYPED = 3;

function meantFor(name: string, names: readonly string[]): string {
  const near = names.length === 0 ? null : closest(name, names as string[]);
  return near !== null && distance(name, near) <= MISTYPED ? `; did you mean '${near}'?` : '';
}

/** A file whose name is nearly a kind's would be left out without a word. @throws MigrateError E_MODEL_SHAPE */
async function refuseMistyped(dir: string): Promise<void> {
  const known = [...MODEL_KINDS.map((kind) => `${kind}.yaml`), 'secrets.yaml'];
  for (const name of await readdir(dir).catch(() => [])) {
    if (!/\.ya?ml$/.test(name) || known.includes(name)) continue;
    const meant = meantFor(name, known);
    if (meant === '') continue;
    throw new MigrateError({
      code: 'E_MODEL_SHAPE',
      where: join(dir, name),
      why: `no kind of object has a file of that name${meant}`,
      hint: 'Rename the file, or take it out of the model folder.',
    });
  }
}

/** ':12:3', of the innermost part of the path that stands in the file; '' for the file as a whole. */
function lineOf(file: YamlFile, place: readonly string[]): string {
  for (let depth = place.length; depth > 0; depth--) {
    const within = file.document.getIn(place.slice(0, depth - 1), true) ?? file.document.contents;
    const pair = isMap(within) ? within.items.find((item) => String(item.key) === place[depth - 1]) : undefined;
    const node = pair?.key ?? file.document.getIn(place.slice(0, depth), true);
    if (!isNode(node) || node.range == null) continue;
    const { line, col } = file.lines.linePos(node.range[0]);
    return `:${line}:${col}`;
  }
  return '';
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
