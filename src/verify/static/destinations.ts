import { namedBy } from '../../asterisk/named.ts';
import { type Destination, destinationText } from '../../model/destination.ts';
import type { Ivr } from '../../model/ivr.ts';
import { type Model, naturalOrder } from '../../model/kinds.ts';
import { type Ref, ref } from '../../model/ref.ts';
import { type Config, setting } from './asked.ts';
import { allEntries, type Entry, entryOf } from './entry.ts';
import type { HeldDialplan, HeldStep } from './held-dialplan.ts';
import { stepsForCaller } from './inbound-routes.ts';
import { defineCheck, type Mismatch } from './mismatch.ts';

/** An object, or one way on from it: the steps that decide, and where the model says that calls go. */
interface Way {
  readonly about: Ref;
  /** 'key 1', 'when busy'; '': all that it has. */
  readonly when: string;
  readonly steps: readonly HeldStep[];
  readonly to: readonly Destination[];
  /** Entries to which its own affairs lead as well: an extension that is not followed. */
  readonly also?: readonly Entry[];
}

/**
 * Where each object sends a call that it does not keep: to every destination of the model, and to no other object. A destination that is seldom taken
 * (who keys nothing, a telephone that is not there) is looked at here as closely as any.
 */
export const destinationCheck = defineCheck(async ({ dialplan, config }, model) => {
  const entries = allEntries(model, dialplan);
  const parking = await config('res_parking.conf');
  const ways = [
    ...groupWays(model, dialplan),
    ...flowWays(model, dialplan),
    ...Object.entries(model.ivr).flatMap(([id, menu]) => menuWays(dialplan, id, menu)),
    ...extensionWays(model, dialplan),
    ...routeWays(model, dialplan),
    ...parkingWays(model, dialplan, parking),
  ];
  return ways.flatMap((way) => (way.steps.length === 0 ? [] : compare(model, dialplan, entries, way)));
});

/** Where calls begin anew: numbers, codes and carriers. What an object does besides (a circle that ends, a menu that takes back) stands in contexts of other names. */
const ELSEWHERE = /^app-(?!blackhole|announcement)/;

function compare(model: Model, dialplan: HeldDialplan, entries: ReadonlyMap<Entry, Destination>, way: Way): Mismatch[] {
  const held = new Set(way.steps.flatMap(leavesTo));
  const expected = way.to.map((d) => entryOf(model, dialplan, d));
  const what = way.when === '' ? 'leads on' : `leads on, ${way.when}`;
  const known = [...held].flatMap((entry) => entries.get(entry) ?? []).map(destinationText);
  const lost = way.to.flatMap((d, i) => {
    const entry = expected[i] ?? null;
    if (entry === null || held.has(entry)) return [];
    return [{ about: way.about, what, expected: destinationText(d), held: known.join(', ') || 'nothing of the model' }];
  });
  // where nothing is said of one of them, what else there is may be that one
  if (lost.length > 0 || expected.includes(null)) return lost;
  const own = new Set([...expected, ...(way.also ?? [])]);
  return [...held].flatMap((entry) => {
    const d = own.has(entry) ? undefined : entries.get(entry);
    const elsewhere = d === undefined && !own.has(entry) && ELSEWHERE.test(entry);
    return d === undefined && !elsewhere
      ? []
      : [{ about: way.about, what, expected: 'not there', held: d === undefined ? entry : destinationText(d) }];
  });
}

/** Places outside its own extension that a step sends the call to for good. */
export function leavesTo(step: HeldStep): Entry[] {
  if (/gosub/i.test(step.application)) return [];
  return namedBy(step).flatMap((named) => {
    if (named.is !== 'place' || named.place.context === null) return [];
    const { context, extension, priority } = named.place;
    return [`${context},${extension ?? step.extension},${priority}`];
  });
}

function groupWays(model: Model, dialplan: HeldDialplan): Way[] {
  const steps = (context: string, id: string): readonly HeldStep[] => dialplan.stepsOf(context, id);
  return [
    ...Object.entries(model['ring-group']).map(([id, g]) => way(ref('ring-group', id), steps('ext-group', id), [g.noAnswer])),
    ...Object.entries(model.queue).map(([id, q]) => way(ref('queue', id), steps('ext-queues', id), [q.next])),
    ...Object.entries(model['follow-me']).map(([id, f]) => ({
      ...way(ref('follow-me', id), steps('ext-findmefollow', id), [f.noAnswer]),
      also: [`ext-local,${id},1`],
    })),
  ];
}

/** Kinds that change something about a call and send it on, each with the context of its objects. */
const PASSED = [
  ['language', 'app-languages'],
  ['set-cid', 'app-setcid'],
  ['queue-priority', 'app-queueprio'],
  ['recording-rule', 'ext-callrecording'],
] as const;

