import { isDeepStrictEqual } from 'node:util';
import { diffArrays } from 'diff';
import { example } from '../model/dial-pattern.ts';
import { MODEL_KINDS, type Model, naturalOrder } from '../model/kinds.ts';
import { moments } from '../model/moments.ts';
import { numbering } from '../model/numbering.ts';
import { routesInOrder, whole } from '../model/routing.ts';
import { readModel } from '../model/store.ts';
import { beginning, type Circumstances, didsOf } from './beginning.ts';
import { hoursText, story, storyText } from './story.ts';

/** A call that goes another way in the second model. */
export interface Change {
  /** 'did 74951234567', 'number 101'. */
  readonly what: string;
  /** Moments at which it differs in this way, 'YYYY-MM-DD HH:mm'; none: at any. */
  readonly times: readonly string[];
  /** What telephones do about it: a change may show only where somebody answers, or is busy. */
  readonly phones: Circumstances['phones'];
  /** Lines of the story: ' ' in both, '-' only before, '+' only now. */
  readonly lines: readonly { readonly sign: ' ' | '-' | '+'; readonly text: string }[];
}

export interface Comparison {
  readonly calls: readonly Change[];
  /** Objects of which something differs, 'queue/400'; keys of secrets as 'secret extension/101/sip'. */
  readonly objects: { readonly added: string[]; readonly removed: string[]; readonly changed: string[] };
}

/** Nobody answers first: that way tells most. */
const PHONES: readonly Circumstances['phones'][] = ['ignore', 'answer', 'busy'];

/**
 * What differs between two model folders in terms of callers: each number from outside, each that can be dialled inside, and one of each pattern of the outbound routes,
 * at every hour that its way depends on.
 * @throws MigrateError E_MODEL_... of either.
 */
export async function compareModels(before: string, now: string): Promise<Comparison> {
  return comparison(await readModel(before), await readModel(now));
}

export function comparison(before: Model, now: Model): Comparison {
  const [old, fresh] = [side(before), side(now)];
  const hours = [...new Set([...moments(before), ...moments(now)])];
  const calls = [...new Set([...callsOf(before), ...callsOf(now)])].flatMap((what) => changesOf(what, old, fresh, hours));
  return { calls, objects: changedObjects(before, now) };
}

interface Side {
  readonly model: Model;
  readonly tell: (what: string, time: string | null, phones: Circumstances['phones']) => { text: string[]; byTime: boolean };
}

function side(model: Model): Side {
  const inside = numbering(model);
  const tell: Side['tell'] = (what, time, phones) => {
    const [kind = '', id = ''] = what.split(' ');
    const told = story(model, beginning(model, kind, id, { time, phones }), inside);
    return { text: storyText(told), byTime: told.byTime };
  };
  return { model, tell };
}

/** Every call that is compared: a caller's number apart, which only routes for certain callers look at. */
function callsOf(model: Model): string[] {
  const inside = [...numbering(model).numbers.keys()].filter((n) => /^[0-9*#+]+$/.test(n)).sort(naturalOrder);
  const outside = routesInOrder(model).flatMap(([, route]) => route.patterns.flatMap((p) => example(whole(p)) ?? []));
  return [...didsOf(model).map((n) => `did ${n}`), ...[...inside, ...outside].map((n) => `number ${n}`)];
}

function changesOf(what: string, old: Side, fresh: Side, hours: readonly string[]): Change[] {
  for (const phones of PHONES) {
    const found = new Map<string, { times: string[]; lines: Change['lines'] }>();
    for (const time of hours) {
      const [was, is] = [old.tell(what, time, phones), fresh.tell(what, time, phones)];
      const lines = differing(was.text, is.text);
      const anyTime = !was.byTime && !is.byTime;
      const key = JSON.stringify(lines);
      if (lines.length > 0) found.set(key, { times: anyTime ? [] : [...(found.get(key)?.times ?? []), time], lines });
      if (anyTime) break;
    }
    // what differs already where nobody answers need not be told once more
    if (found.size > 0) return [...found.values()].map(({ times, lines }) => ({ what, times, phones, lines }));
  }
  return [];
}

/** Lines around what differs, each difference once however often it comes in one call; none: nothing does. */
function differing(was: readonly string[], is: readonly string[]): Change['lines'] {
  if (isDeepStrictEqual(was, is)) return [];
  const parts = diffArrays([...was], [...is]).map(
    ({ value, added, removed }) => ({ value, sign: added ? '+' : removed ? '-' : ' ' }) as const,
  );
  const keys = parts.map(({ sign, value }) => JSON.stringify([sign, value.map((text) => text.trim())]));
  const isTold = (i: number): boolean => parts[i] !== undefined && parts[i].sign !== ' ' && keys.indexOf(keys[i] as string) === i;
  return parts.flatMap(({ value, sign }, i): Change['lines'] => {
    const follows = isTold(i - 1) ? value.slice(0, AROUND) : [];
    const leads = isTold(i + 1) ? value.slice(Math.max(follows.length, value.length - AROUND)) : [];
    const shown = sign === ' ' ? [...follows, ...leads] : isTold(i) ? value : [];
    return shown.map((text) => ({ sign, text }));
  });
}
const AROUND = 1;

export function isSame({ calls, objects }: Comparison): boolean {
  return calls.length === 0 && [objects.added, objects.removed, objects.changed].every((list) => list.length === 0);
}

/** As text for a person: first calls, then objects. */
export function comparisonText(c: Comparison): string {
  if (isSame(c)) return 'the two models are the same\n';
  const calls = c.calls.flatMap(({ what, times, phones, lines }) => {
    const where = [times.length === 0 ? null : hoursText(times), phones === 'ignore' ? null : `everybody ${SAID[phones]}`];
    const about = where.filter((w) => w !== null).join(', ');
    return [`${what}${about === '' ? '' : ` (${about})`}`, ...lines.map(({ sign, text }) => `  ${sign} ${text}`), ''];
  });
  const objects = Object.entries(c.objects).flatMap(([how, list]) => (list.length === 0 ? [] : [`${how}: ${list.join(', ')}`]));
  const none = c.calls.length === 0 ? ['no call goes another way'] : [];
  return `${[...calls, ...none, ...objects].join('\n')}\n`;
}
const SAID = { answer: 'answers', busy: 'is busy', ignore: 'lets it ring' } as const;

function changedObjects(before: Model, now: Model): Comparison['objects'] {
  const found = { added: [] as string[], removed: [] as string[], changed: [] as string[] };
  const look = (name: (id: string) => string, old: Readonly<Record<string, unknown>>, fresh: Readonly<Record<string, unknown>>): void => {
    for (const id of [...new Set([...Object.keys(old), ...Object.keys(fresh)])].sort(naturalOrder)) {
      if (!Object.hasOwn(old, id)) found.added.push(name(id));
      else if (!Object.hasOwn(fresh, id)) found.removed.push(name(id));
      else if (!isDeepStrictEqual(old[id], fresh[id])) found.changed.push(name(id));
    }
  };
  for (const kind of MODEL_KINDS) look((id) => `${kind}/${id}`, before[kind], now[kind]);
  look((key) => `secret ${key}`, before.secrets, now.secrets);
  return found;
}
