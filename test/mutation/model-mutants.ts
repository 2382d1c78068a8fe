import { z } from 'zod';
import type { Destination } from '../../src/model/destination.ts';
import { MODEL_KINDS, type Model, type ModelKind, modelKinds } from '../../src/model/kinds.ts';
import { ref } from '../../src/model/ref.ts';
import type { Mutant } from './mutant.ts';
import type { Random } from './random.ts';

type Value = unknown;
type Path = readonly (string | number)[];

/** Fields that name an object of another kind. */
const NAMES: Readonly<Record<string, ModelKind>> = {
  announcement: 'recording',
  recording: 'recording',
  joinAnnouncement: 'recording',
  agentAnnouncement: 'recording',
  retryPrompt: 'recording',
  lastPrompt: 'recording',
  confirmPrompt: 'recording',
  tooLatePrompt: 'recording',
  dayRecording: 'recording',
  nightRecording: 'recording',
  musicClass: 'music-class',
  timeGroup: 'time-group',
  voicemail: 'mailbox',
  mailbox: 'mailbox',
  breakoutIvr: 'ivr',
};
/** Notes for people, and where a line stood: no call and no configuration depends on them. */
const NOTES = new Set(['description', 'name', 'at']);
const NAMES_THAT_SHOW = new Set<ModelKind>(['extension', 'mailbox']);
/** Lists whose order means nothing. */
const UNORDERED = new Set(['times', 'read', 'write', 'deny', 'permit', 'addresses', 'dynamicMembers', 'loggedIn', 'devices']);
/** So much of an object is shown. */
const SHOWN = 59;

/** Every small change of every object that is still a model: what a hand, a reader or a merge may get wrong. Not tuned to any box. */
export function modelMutants(model: Model, random: Random): Mutant[] {
  const found: Mutant[] = [];
  for (const kind of MODEL_KINDS) {
    for (const [id, object] of Object.entries(model[kind])) {
      const about = ref(kind, id);
      const add = (field: string, rule: string, what: string, changed: Value): void => {
        const next = changed === undefined ? null : valid(kind, changed);
        if (changed !== undefined && next === null) return;
        const { [id]: _, ...others } = model[kind] as Record<string, unknown>;
        const objects = next === null ? others : { ...model[kind], [id]: next };
        const mutated = { ...model, [kind]: objects } as unknown as Model;
        found.push({
          what: `${kind}/${id} ${what}`,
          rule: `${kind} ${`${field} ${rule}`.trim()}`,
          about,
          made: { in: 'model', model: mutated, kind, field },
        });
      };
      if (kind !== 'settings') add('', 'removed', 'removed', undefined);
      fields({ model, kind, random, add, object }, object, []);
    }
  }
  return [...found, ...secretMutants(model, random)];
}

interface At {
  readonly model: Model;
  readonly kind: ModelKind;
  readonly random: Random;
  readonly object: unknown;
  readonly add: (field: string, rule: string, what: string, changed: Value) => void;
}

/** All that can be changed in a value, one thing at a time. */
function fields(at: At, value: Value, path: Path): void {
  if (Array.isArray(value)) list(at, value, path);
  else if (isObject(value) && typeof value['to'] === 'string') change(at, path, value, otherDestination(at, value as Destination));
  else if (isObject(value)) for (const [key, inner] of Object.entries(value)) fields(at, inner, [...path, key]);
  else scalar(at, value, path);
}

function scalar(at: At, value: Value, path: Path): void {
  const field = String(path.findLast((p) => typeof p === 'string') ?? '');
  if (NOTES.has(field) && !(field === 'name' && NAMES_THAT_SHOW.has(at.kind))) return;
  if (typeof value === 'boolean') change(at, path, value, !value);
  else if (typeof value === 'number') change(at, path, value, value <= 0 ? 7 : value * 2 + 3);
  else if (field in NAMES) change(at, path, value, otherName(at, NAMES[field] as ModelKind, value));
  else if (typeof value === 'string') change(at, path, value, otherText(at, path, value));
}

