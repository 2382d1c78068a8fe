import { ref } from '../../model/ref.ts';
import { type HeldStep, isHandMade } from './held-dialplan.ts';
import { defineCheck } from './mismatch.ts';

/**
 * A word that a step leaves for later steps to be asked for (`KEEP_CALLER_ID=yes`) is one that some step asks for, and what they count with is a number. Variables whose
 * value goes anywhere else are left alone.
 */
export const flagCheck = defineCheck(async ({ dialplan }, model) => {
  const steps = dialplan.steps();
  const uses = usesIn(steps);
  return steps.flatMap((step) => {
    const set = isHandMade(model, step) ? null : setBy(step);
    const expected = set === null ? null : wanted(uses, set.name, set.value);
    if (set === null || expected === null) return [];
    return [{ about: ref('settings', 'pbx'), what: `${set.name} at ${step.at ?? step.context}`, expected, held: set.value }];
  });
});

interface Uses {
  /** By variable: the words that it is compared with. */
  readonly asked: ReadonlyMap<string, ReadonlySet<string>>;
  readonly counted: ReadonlySet<string>;
  readonly elsewhere: ReadonlySet<string>;
}

function usesIn(steps: readonly HeldStep[]): Uses {
  const asked = new Map<string, Set<string>>();
  const [counted, elsewhere] = [new Set<string>(), new Set<string>()];
  for (const { data } of steps) {
    const left = data
      .replaceAll(COMPARED, (_, name: string, value: string) => {
        asked.set(name, new Set([...(asked.get(name) ?? []), value]));
        return '';
      })
      .replaceAll(COUNTED, (_, name: string) => {
        counted.add(name);
        return '';
      });
    for (const [, name = ''] of left.matchAll(NAMED)) elsewhere.add(name);
  }
  return { asked, counted, elsewhere };
}

/** What it should be set to instead; null: it is well as it is. */
function wanted({ asked, counted, elsewhere }: Uses, name: string, value: string): string | null {
  if (elsewhere.has(name) || POLICIES.has(name)) return null;
  if (counted.has(name) || NUMBERS.has(name)) return /^-?\d+$/.test(value) ? null : 'a number';
  const words = asked.get(name);
  // whether it is set at all is asked as well: then every word will do
  return words === undefined || words.has('') || words.has(value) ? null : [...words].join(' or ');
}

/** What Asterisk itself takes for a number (app_queue.c). */
const NUMBERS = new Set(['QUEUE_PRIO', 'QUEUE_MIN_PENALTY', 'QUEUE_MAX_PENALTY']);
/** Policies, compared with the model by the extensions' check: 'never' is asked for nowhere, and still is what an extension says. */
const POLICIES = new Set(['RECORD_OUTSIDE', 'RECORD_INSIDE']);
/** `"${NAME}" = "word"`, and the same with `!=`. */
const COMPARED = /"\$\{([A-Z_]+)\}"\s*!?=\s*"([^"$]*)"/g;
/** `${NAME} + 1`, `0${NAME} < 3`. */
const COUNTED = /\$\{([A-Z_]+)\}\s*(?:[+-]\s*\d|[<>]=?)/g;
const NAMED = /\$\{([A-Z_]+)[:}]/g;

/** A word that is set, under a condition or without one; null: a step that sets none, or what is only known when a call comes. */
function setBy({ application, data }: HeldStep): { name: string; value: string } | null {
  const text = application.toLowerCase() === 'set' ? data : /\?Set\((.*)\)$/.exec(data)?.[1];
  const [, name, value] = /^_{0,2}([A-Z_]+)=([\w-]+)$/.exec(text ?? '') ?? [];
  return name === undefined || value === undefined ? null : { name, value };
}
