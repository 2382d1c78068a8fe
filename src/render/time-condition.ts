import { finding } from '../finding.ts';
import { destinationText } from '../model/destination.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import type { TimeCondition } from '../model/time-condition.ts';
import type { TimeGroup } from '../model/time-group.ts';
import { circles } from './circle.ts';
import { idsOf, placeOf } from './place.ts';
import { defineView, type Notes } from './view.ts';

/** extensions.d/time-condition.conf: which way a call takes by the time of day. */
export const timeConditionView = defineView({
  file: 'etc/asterisk/extensions.d/time-condition.conf',
  data: (model, notes) => {
    const ids = idsOf(model, 'time-condition');
    if (ids.length === 0) return null;
    notes.from(...ids.map((id) => ref('time-condition', id)));
    const inCircle = circles(model);
    return {
      conditions: ids.map((id) => ({
        ...condition(model, id, model['time-condition'][id] as TimeCondition, notes),
        guarded: inCircle(ref('time-condition', id)),
      })),
    };
  },
});

/** State that lamps of telephones follow: in use while the call goes otherwise. Source: FreePBX's timeconditions. */
export function timeConditionLamp(id: string): string {
  return `Custom:TC${id}`;
}

/** What decides a time condition: its hours, call flows that come before them, and the lamp that shows it. Says nothing where `notes` is left out. */
export function conditionHours(model: Model, id: string, notes: Notes = SILENT): object {
  const c = model['time-condition'][id] as TimeCondition;
  return { id, hours: hoursOf(model, id, c, notes).map((h) => ({ when: h })), forces: forces(model, id), lamp: timeConditionLamp(id) };
}

const SILENT: Notes = { from: () => undefined, finding: () => undefined };

function condition(model: Model, id: string, c: TimeCondition, notes: Notes): object {
  return {
    ...conditionHours(model, id, notes),
    name: c.name,
    matched: placeOf(model, c.whenMatched),
    matchedText: destinationText(c.whenMatched),
    otherwise: placeOf(model, c.otherwise),
    otherwiseText: destinationText(c.otherwise),
  };
}

/** The call flows that decide before the hours do. The old box had them in the order of their numbers, the last one first. */
function forces(model: Model, id: string): { flow: string; mode: string; label: string; name: string }[] {
  return Object.entries(model['call-flow'])
    .flatMap(([flow, f]) => [
      ...(f.dayForces.includes(id) ? [{ flow, mode: 'DAY', label: 'matched', name: f.name }] : []),
      ...(f.nightForces.includes(id) ? [{ flow, mode: 'NIGHT', label: 'unmatched', name: f.name }] : []),
    ])
    .reverse();
}

/** The ranges as GotoIfTime takes them. One that Asterisk could not read never fits, there and here. */
function hoursOf(model: Model, id: string, c: TimeCondition, notes: Notes): string[][] {
  const about = ref('time-condition', id);
  const group = c.timeGroup === null ? undefined : model['time-group'][c.timeGroup];
  const lines = (group?.times ?? []).map((t) => ({ t, parts: rangeParts(t) }));
  for (const { t } of lines.filter((l) => l.parts === null)) {
    notes.finding(
      finding('TIME_RANGE_UNREADABLE', {
        about,
        where: `time-group/${c.timeGroup}: ${Object.values(t).join(' | ')}`,
        means: `this range of '${group?.description ?? ''}' never fits, as it never did: Asterisk cannot read it`,
      }),
    );
  }
  const readable = lines.flatMap((l) => (l.parts === null ? [] : [l.parts]));
  if (readable.length === 0) {
    notes.finding(
      finding('TIME_CONDITION_NEVER', {
        about,
        ...(c.timeGroup === null ? {} : { where: `time-group/${c.timeGroup}` }),
        means: `calls always go to ${destinationText(c.otherwise)}: ${group === undefined ? 'there is no such time group' : 'its time group has no hours'}`,
      }),
    );
  }
  return readable;
}

const DAYS = 'sun|mon|tue|wed|thu|fri|sat';
const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const HOUR = '([01]?\\d|2[0-3]):[0-5]?\\d';
const DAY = '(0?[1-9]|[12]\\d|3[01])';

/**
 * The parts of a range as GotoIfTime takes them: hours, days, days of the month, months; null where Asterisk would warn and take it for never (main/pbx_timing.c).
 */
export function rangeParts(t: TimeGroup['times'][number]): string[] | null {
  const parts = [
    [t.hours, HOUR],
    [t.weekdays, `(${DAYS}|[0-6])`],
    [t.daysOfMonth, DAY],
    [t.months, `(${MONTHS}|0?[1-9]|1[0-2])`],
  ] as const;
  const readable = parts.every(([text, one]) => new RegExp(`^(\\*|${one}(-${one})?(&${one}(-${one})?)*)$`, 'i').test(text.trim()));
  return readable ? parts.map(([text]) => text.trim()) : null;
}
