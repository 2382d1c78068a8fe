import { UNKNOWN } from './arguments.ts';
import type { Dialplan, DialplanContext, DialplanStep } from './dialplan.ts';
import { isPriority, takes } from './extension-match.ts';
import { moduleOfApplication, moduleOfFunction } from './module-of.ts';
import { type Named, namedBy, type Place } from './named.ts';

/** What a dialplan may rely on beside itself. */
export interface Surroundings {
  readonly contexts: ReadonlySet<string>;
  /** Functions of func_odbc.conf. */
  readonly functions: ReadonlySet<string>;
  /** Modules that are loaded, without `.so`; null: all that there are. */
  readonly modules: ReadonlySet<string> | null;
}

/** A step at which a call would end in an error, or get nothing. */
export interface StepTrouble {
  readonly code: 'DIALPLAN_CALL_UNKNOWN' | 'DIALPLAN_TARGET_MISSING';
  readonly file: string;
  readonly line: number;
  readonly means: string;
}

/**
 * Whether each application and function of a dialplan for Asterisk 22 is there and its module loaded, and each place that Goto, Gosub, Local and their like lead to.
 * What is known only when a call comes is taken for good. Pure.
 */
export function checkDialplan(dialplan: Dialplan, around: Surroundings): StepTrouble[] {
  const contexts = new Map(dialplan.contexts.map((c) => [c.name, c]));
  return dialplan.contexts.flatMap((context) =>
    context.steps.flatMap((step) => {
      const data = step.form === 'none' ? '' : step.arguments;
      const named = namedBy({ context: context.name, extension: step.extension, application: step.application, data });
      const troubles = named.flatMap((n) => troubleWith(n, context, step, contexts, around) ?? []);
      return [...new Map(troubles.map((t) => [t.means, { ...t, ...step.at }])).values()];
    }),
  );
}

type Trouble = Pick<StepTrouble, 'code' | 'means'>;

function troubleWith(
  named: Named,
  context: DialplanContext,
  step: DialplanStep,
  contexts: ReadonlyMap<string, DialplanContext>,
  around: Surroundings,
): Trouble | null {
  if (named.is === 'application')
    return missingCall(`application ${named.name}`, moduleOfApplication(named.name), around, 'the call ends here');
  if (named.is === 'function' && !around.functions.has(named.name))
    return missingCall(`function ${named.name}`, moduleOfFunction(named.name), around, 'what it gives is empty');
  if (named.is !== 'place' || leads(named.place, context, step, contexts, around)) return null;
  return { code: 'DIALPLAN_TARGET_MISSING', means: `There is no ${shown(named.place)}: a call that is sent there ends.` };
}

function missingCall(what: string, module: string | null, { modules }: Surroundings, so: string): Trouble | null {
  if (module === null) return { code: 'DIALPLAN_CALL_UNKNOWN', means: `Asterisk 22 has no ${what}: ${so}.` };
  if (module === '' || modules === null || modules.has(module)) return null;
  return { code: 'DIALPLAN_CALL_UNKNOWN', means: `The module ${module} of the ${what} is not loaded: ${so}.` };
}

/** Whether a call that is sent to a place goes on there. */
function leads(
  { context, extension, priority }: Place,
  from: DialplanContext,
  step: DialplanStep,
  contexts: ReadonlyMap<string, DialplanContext>,
  around: Surroundings,
): boolean {
  const wanted = (s: DialplanStep): boolean => isPriority(s, priority);
  if (context === null && extension === null) return from.steps.some((s) => s.extension === step.extension && wanted(s));
  const name = context ?? from.name;
  if (name.includes(UNKNOWN) || (name !== from.name && around.contexts.has(name))) return true;
  // whoever asks first goes there only where there is something
  if (step.arguments.includes(`DIALPLAN_EXISTS(${name},`)) return true;
  const number = extension ?? (step.extension.startsWith('_') ? UNKNOWN : step.extension);
  return within(name, contexts).some(
    (c) => c === null || c.switches.length > 0 || c.steps.some((s) => takes(s.extension, number) && wanted(s)),
  );
}

/** The context and all that it includes; null: one of another file, of which nothing is known. */
function within(name: string, contexts: ReadonlyMap<string, DialplanContext>): (DialplanContext | null)[] {
  const found = new Map<string, DialplanContext | null>();
  const waiting = contexts.has(name) ? [name] : [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    const context = contexts.get(next) ?? null;
    found.set(next, context);
    waiting.push(...(context?.includes ?? []).map((i) => i.context));
  }
  return [...found.values()];
}

function shown({ context, extension, priority }: Place): string {
  const parts = [context, extension, priority].filter((part) => part !== null);
  return parts.join(',').replaceAll(UNKNOWN, '…');
}
