import { type CustomLine, type CustomStep, isStep } from './custom-dialplan.ts';
import { matches, moreSpecific } from './dial-pattern.ts';
import type { Model } from './kinds.ts';

/** A step with its priority counted. */
export interface CountedStep {
  readonly context: string;
  readonly step: CustomStep;
  readonly priority: number;
}

const counted = new WeakMap<readonly CustomLine[], readonly CountedStep[]>();

/** The steps of a context as Asterisk counts them: `n` is one more than the line before, whichever extension that was; of two equal ones the first stays. */
export function stepsIn(model: Model, context: string): readonly CountedStep[] {
  const lines = model['custom-dialplan'][context]?.lines ?? [];
  const known = counted.get(lines);
  if (known !== undefined) return known;
  const steps: CountedStep[] = [];
  let last = 0;
  for (const step of lines.filter(isStep)) {
    const [, word = '', plus = '0'] = /^(\w+)(?:\+(\d+))?$/.exec(step.priority) ?? [];
    if (word === 'hint') continue;
    const labelled = steps.find((s) => s.step.extension === step.extension && s.step.label === word)?.priority ?? last;
    const base = /^\d+$/.test(word) ? Number(word) : word === 'n' ? last + 1 : word === 's' ? last : labelled;
    last = base + Number(plus);
    const isTaken = steps.some((s) => s.priority === last && s.step.extension === step.extension && s.step.callerId === step.callerId);
    if (!isTaken) steps.push({ context, step, priority: last });
  }
  counted.set(lines, steps);
  return steps;
}

/** Contexts that a context of the site includes, in order; those with hours are left out of what is known. */
export function includesOf(model: Model, context: string): { always: string[]; sometimes: boolean } {
  const includes = (model['custom-dialplan'][context]?.lines ?? []).flatMap((l) => ('include' in l ? [l] : []));
  return { always: includes.filter((l) => l.timing === null).map((l) => l.include), sometimes: includes.some((l) => l.timing !== null) };
}

/** The step of a priority or label for a number: the context's own best match first, then what it includes. Lines for single callers are not looked at. */
export function stepFor(
  model: Model,
  context: string,
  extension: string,
  at: number | string,
  seen: readonly string[] = [],
): CountedStep | null {
  if (seen.includes(context)) return null;
  const fitting = stepsIn(model, context)
    .filter(({ step, priority }) => step.callerId === null && (priority === at || step.label === at) && takes(step.extension, extension))
    .sort((a, b) => byPattern(a.step.extension, b.step.extension));
  if (fitting[0] !== undefined) return fitting[0];
  for (const inner of includesOf(model, context).always) {
    const found = stepFor(model, inner, extension, at, [...seen, context]);
    if (found !== null) return found;
  }
  return null;
}

export function takes(pattern: string, number: string): boolean {
  return pattern.startsWith('_') ? matches(pattern.slice(1), number) : pattern === number;
}

/** A number before any pattern, the more specific pattern before the other. */
function byPattern(a: string, b: string): number {
  if (a.startsWith('_') !== b.startsWith('_')) return a.startsWith('_') ? 1 : -1;
  return moreSpecific(a.replace(/^_/, ''), b.replace(/^_/, ''));
}

/** Whether a context is part of one of the PBX's own, itself or by one that includes it: what takes the same numbers there would go on where its own lines end. */
export function isShared(model: Model, context: string): boolean {
  const joined = Object.keys(model['custom-dialplan']).filter((id) => (model['custom-dialplan'][id]?.joins.length ?? 0) > 0);
  return joined.some((id) => contextsWithin(model, id).includes(context));
}

function contextsWithin(model: Model, context: string, seen: readonly string[] = []): string[] {
  if (seen.includes(context)) return [];
  return [context, ...includesOf(model, context).always.flatMap((id) => contextsWithin(model, id, [...seen, context]))];
}

/** All extensions that can be dialled in a context and what it includes, with the context that has each. */
export function extensionsOf(model: Model, context: string, seen: readonly string[] = []): { context: string; extension: string }[] {
  if (seen.includes(context)) return [];
  const own = [
    ...new Set(
      stepsIn(model, context)
        .filter((s) => s.priority === 1 && s.step.callerId === null)
        .map((s) => s.step.extension),
    ),
  ];
  const inner = includesOf(model, context).always.flatMap((id) => extensionsOf(model, id, [...seen, context]));
  return [...own.map((extension) => ({ context, extension })), ...inner];
}
