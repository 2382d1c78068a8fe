import { collapse, split } from '../../asterisk/arguments.ts';
import { type CustomDialplan, isStep } from '../../model/custom-dialplan.ts';
import { ref } from '../../model/ref.ts';
import type { HeldStep } from './held-dialplan.ts';
import { defineCheck, type Mismatch } from './mismatch.ts';

/** Applications that take seconds, and which argument they are (from 0). */
const SECONDS: Readonly<Record<string, number>> = { dial: 1, wait: 0, waitexten: 0, queue: 4 };

/** How long a step of the site waits or rings: the old line's seconds, whatever else of it had to be said in another way. */
export const handMadeCheck = defineCheck(async ({ dialplan }, model) =>
  Object.entries(model['custom-dialplan']).flatMap(([id, { lines }]) => {
    const extensions = [...new Set(lines.filter(isStep).map((l) => l.extension))];
    return extensions.flatMap((extension) => compare(id, extension, lines, dialplan.stepsOf(id, extension)));
  }),
);

/** Steps of one application in turn; where their number differs, the translation made something else of one. */
function compare(id: string, extension: string, lines: CustomDialplan['lines'], steps: readonly HeldStep[]): Mismatch[] {
  return Object.entries(SECONDS).flatMap(([application, place]) => {
    const old = lines.flatMap((l) =>
      isStep(l) && l.extension === extension && l.application.toLowerCase() === application ? [seconds(l.arguments, place)] : [],
    );
    const held = steps.flatMap((s) => (s.application.toLowerCase() === application ? [seconds(s.data, place)] : []));
    if (old.length !== held.length) return [];
    return old.flatMap((was, n) => {
      const now = held[n] ?? null;
      // numbers alone: what is worked out when a call comes may be worked out in another way
      const differs = was !== null && now !== null && was !== now;
      return differs
        ? [{ about: ref('custom-dialplan', id), what: `seconds of ${application} in ${extension}`, expected: was, held: now }]
        : [];
    });
  });
}

/** Null: none are given, or they are known only when a call comes. Old lines may have `|` between arguments. */
function seconds(text: string, place: number): string | null {
  const flat = collapse(text);
  const given = split(flat, flat.includes('|') && !flat.includes(',') ? '|' : ',')[place] ?? '';
  return /^\d+(\.\d+)?$/.test(given) ? String(Number(given)) : null;
}
