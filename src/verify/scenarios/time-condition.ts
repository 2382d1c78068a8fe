import { type Edge, edges } from '../../model/moments.ts';
import { type Ref, ref, refText } from '../../model/ref.ts';
import type { TimeGroup } from '../../model/time-group.ts';
import type { Draft, PlanContext } from './define.ts';
import { stepsOf } from './draft.ts';
import { callsOfEach, type Drafted } from './each-object.ts';
import { byWay, type Way } from './ways.ts';

/** Lines of a time group that are tried at most, and days on which one is tried: on some, another condition sends the call away first. */
const MOST_LINES = 12;
const MOST_DAYS = 40;

/** Every time condition: a minute before, in the first, in the last and a minute after each line of its hours. */
export const timeConditionScenarios = callsOfEach('time-condition', (context) => (id) => drafts(context, id));

function drafts(context: PlanContext, id: string): Drafted {
  const about = ref('time-condition', id);
  const group = context.model['time-group'][context.model['time-condition'][id]?.timeGroup ?? ''];
  const way = byWay(context, about);
  if (way === null) return { drafts: [], skipped: [{ id: refText(about), why: 'no call that the lab places reaches it' }] };
  const lines = group?.times ?? [];
  return { drafts: lines.slice(0, MOST_LINES).flatMap((line, i) => atEdges(context, about, way, line, i + 1)), skipped: [] };
}

function atEdges(context: PlanContext, about: Ref, way: Way, line: TimeGroup['times'][number], n: number): Draft[] {
  const call = (what: keyof Edge, time: string): Draft => ({
    ...way,
    id: `${refText(about)}/line-${n}/${what}`,
    about: [about],
    does: () => 'ignore',
    goes: 'noticed',
    time,
  });
  const edge = edges(line)
    .slice(0, MOST_DAYS)
    .find((e) => isAsked(context, about, call('first', e.first)));
  if (edge === undefined) return [];
  const whole = wholeDays(line) && edge.last.slice(0, 10) === edge.first.slice(0, 10);
  const parts: (keyof Edge)[] = whole ? ['first'] : wholeDays(line) ? ['first', 'last'] : ['before', 'first', 'last', 'after'];
  return parts.map((what) => call(what, edge[what])).filter((draft) => isAsked(context, about, draft));
}

/** A line without hours changes over at midnight, where others are tried already. */
function wholeDays(line: TimeGroup['times'][number]): boolean {
  return !line.hours.includes(':');
}

function isAsked(context: PlanContext, about: Ref, draft: Draft): boolean {
  return (stepsOf(context, draft) ?? []).some((s) => s.do === 'decide' && s.byTime && refText(s.by) === refText(about));
}
