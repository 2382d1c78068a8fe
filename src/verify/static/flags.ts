import { ref } from '../../model/ref.ts';
import { type HeldStep, isHandMade } from './held-dialplan.ts';
import { defineCheck } from './mismatch.ts';

/**
 * A word that a step leaves for later steps to be asked for (`KEEP_CALLER_ID=yes`) is one that some step asks for. Variables whose value goes anywhere else than into such
 * a comparison are left alone.
 */
export const flagCheck = defineCheck(async ({ dialplan }, model) => {
  const asked = new Map<string, Set<string>>();
  const usedOtherwise = new Set<string>();
  for (const step of dialplan.steps()) {
    const text = step.data.replaceAll(COMPARED, (_, name: string, value: string) => {
      asked.set(name, new Set([...(asked.get(name) ?? []), value]));
      return '';
    });
    for (const [, name = ''] of text.matchAll(NAMED)) usedOtherwise.add(name);
  }
  return dialplan.steps().flatMap((step) => {
    if (isHandMade(model, step)) return [];
    const { name, value } = setBy(step) ?? {};
    const words = asked.get(name ?? '');
    // whether it is set at all is asked as well: then every word will do
    if (name === undefined || value === undefined || words === undefined || usedOtherwise.has(name)) return [];
    if (words.has('') || words.has(value) || POLICIES.has(name)) return [];
    return [
      { about: ref('settings', 'pbx'), what: `${name} at ${step.at ?? step.context}`, expected: [...words].join(' or '), held: value },
    ];
  });
});

/** Policies, compared with the model by the extensions' check: 'never' is asked for nowhere, and still is what an extension says. */
const POLICIES = new Set(['RECORD_OUTSIDE', 'RECORD_INSIDE']);
/** `"${NAME}" = "word"`, and the same with `!=`. */
const COMPARED = /"\$\{([A-Z_]+)\}"\s*!?=\s*"([^"$]*)"/g;
const NAMED = /\$\{([A-Z_]+)[:}]/g;

/** A word that is set, under a condition or without one; null: a step that sets none, or what is only known when a call comes. */
function setBy({ application, data }: HeldStep): { name: string; value: string } | null {
  const text = application.toLowerCase() === 'set' ? data : /\?Set\((.*)\)$/.exec(data)?.[1];
  const [, name, value] = /^_{0,2}([A-Z_]+)=([\w-]+)$/.exec(text ?? '') ?? [];
  return name === undefined || value === undefined ? null : { name, value };
}
