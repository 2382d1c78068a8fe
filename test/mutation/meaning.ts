import type { Destination } from '../../src/model/destination.ts';
import { example } from '../../src/model/dial-pattern.ts';
import { MODEL_KINDS, type Model } from '../../src/model/kinds.ts';
import { numbering } from '../../src/model/numbering.ts';
import type { Ref } from '../../src/model/ref.ts';
import { whole } from '../../src/model/routing.ts';
import { fromExtension, fromOutside, type Situation } from '../../src/model/walk/situation.ts';
import { dialled, fromCarrier, walk } from '../../src/model/walk.ts';
import type { Random } from './random.ts';

/** Calls with everything left to chance that a call depends on; and further ones that begin at the changed object, or with it. */
const CALLS = 8000;
const AIMED = 4000;
const MOST_KEYS = 6;
const EXAMPLES = 6;

interface Call {
  readonly from: Destination;
  readonly at: Situation;
}

/**
 * What a model means for calls, tried on thousands of them: a change that makes no difference to any, though walk() does look at the field, is no
 * defect on this box (a time of a telephone that has nowhere to go on to, a flag of a menu that no other leads to).
 */
export class Meaning {
  private readonly model: Model;
  private readonly random: Random;
  private readonly calls: readonly Call[];
  private readonly outcomes: readonly string[];
  /** 'queue.members.penalty': fields that walk() has looked at. */
  private readonly fields = new Set<string>();

  constructor(model: Model, random: Random) {
    this.model = model;
    this.random = random;
    const begins = beginnings(model);
    this.calls = Array.from({ length: CALLS }, () => aCall(model, begins, random));
    this.outcomes = walked(watched(model, this.fields), this.calls);
  }

  /** True where the changed model means the same for every call, and the field is one that calls depend on at all. */
  isSame(mutated: Model, kind: string, field: string, about: Ref): boolean {
    const path = field === '' ? kind : `${kind}.${field}`;
    const looked = [...this.fields].some((f) => f === path || f.startsWith(`${path}.`));
    return looked && same(walked(mutated, this.calls), this.outcomes) && this.isSameFor(mutated, about);
  }

  private isSameFor(mutated: Model, about: Ref): boolean {
    const { model, random } = this;
    const begins = beginningsAt(model, about);
    const from = about.kind === 'device' ? model.device[about.id]?.extension : about.kind === 'extension' ? about.id : null;
    const everywhere =
      from === null || from === undefined ? [] : beginnings(model).filter((d) => !('context' in d && d.context === 'from-trunk'));
    const aimed = [
      ...(begins.length === 0 ? [] : Array.from({ length: AIMED }, () => aCall(model, begins, random))),
      ...(everywhere.length === 0 ? [] : Array.from({ length: AIMED }, () => aCall(model, everywhere, random, from))),
    ];
    return same(walked(mutated, aimed), walked(model, aimed));
  }
}

function walked(model: Model, calls: readonly Call[]): string[] {
  const inside = numbering(model);
  return calls.map(({ from, at }) => JSON.stringify(walk(model, from, at, inside)));
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.every((outcome, i) => outcome === b[i]);
}

/** Where calls begin that this object has to do with: itself, or the numbers by which it is reached. */
function beginningsAt(model: Model, { kind, id }: Ref): Destination[] {
  switch (kind) {
    case 'extension':
    case 'follow-me':
      return [dialled(id), { to: 'extension', id, by: 'direct' }];
    case 'ring-group':
    case 'queue':
    case 'conference':
    case 'ivr':
    case 'announcement':
    case 'time-condition':
    case 'call-flow':
    case 'parking':
    case 'directory':
    case 'dynamic-route':
    case 'disa':
    case 'callback':
    case 'voicemail-blast':
    case 'language':
    case 'set-cid':
    case 'queue-priority':
    case 'recording-rule':
    case 'misc-destination':
    case 'misc-application':
      return [{ to: kind, id }];
    case 'inbound-route': {
      const did = model['inbound-route'][id]?.did ?? '';
      const number = did === '' ? '5550000' : example(did);
      return number === null ? [] : [fromCarrier(number)];
    }
    case 'outbound-route':
    case 'trunk': {
      const routes = Object.entries(model['outbound-route']).filter(
        ([route, r]) => route === id || (kind === 'trunk' && r.trunks.includes(id)),
      );
      return routes.flatMap(([, r]) => r.patterns.flatMap((p) => numbersOf(whole(p)).map(dialled)));
    }
    default:
      return [];
  }
}

/** A few numbers that a pattern takes. */
function numbersOf(pattern: string): string[] {
  const found = new Set<string>();
  for (let i = 0; i < EXAMPLES; i++) {
    const next = example(pattern, (n) => found.has(n));
    if (next !== null) found.add(next);
  }
  return [...found];
}

/** Where calls begin: whatever can be dialled inside, numbers that routes take, numbers that carriers send. */
function beginnings(model: Model): Destination[] {
  const routes = Object.values(model['outbound-route']).flatMap((r) => r.patterns.map((p) => example(whole(p))));
  const dids = Object.values(model['inbound-route']).map((r) => (r.did === '' ? '5550000' : example(r.did)));
  return [
    ...[...numbering(model).numbers.keys()].map(dialled),
    ...routes.flatMap((n) => (n === null ? [] : [dialled(n)])),
    ...dids.flatMap((n) => (n === null ? [] : [fromCarrier(n), fromCarrier(n), fromCarrier(n)])),
  ];
}

