import { MigrateError } from '../error.ts';
import { type Finding, finding } from '../finding.ts';
import { emptyModel, MODEL_KINDS, type Model, type ModelKind, settingsOf } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import type { Settings } from '../model/settings.ts';

/** A longer text is nobody's name: it is cut. */
const LONGEST_TEXT = 1000;

/** A model, and what had to be changed in it or left out of it so that Asterisk's files can hold it. */
export interface Writable {
  readonly model: Model;
  readonly findings: readonly Finding[];
}

/**
 * The model with texts that a line of a configuration file can hold: line breaks and control characters become spaces, a very long text is
 * cut. Secrets stay: one that cannot be written takes its object with it.
 */
export function withWritableTexts(model: Model): Writable {
  const findings: Finding[] = [];
  const kinds = MODEL_KINDS.map((kind) => {
    const objects = Object.entries(model[kind]).map(([id, object]) => {
      const cleaned = changed(object, cleanText);
      if (JSON.stringify(cleaned) !== JSON.stringify(object)) findings.push(textChanged(kind, id));
      return [id, cleaned];
    });
    return [kind, Object.fromEntries(objects)];
  });
  return { model: { ...model, ...Object.fromEntries(kinds) }, findings };
}

function textChanged(kind: ModelKind, id: string): Finding {
  return finding('TEXT_CHANGED', {
    about: ref(kind, id),
    means: 'A text of it holds line breaks, control characters, white space at an end or far too much: telephones show it without them.',
  });
}

/** Every text of a value changed. */
function changed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => changed(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, changed(held, change)]));
}

function cleanText(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, ' ').replace(/\p{Surrogate}/gu, '?');
  return [...line].length > LONGEST_TEXT ? [...line].slice(0, LONGEST_TEXT).join('') : line;
}

/** Tries to write a model. @throws MigrateError of isUnwritable where something in it cannot be written. */
export type TryToWrite = (model: Model) => Promise<unknown>;

/**
 * The model without the objects that no configuration file can hold, each found by trying it alone: a number with a comma, a name that ends a section. What is
 * left out is an error finding; it does not stop the others from being carried.
 * @throws what `write` throws where no single object is to blame.
 */
export async function withoutUnwritable(model: Model, write: TryToWrite): Promise<Writable> {
  const trouble = await troubleOf(model, write);
  if (trouble === null) return { model, findings: [] };
  const { settings, reset } = await writableSettings(model, write);
  const alone = { ...emptyModel(), settings: { pbx: settings }, secrets: model.secrets };
  const objects: Record<string, Record<string, unknown>> = {};
  const findings = reset.map((field) =>
    finding('OBJECT_UNWRITABLE', {
      about: ref('settings', 'pbx'),
      where: field,
      means: `The setting '${field}' cannot be written, so its default holds.`,
    }),
  );
  for (const kind of MODEL_KINDS) {
    if (kind === 'settings') continue;
    const kept: Record<string, unknown> = {};
    for (const [id, object] of Object.entries(model[kind])) {
      const tried = await writableObject(kind, id, object, (held) => troubleOf({ ...alone, [kind]: { [id]: held } }, write));
      if (tried.object !== null) kept[id] = tried.object;
      findings.push(...tried.findings);
    }
    objects[kind] = kept;
  }
  const left: Model = { ...model, ...objects, settings: { pbx: settings } };
  const still = await troubleOf(left, write);
  if (still !== null) throw still;
  return { model: left, findings };
}

/** The object as it can be written: as it is, without white space at the ends of its texts, or not at all (null). */
async function writableObject(
  kind: ModelKind,
  id: string,
  object: unknown,
  trouble: (object: unknown) => Promise<Error | null>,
): Promise<{ object: unknown; findings: Finding[] }> {
  const why = await trouble(object);
  if (why === null) return { object, findings: [] };
  const trimmed = changed(object, (text) => text.trim());
  if ((await trouble(trimmed)) === null) return { object: trimmed, findings: [textChanged(kind, id)] };
  const means = `It is not on the new PBX, and calls that come to it end: ${reason(why)}.`;
  return { object: null, findings: [finding('OBJECT_UNWRITABLE', { about: ref(kind, id), means })] };
}

async function troubleOf(model: Model, write: TryToWrite): Promise<Error | null> {
  try {
    await write(model);
    return null;
  } catch (error) {
    if (error instanceof Error && isUnwritable(error)) return error;
    throw error;
  }
}

/** A value of the model that has no place in a file: not a defect of a template. */
export function isUnwritable(error: Error): boolean {
  if (!(error instanceof MigrateError)) return false;
  if (error.code === 'E_UNREPRESENTABLE') return true;
  return (
    error.code === 'E_TEMPLATE' && (error.cause instanceof TypeError || (error.cause instanceof MigrateError && isUnwritable(error.cause)))
  );
}

function reason(error: Error): string {
  const inner = error.cause instanceof MigrateError ? error.cause.why : error.cause instanceof Error ? error.cause.message : error.message;
  return inner.replace(/\.$/, '');
}

/** Settings that cannot be left out: a field that cannot be written takes its default. */
async function writableSettings(model: Model, write: TryToWrite): Promise<{ settings: Settings; reset: string[] }> {
  const defaults = settingsOf(emptyModel());
  const alone = (settings: Settings): Model => ({ ...emptyModel(), settings: { pbx: settings } });
  let settings = settingsOf(model);
  const reset: string[] = [];
  for (const field of Object.keys(defaults) as (keyof Settings)[]) {
    if ((await troubleOf(alone({ ...defaults, [field]: settings[field] }), write)) === null) continue;
    settings = { ...settings, [field]: defaults[field] };
    reset.push(field);
  }
  return { settings, reset };
}