function flowWays(model: Model, dialplan: HeldDialplan): Way[] {
  return [
    ...Object.entries(model.announcement).map(([id, a]) =>
      way(ref('announcement', id), dialplan.stepsIn(`app-announcement-${id}`), [a.next]),
    ),
    ...Object.entries(model['time-condition']).map(([id, t]) =>
      way(ref('time-condition', id), dialplan.stepsOf('timeconditions', id), [t.whenMatched, t.otherwise]),
    ),
    ...PASSED.flatMap(([kind, context]) =>
      Object.entries(model[kind]).map(([id, passed]) => way(ref(kind, id), dialplan.stepsOf(context, id), [passed.next])),
    ),
    ...Object.entries(model['dynamic-route']).map(([id, r]) =>
      way(ref('dynamic-route', id), dialplan.stepsOf(`dynroute-${id}`, 's'), [...r.entries.map((e) => e.destination), r.next]),
    ),
    ...Object.entries(model.directory).map(([id, d]) =>
      way(ref('directory', id), dialplan.stepsOf(`directory-${id === '#' ? 'all' : id}-dial`, 'o'), [d.next]),
    ),
    ...Object.entries(model.callback).map(([id, { next }]) => {
      const steps = dialplan.stepsOf('callback', id);
      // where no number can be dialled nobody is called back, which is a finding of render
      return way(ref('callback', id), steps.some((s) => s.application === 'Originate') ? steps : [], [next]);
    }),
    ...applicationWays(model, dialplan),
    ...Object.entries(model['call-flow']).map(([id, f]) =>
      way(ref('call-flow', id), dialplan.stepsOf('app-daynight', id), [f.day, f.night]),
    ),
  ];
}

/** Of two applications with one number the first has it, and nobody comes to the other. */
function applicationWays(model: Model, dialplan: HeldDialplan): Way[] {
  const taken = new Set<string>();
  const all = Object.entries(model['misc-application']).toSorted(([a], [b]) => naturalOrder(a, b));
  return all.flatMap(([id, { enabled, number, next }]) => {
    if (!enabled || taken.has(number)) return [];
    taken.add(number);
    return [way(ref('misc-application', id), dialplan.stepsOf('app-miscapps', number), [next])];
  });
}

function way(about: Ref, steps: readonly HeldStep[], to: readonly Destination[], when = ''): Way {
  return { about, when, steps, to };
}

/** Of two entries for the same keys the first counts. */
function menuWays(dialplan: HeldDialplan, id: string, menu: Ivr): Way[] {
  const about = ref('ivr', id);
  const steps = (keys: string): readonly HeldStep[] => dialplan.stepsOf(`ivr-${id}`, keys);
  const first = menu.entries.filter((e, i) => menu.entries.findIndex((other) => other.keys === e.keys) === i);
  const failures = [
    ['t', 'nothing keyed', menu.timeout],
    ['i', 'another key', menu.invalid],
  ] as const;
  return [
    ...first.map((e) => way(about, steps(e.keys), [e.destination], `key ${e.keys}`)),
    ...failures.flatMap(([extension, when, { retries, next }]) =>
      retries === null || next === null ? [] : [way(about, steps(extension), [next], when)],
    ),
  ];
}

/** How a call to an extension ended (DIALSTATUS) decides where it goes on. */
function extensionWays(model: Model, dialplan: HeldDialplan): Way[] {
  return Object.entries(model.extension).flatMap(([id, x]) => {
    const steps = dialplan.stepsOf('ext-local', id);
    const ended = [
      ['NOANSWER', 'when nobody answers', x.noAnswer],
      ['BUSY', 'when busy', x.busy],
      ['CHANUNAVAIL', 'when it is not there', x.unreachable],
    ] as const;
    return ended.flatMap(([status, when, next]) => {
      const own = steps.filter((s) => s.data.includes('DIALSTATUS') && s.data.includes(status));
      return next === null ? [] : [way(ref('extension', id), own.length === 0 ? steps : own, [next], when)];
    });
  });
}

function routeWays(model: Model, dialplan: HeldDialplan): Way[] {
  return Object.entries(model['inbound-route']).map(([id, r]) =>
    way(ref('inbound-route', id), stepsForCaller(dialplan, r), [r.destination]),
  );
}

function parkingWays(model: Model, dialplan: HeldDialplan, file: Config): Way[] {
  return Object.entries(model.parking).flatMap(([id, lot]) => {
    const section = [...file.keys()].find((name) => setting(file, name, 'parkext') === lot.extension);
    const context = section === undefined ? null : setting(file, section, 'comebackcontext');
    return lot.next === null || context === null ? [] : [way(ref('parking', id), dialplan.stepsIn(context), [lot.next])];
  });
}
