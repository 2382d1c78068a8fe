import { split } from '../../asterisk/arguments.ts';
import type { Model } from '../../model/kinds.ts';
import { type Ref, ref } from '../../model/ref.ts';
import { routesInOrder, whole } from '../../model/routing.ts';
import { isWithin, type TimeGroup } from '../../model/time-group.ts';
import { type HeldDialplan, type HeldStep, isHandMade } from './held-dialplan.ts';
import { defineCheck, type Mismatch } from './mismatch.ts';
import { spelled } from './numbers.ts';

type Line = TimeGroup['times'][number];

/**
 * Hours, days and months by which calls are sent one way or the other: those of the model, wherever they stand (for calls, for codes and lamps, for routes). A
 * holiday is called on no other day, and no call can tell that its date is wrong.
 */
export const hoursCheck = defineCheck(async ({ dialplan }, model) => {
  const asking = dialplan.steps().filter((s) => s.application.toLowerCase() === 'gotoiftime' && !isHandMade(model, s));
  return [...ofConditions(model, dialplan, asking), ...ofRoutes(model, dialplan, asking)];
});

/** A time condition is asked under its own number, which is the extension. */
function ofConditions(model: Model, dialplan: HeldDialplan, asking: readonly HeldStep[]): Mismatch[] {
  const contexts = contextsOfConditions(model, asking);
  return Object.entries(model['time-condition']).flatMap(([id, condition]) => {
    const steps = (context: string): HeldStep[] => asking.filter((s) => s.context === context && s.extension === id);
    // one that is not there at all, or that no line can hold, is another check's
    if (!contexts.some((context) => dialplan.stepsOf(context, id).length > 0)) return [];
    return contexts.flatMap((context) =>
      compare(ref('time-condition', id), `hours in ${context}`, linesOf(model, condition.timeGroup), steps(context)),
    );
  });
}

/** Where calls are sent by them, and others that ask for the same numbers. */
function contextsOfConditions(model: Model, asking: readonly HeldStep[]): string[] {
  const ids = Object.keys(model['time-condition']);
  const contexts = new Set(asking.map((s) => s.context));
  return [...contexts].filter((context) => asking.every((s) => s.context !== context || ids.includes(s.extension)));
}

function ofRoutes(model: Model, dialplan: HeldDialplan, asking: readonly HeldStep[]): Mismatch[] {
  const within = dialplan.within('from-internal');
  return routesInOrder(model).flatMap(([id, route]) => {
    const wanted = new Set(route.patterns.map((p) => spelled(whole(p), p.callerId)));
    const own = asking.filter((s) => within.has(s.context) && wanted.has(spelled(s.extension, s.callerId ?? '')));
    const contexts = new Set(own.map((s) => s.context));
    // a route without a line of its own is shut, or another takes its numbers: other checks say so
    if (route.timeGroup === null || contexts.size !== 1) return [];
    const extensions = new Set(own.map((s) => `${s.extension}/${s.callerId ?? ''}`));
    const steps = (extension: string): HeldStep[] => own.filter((s) => `${s.extension}/${s.callerId ?? ''}` === extension);
    return [...extensions].flatMap((extension) =>
      compare(ref('outbound-route', id), 'hours', linesOf(model, route.timeGroup), steps(extension)),
    );
  });
}

function linesOf(model: Model, group: string | null): readonly Line[] {
  return group === null ? [] : (model['time-group'][group]?.times ?? []);
}

/** Lines that mean the same are the same. What is told of others is how they are written. */
function compare(about: Ref, what: string, expected: readonly Line[], steps: readonly HeldStep[]): Mismatch[] {
  const held = steps.flatMap((s) => lineOf(split(s.data, '?', 2)[0] ?? ''));
  return isSame(expected, held) ? [] : [{ about, what, expected: shown(expected), held: shown(held) }];
}

/** `13:00-14:00,mon-fri,*,*`. */
function lineOf(text: string): Line {
  const [hours = '*', weekdays = '*', daysOfMonth = '*', months = '*'] = split(text, ',').map((part) => part.trim());
  return { hours, weekdays, daysOfMonth, months };
}

/** The year before a leap year, and that: every weekday, every date. */
const DAYS = 365 + 366;
const FIRST_DAY = Date.UTC(2027, 0, 1);
const DAY_MS = 86_400_000;

/** Whether both let through the same minutes: those at which an hour of one of them begins or ends are tried on each day of two years. */
function isSame(a: readonly Line[], b: readonly Line[]): boolean {
  if (shown(a) === shown(b)) return true;
  const [one, other] = [a, b].map((times) => ({ description: '', times: [...times] })) as [TimeGroup, TimeGroup];
  const minutes = edges([...a, ...b]);
  for (let day = 0; day < DAYS; day++) {
    const date = new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10);
    if (minutes.some((minute) => isWithin(one, `${date} ${minute}`) !== isWithin(other, `${date} ${minute}`))) return false;
  }
  return true;
}

function edges(lines: readonly Line[]): string[] {
  const named = lines.flatMap((l) => [...l.hours.matchAll(/(\d{1,2}):\s*(\d{1,2})/g)].map(([, h, m]) => Number(h) * 60 + Number(m)));
  const around = [0, ...named.flatMap((minute) => [minute - 1, minute, minute + 1])].filter((m) => m >= 0 && m < 24 * 60);
  return [...new Set(around)].map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
}

function shown(lines: readonly Line[]): string {
  const texts = lines.map((l) => [l.hours, l.weekdays, l.daysOfMonth, l.months].map((part) => part || '*').join(','));
  return texts.join('; ') || 'never';
}
