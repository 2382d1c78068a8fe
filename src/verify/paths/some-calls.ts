import type { Destination } from '../../model/destination.ts';
import { example, matches } from '../../model/dial-pattern.ts';
import { keysOf, namesIn, partsOf } from '../../model/directory.ts';
import type { Model } from '../../model/kinds.ts';
import { numbering } from '../../model/numbering.ts';
import type { OutboundRoute } from '../../model/outbound-route.ts';
import { type RoutePattern, whole } from '../../model/routing.ts';
import { type Behaviour, fromExtension, fromOutside, type Situation } from '../../model/walk/situation.ts';
import { dialled, fromCarrier } from '../../model/walk.ts';
import { ENTERED } from '../static/entry.ts';
import type { Random } from './random.ts';

/** A call, and the circumstances of it. */
export interface SomeCall {
  readonly from: Destination;
  readonly at: Situation;
  /** A program begins it under an extension's number (AMI Originate): no telephone says whose call it is. */
  readonly byProgram: boolean;
}

const RUNG = new Set(['sip', 'iax2']);
/** How often something is otherwise with who is called. */
const OF_CALLED = 0.6;
/** How often a forward leaves the house, of a call from the house and of one from outside: only then is a stranger shown outside. */
const TO_OUTSIDE = { inside: 0.25, outside: 0.6 };
/** How often all carriers do the same: what comes after the last of them is seldom met otherwise. */
const ALL_CARRIERS = 0.25;
/** Of so many calls of extensions a program begins one. */
const ONE_BY_PROGRAM = 7;
const MOST_KEYS = 6;
const BEHAVIOURS: readonly Behaviour[] = [
  'answer',
  'answer',
  'answer-only',
  'busy',
  'ignore',
  'ignore',
  'ignore',
  'refuse',
  'wrong-number',
];

/** Calls with everything left to chance that a call depends on. */
export class SomeCalls {
  private readonly model: Model;
  private readonly random: Random;
  private readonly begins: readonly Destination[];
  private readonly extensions: readonly string[];
  private readonly hours: readonly string[];
  private readonly keys: readonly (readonly string[])[];
  private readonly strangers: readonly string[];
  /** Numbers that a route takes. */
  private readonly outside: readonly string[];
  private readonly numbers: ReadonlyMap<string, Destination>;

  constructor(model: Model, random: Random) {
    this.model = model;
    this.random = random;
    this.begins = beginnings(model);
    this.extensions = Object.keys(model.extension);
    this.hours = Object.values(model['time-group']).flatMap((g) => g.times.flatMap((t) => t.hours.match(/\d{2}:\d{2}/g) ?? []));
    this.keys = keyPool(model, this.extensions);
    const routes = Object.values(model['inbound-route']);
    this.outside = plain(routesNumbers(model));
    this.numbers = numbering(model).numbers;
    this.strangers = plain([
      '79160001122',
      '',
      ...routes.flatMap((r) => (r.callerId === '' ? [] : (example(r.callerId) ?? []))),
      ...Object.keys(model.blacklist),
    ]);
  }

  /** How many beginnings there are: so many calls begin at each once. */
  get count(): number {
    return this.begins.length;
  }

  /** The n-th: each beginning in turn. */
  call(n: number): SomeCall {
    const { model, random } = this;
    const from = this.begins[n % Math.max(1, this.begins.length)] ?? dialled('1');
    const salt = Math.floor(random.next() * 1e6);
    const off = random.next() < 0.4 ? 0 : 8;
    const isOffline = (leg: string): boolean => off > 0 && hash(`${salt} ${leg}`) % off === 0;
    const outside = 'context' in from ? from.context === 'from-trunk' : random.next() < 0.5;
    const carriers = random.next() < ALL_CARRIERS ? (random.pick([...BEHAVIOURS, 'offline' as const]) ?? null) : null;
    const common: Partial<Situation> = {
      time: this.moment(),
      state: this.state(isOffline, from.to === 'number' ? from.number : '', outside),
      phones: (leg, number) => {
        if (carriers !== null && leg.kind === 'trunk') return carriers;
        if (isOffline(`${leg.kind} ${leg.id}`)) return 'offline';
        return likely(leg.kind, BEHAVIOURS[hash(`${salt} ${leg.kind} ${leg.id} ${number}`) % BEHAVIOURS.length] ?? 'ignore');
      },
      keys: Array.from({ length: Math.floor(random.next() * MOST_KEYS) }, () => random.pick(this.keys) ?? []).flat(),
    };
    const callers = this.extensions.filter((id) =>
      (model.extension[id]?.devices ?? []).some((d) => RUNG.has(model.device[d]?.technology ?? '')),
    );
    const caller = random.pick(callers);
    const at =
      outside || caller === undefined
        ? fromOutside(random.pick(this.strangers) ?? '', random.next() < 0.3 ? '' : 'Outside', common)
        : fromExtension(caller, common);
    // codes are for people
    const forPrograms = 'number' in from && this.numbers.get(from.number)?.to !== 'feature-code';
    return { from, at, byProgram: at.caller.extension !== null && forPrograms && hash(`${salt} program`) % ONE_BY_PROGRAM === 0 };
  }

