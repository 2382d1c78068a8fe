import { split } from '../../asterisk/arguments.ts';
import { type CustomDialplan, isStep } from '../../model/custom-dialplan.ts';
import { ref } from '../../model/ref.ts';
import { type HeldDialplan, isHandMade } from './held-dialplan.ts';
import { defineCheck, differing, missing, tooMuch } from './mismatch.ts';

type Point = NonNullable<CustomDialplan['runs']>;

/** Contexts of ours in which a call is at each point. */
const POINTS: Readonly<Record<Point, RegExp>> = {
  'at-hangup': /^at-hangup$/,
  'before-trunk': /^trunk-\d+$/,
  'before-telephone': /^ext-local$/,
  'before-group': /^ext-group$/,
  'before-hunt': /^ring-members$/,
};

/** Where what the site wrote by hand takes part in calls: which of our contexts include it, and at which point of a call it runs. */
export const hookCheck = defineCheck(async ({ dialplan }, model) => {
  const ours = dialplan.names().filter((name) => model['custom-dialplan'][name] === undefined);
  const entered = enteredAt(
    dialplan,
    dialplan.steps().filter((s) => !isHandMade(model, s)),
  );
  return Object.entries(model['custom-dialplan']).flatMap(([id, { joins, runs, lines }]) => {
    const about = ref('custom-dialplan', id);
    const included = ours.filter((name) => dialplan.includes(name).includes(id));
    const points = entered.get(id) ?? [];
    const comesThere = runs !== null && lines.some(isStep) && (runs === 'at-hangup' || dials(dialplan, ours, POINTS[runs]));
    return [
      ...joins.filter((name) => ours.includes(name) && !included.includes(name)).map((name) => missing(about, `part in ${name}`)),
      ...included.filter((name) => !joins.includes(name)).map((name) => tooMuch(about, `part in ${name}`)),
      ...differing(about, { 'runs at': [comesThere ? runs : '', points.join(', ')] }),
    ];
  });
});

/** By context of the site: the points at which it is entered. */
function enteredAt(dialplan: HeldDialplan, steps: ReturnType<HeldDialplan['steps']>): Map<string, Point[]> {
  const found = new Map<string, Point[]>();
  for (const [point, contexts] of Object.entries(POINTS) as [Point, RegExp][]) {
    const here = steps.filter((s) => contexts.test(s.context) && s.application.toLowerCase() === 'gosub');
    for (const target of new Set(here.map((s) => split(s.data, ',')[0] ?? ''))) {
      if (dialplan.has(target)) found.set(target, [...(found.get(target) ?? []), point]);
    }
  }
  return found;
}

/** Whether anything is dialled there at all: a box may have no trunks, a ring group hunt, and an extension have no telephone. */
function dials(dialplan: HeldDialplan, contexts: readonly string[], point: RegExp): boolean {
  return contexts.some((name) => point.test(name) && dialplan.stepsIn(name).some((s) => /\bDial\(/.test(`${s.application}(${s.data}`)));
}