function aCall(model: Model, begins: readonly Destination[], random: Random, caller: string | null = null): Call {
  const from = random.pick(begins) ?? dialled('1');
  const extensions = Object.keys(model.extension);
  const behaviours = ['answer', 'answer', 'answer-only', 'busy', 'ignore', 'ignore', 'refuse', 'offline'] as const;
  const salt = Math.floor(random.next() * 1e6);
  const common: Partial<Situation> = {
    time: moment(model, random),
    state: aState(model, extensions, random),
    phones: (leg, number) => behaviours[hash(`${salt} ${leg.kind} ${leg.id} ${number}`) % behaviours.length] ?? 'ignore',
    keys: Array.from({ length: Math.floor(random.next() * MOST_KEYS) }, () => random.pick(keyPool(model, extensions)) ?? ''),
  };
  // an object that others lead to is reached from outside as well
  const outside = 'context' in from ? from.context === 'from-trunk' : caller === null && random.next() < 0.5;
  const strangers = [
    '79160001122',
    '',
    ...Object.values(model['inbound-route']).flatMap((r) => (r.callerId === '' ? [] : (example(r.callerId) ?? []))),
  ];
  const at = outside
    ? fromOutside(random.pick([...strangers, ...Object.keys(model.blacklist)]) ?? '', 'Outside', common)
    : fromExtension(caller ?? random.pick(extensions) ?? '1', common);
  return { from, at };
}

/** Any minute of a fortnight, or the edges of hours that the model has. */
function moment(model: Model, random: Random): string {
  const edges = Object.values(model['time-group']).flatMap((g) => g.times.flatMap((t) => t.hours.match(/\d{2}:\d{2}/g) ?? []));
  const two = (n: number): string => String(n).padStart(2, '0');
  const clock = random.next() < 0.5 ? random.pick(edges) : undefined;
  const day = two(1 + Math.floor(random.next() * 28));
  const month = two(1 + Math.floor(random.next() * 12));
  return `2026-${month}-${day} ${clock ?? `${two(Math.floor(random.next() * 24))}:${two(Math.floor(random.next() * 60))}`}`;
}

function aState(model: Model, extensions: readonly string[], random: Random): Situation['state'] {
  const some = <T>(ids: readonly string[], value: () => T): Record<string, T> =>
    Object.fromEntries(ids.flatMap((id) => (random.next() < 0.3 ? [[id, value()]] : [])));
  const other = (): string | null => (random.next() < 0.5 ? null : (random.pick(extensions) ?? null));
  return {
    extensions: some(extensions, () => ({
      inCall: random.next() < 0.3,
      callWaiting: random.next() < 0.5,
      doNotDisturb: random.next() < 0.2,
      forwardAlways: random.next() < 0.8 ? null : other(),
      forwardBusy: other(),
      forwardUnavailable: other(),
    })),
    trunks: some(Object.keys(model.trunk), () => Math.floor(random.next() * 40)),
    callFlows: some(Object.keys(model['call-flow']), () => random.pick(['day', 'night'] as const) ?? 'day'),
    timeConditions: some(Object.keys(model['time-condition']), () => random.pick([null, 'matched', 'unmatched'] as const) ?? null),
    followMe: some(Object.keys(model['follow-me']), () => random.next() < 0.7),
    waiting: some(Object.keys(model.queue), () => Math.floor(random.next() * 12)),
    messages: some(Object.keys(model.mailbox), () => Math.floor(random.next() * 3)),
    conferences: some(Object.keys(model.conference), () => ({ people: Math.floor(random.next() * 12), leader: random.next() < 0.5 })),
    loggedIn: some(Object.keys(model.queue), () => [{ kind: 'number', number: random.pick(extensions) ?? '1', penalty: 0 }] as const),
  };
}

function keyPool(model: Model, extensions: readonly string[]): string[] {
  const menus = Object.values(model.ivr).flatMap((i) => i.entries.map((e) => e.keys));
  const pins = Object.entries(model.secrets).flatMap(([key, secret]) => (/(pin|password)$/.test(key) ? [`${secret}#`] : []));
  return ['', '', '1', '9', '#', '*', ...menus, ...menus, ...pins, ...extensions];
}

function hash(text: string): number {
  let h = 2166136261;
  for (const c of text) h = Math.imul(h ^ c.charCodeAt(0), 16777619) >>> 0;
  return h;
}

/** The model, telling which fields of it are looked at. */
function watched(model: Model, fields: Set<string>): Model {
  const watch = (value: unknown, path: string): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    return new Proxy(value, {
      get: (target, key) => {
        const inner = Reflect.get(target, key) as unknown;
        if (typeof key !== 'string' || typeof inner === 'function') return inner;
        const at = Array.isArray(target) ? path : `${path}.${key}`;
        fields.add(at);
        return watch(inner, at);
      },
    });
  };
  const kinds = MODEL_KINDS.map((kind) => [
    kind,
    Object.fromEntries(Object.entries(model[kind]).map(([id, object]) => [id, watch(object, kind)])),
  ]);
  return { ...model, ...Object.fromEntries(kinds) };
}