  /** Any minute of a year, or the edges of hours that the model has. */
  private moment(): string {
    const { random } = this;
    const two = (n: number): string => String(n).padStart(2, '0');
    const clock = random.next() < 0.5 ? random.pick(this.hours) : undefined;
    const day = two(1 + Math.floor(random.next() * 28));
    const month = two(1 + Math.floor(random.next() * 12));
    return `2026-${month}-${day} ${clock ?? `${two(Math.floor(random.next() * 24))}:${two(Math.floor(random.next() * 60))}`}`;
  }

  /** @param called the number that is dialled: who has it is looked at above all. */
  private state(isOffline: (leg: string) => boolean, called: string, outside: boolean): Situation['state'] {
    const { model, random, extensions } = this;
    const much = random.pick([0, 0.3, 0.7]) ?? 0;
    const some = <T>(ids: readonly string[], value: (id: string) => T): Record<string, T> =>
      Object.fromEntries(ids.flatMap((id) => (random.next() < (id === called ? OF_CALLED : much) ? [[id, value(id)]] : [])));
    // most forwards stay in the house; one that leaves it counts for the caller id
    const other = (): string | null =>
      random.next() < 0.5
        ? null
        : (random.pick(random.next() < TO_OUTSIDE[outside ? 'outside' : 'inside'] ? this.outside : extensions) ??
          random.pick(extensions) ??
          null);
    // who is away is in no call, nor who has no telephone of his own
    const isAway = (id: string): boolean =>
      (model.extension[id]?.devices ?? []).every((d) => isOffline(`device ${d}`) || !RUNG.has(model.device[d]?.technology ?? ''));
    return {
      extensions: some(extensions, (id) => ({
        inCall: random.next() < 0.4 && !isAway(id),
        callWaiting: random.next() < 0.5,
        doNotDisturb: random.next() < 0.25,
        forwardAlways: random.next() < 0.7 ? null : other(),
        forwardBusy: other(),
        forwardUnavailable: other(),
      })),
      trunks: some(Object.keys(model.trunk), () => Math.floor(random.next() * 40)),
      callFlows: some(Object.keys(model['call-flow']), () => random.pick(['day', 'night'] as const) ?? 'day'),
      timeConditions: some(
        Object.keys(model['time-condition']),
        () => random.pick([null, 'matched', 'unmatched', 'matched-sticky', 'unmatched-sticky'] as const) ?? null,
      ),
      followMe: some(Object.keys(model['follow-me']), () => random.next() < 0.7),
      waiting: some(Object.keys(model.queue), () => Math.floor(random.next() * 12)),
      conferences: some(Object.keys(model.conference), () => ({ people: Math.floor(random.next() * 12), leader: random.next() < 0.5 })),
      loggedIn: some(Object.keys(model.queue), () => [{ kind: 'number', number: random.pick(extensions) ?? '1', penalty: 0 }] as const),
      lastCallers: some(extensions, () => random.pick(['79160001122', ...extensions]) ?? ''),
      wakeUps: some(extensions, () => random.pick(['0730', '1410']) ?? null),
      ringing: some(extensions, () => random.pick(extensions) ?? ''),
    };
  }
}

/** Only a carrier says that there is no such number. */
function likely(kind: string, behaviour: Behaviour): Behaviour {
  return behaviour === 'wrong-number' && kind !== 'trunk' ? 'refuse' : behaviour;
}