function list(at: At, value: readonly unknown[], path: Path): void {
  const field = path.filter((p) => typeof p === 'string').join('.');
  value.forEach((one, i) => {
    const shown = isObject(one) ? JSON.stringify(one).slice(0, SHOWN) : String(one);
    at.add(field, 'dropped', `${field} without ${shown}`, put(at.object, path, value.toSpliced(i, 1)));
    fields(at, one, [...path, i]);
  });
  const [first, second, ...others] = value;
  if (second === undefined || UNORDERED.has(field)) return;
  if (isObject(first) && isObject(second) && 'destination' in first && 'destination' in second) {
    const swapped = [{ ...first, destination: second['destination'] }, { ...second, destination: first['destination'] }, ...others];
    at.add(field, 'swapped', `${field}: the first two lead where the other did`, put(at.object, path, swapped));
  } else at.add(field, 'swapped', `${field}: the first two change places`, put(at.object, path, [second, first, ...others]));
}

function change(at: At, path: Path, from: Value, to: Value): void {
  if (to === undefined || JSON.stringify(to) === JSON.stringify(from)) return;
  const field = path.filter((p) => typeof p === 'string').join('.');
  at.add(field, '', `${path.join('.')} ${JSON.stringify(from)} -> ${JSON.stringify(to)}`, put(at.object, path, to));
}

/** Somewhere else that exists: an object of the model, or the end. */
function otherDestination({ model, random }: At, d: Destination): Destination {
  const all: Destination[] = [
    { to: 'end', how: d.to === 'end' && d.how === 'busy' ? 'congestion' : 'busy' },
    ...(
      [
        'ring-group',
        'ivr',
        'queue',
        'announcement',
        'time-condition',
        'language',
        'set-cid',
        'queue-priority',
        'recording-rule',
        'misc-destination',
      ] as const
    ).flatMap((to) => Object.keys(model[to]).map((id) => ({ to, id }))),
    ...Object.keys(model.extension).map((id) => ({ to: 'extension', id, by: 'direct' }) as const),
  ];
  return random.pick(all.filter((o) => JSON.stringify(o) !== JSON.stringify(d))) ?? { to: 'end', how: 'busy' };
}

function otherName({ model, random }: At, kind: ModelKind, now: Value): string | null {
  const others = Object.keys(model[kind]).filter((id) => id !== now);
  return random.pick(now === null ? others : [...others, null]) ?? null;
}

/** Of a word among several another; of a number another digit; of any other text one letter more. */
function otherText({ kind, object, random }: At, path: Path, text: string): string | undefined {
  const words = wordsOf(kind, put(object, path, '\u0000'), path);
  if (words.length > 0) return random.pick(words.filter((w) => w !== text));
  const digit = random.pick([...text.matchAll(/[0-9]/g)]);
  if (digit !== undefined) return `${text.slice(0, digit.index)}${(Number(digit[0]) + 1) % 10}${text.slice(digit.index + 1)}`;
  return text === '' && /callerId$/i.test(String(path.at(-1))) ? '74950000001' : `${text}X`;
}

/** The words that the schema allows at this place; none where any text may stand. */
function wordsOf(kind: ModelKind, object: unknown, path: Path): string[] {
  const result = z.safeEncode(modelKinds[kind] as z.ZodType, object as never);
  const issue = result.success ? undefined : result.error.issues.find((i) => i.path.join('.') === path.join('.'));
  return issue?.code === 'invalid_value' ? issue.values.map(String) : [];
}

/** The object as it is after it was written and read; null: it is no such object. */
function valid(kind: ModelKind, object: unknown): unknown {
  const schema = modelKinds[kind] as z.ZodType;
  const written = z.safeEncode(schema, object as never);
  if (!written.success) return null;
  const read = schema.safeParse(written.data);
  return read.success ? read.data : null;
}

/** A copy with another value at a place. */
function put(object: unknown, path: Path, value: Value): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (Array.isArray(object)) return object.with(Number(first), put(object[Number(first)], rest, value));
  return { ...(object as object), [first]: put((object as Record<string, unknown>)[String(first)], rest, value) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Another PIN or password, or none. */
function secretMutants(model: Model, random: Random): Mutant[] {
  return random.shuffled(Object.entries(model.secrets)).map(([key, secret]) => {
    const [kind = '', ...rest] = key.split('/');
    const id = rest.slice(0, -1).join('/');
    const secrets = {
      ...model.secrets,
      [key]: /^[0-9]+$/.test(secret) ? String((Number(secret) + 1) % 10 ** secret.length).padStart(secret.length, '0') : `${secret}x`,
    };
    const about = ref(kind as ModelKind, id);
    return {
      what: `secret ${key} changed`,
      rule: `secret ${kind} ${rest.at(-1)}`,
      about,
      made: { in: 'model', model: { ...model, secrets }, kind: 'secret', field: key },
    };
  });
}