function plain(numbers: readonly string[]): string[] {
  return numbers.filter((n) => /^\+?[0-9]*$/.test(n));
}

/**
 * Where calls begin: whatever can be dialled inside, numbers that routes take, numbers that carriers send; less often codes, which do one thing each, and objects, to
 * which most calls come by others.
 */
function beginnings(model: Model): Destination[] {
  const routes = routesNumbers(model);
  const dids = Object.values(model['inbound-route'])
    .map((r) => (r.did === '' ? '5550000' : example(r.did)))
    .filter((n) => n === null || /^[0-9+]+$/.test(n));
  // what can be keyed: names that an old table held in the place of a number are another check's
  const numbers = [...numbering(model).numbers.keys()].filter((n) => /^[0-9*#+]+$/.test(n));
  const objects: Destination[] = ENTERED.flatMap((to) =>
    Object.keys(model[to]).flatMap((id) => (isEntered(model, to, id) ? [{ to, id }] : [])),
  );
  const often = [
    ...numbers.filter((n) => !n.includes('*')).map(dialled),
    ...routes.map(dialled),
    ...dids.flatMap((n) => (n === null ? [] : [fromCarrier(n)])),
  ];
  return [...numbers.filter((n) => n.includes('*')).map(dialled), ...objects, ...often, ...often, ...often];
}

/** By a trunk alone goes a number that a carrier sent: without one it would dial nothing. An application is entered by its number. */
function isEntered(model: Model, to: (typeof ENTERED)[number], id: string): boolean {
  const trunk = model.trunk[id];
  if (to === 'trunk') return trunk?.disabled === true || !['sip', 'iax2', 'custom'].includes(trunk?.technology ?? '');
  return to !== 'misc-application';
}

/** A number of each pattern of each route, and of each rule by which one of its trunks sends it in another way. */
function routesNumbers(model: Model): string[] {
  const numbers = Object.values(model['outbound-route']).flatMap((route) =>
    route.patterns.flatMap((p) => [example(whole(p)) ?? [], ...rulesOf(model, route).map((rule) => dialledFor(p, rule))].flat()),
  );
  return [...new Set(numbers)];
}

function rulesOf(model: Model, { trunks }: OutboundRoute): string[] {
  return trunks.flatMap((id) => (model.trunk[id]?.dialRules ?? []).map(({ prefix, match }) => `${prefix}${match}`));
}

/** What is dialled by this pattern so that the trunk gets a number that its rule takes; none: no such number goes by it. */
function dialledFor(p: RoutePattern, rule: string): string[] {
  const [sent, before] = [example(rule), example(p.prefix)];
  if (sent === null || before === null || !sent.startsWith(p.prepend)) return [];
  const number = `${before}${sent.slice(p.prepend.length)}`;
  return matches(whole(p), number) ? [number] : [];
}

/** What may be keyed, one after the other where only that leads on. */
function keyPool(model: Model, extensions: readonly string[]): readonly (readonly string[])[] {
  const menus = Object.values(model.ivr).flatMap((i) => i.entries.map((e) => e.keys));
  const pins = Object.entries(model.secrets).flatMap(([key, secret]) =>
    /(pin|password)(\/\d+)?$/.test(key) && /^[\d*]+$/.test(secret) ? [`${secret}#`] : [],
  );
  const single = ['', '', '1', '9', '*', ...menus, ...menus, ...pins, ...extensions].map((keys) => [keys]);
  const names = Object.values(model.directory).flatMap((held) => namesIn(model, held));
  const begins = new Set(names.flatMap(({ name }) => [keysOf(name) ?? [], keysOf(partsOf(name)[1]) ?? []].flat()));
  // the beginning of a name alone reaches nobody: he is taken, or the one after him
  const found = [...begins].flatMap((keys) => [
    [keys, '1'],
    [keys, '*', '1'],
  ]);
  const often = Math.ceil(single.length / Math.max(1, found.length));
  return [...single, ...Array<string[][]>(often).fill(found).flat()];
}

function hash(text: string): number {
  let h = 2166136261;
  for (const c of text) h = Math.imul(h ^ c.charCodeAt(0), 16777619) >>> 0;
  return h >>> 3;
}
