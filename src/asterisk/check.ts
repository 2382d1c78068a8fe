import { UNKNOWN } from './arguments.ts';
import type { Dialplan, DialplanContext, DialplanStep } from './dialplan.ts';
import { isPriority, takes } from './extension-match.ts';
import { moduleOfApplication, moduleOfFunction } from './module-of.ts';
import { type Named, namedBy, type Place } from './named.ts';

/** What a dialplan may rely on beside itself. */
export interface Surroundings {
  /** The rest of the dialplan, where it is at hand: places in it are looked up, and its own steps are taken for good. */
  readonly rest?: Dialplan | null;
  /** Contexts of which nothing but the name is known. */
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
  /** What is not there, as it is written; null where it is no place. */
  readonly place: string | null;
}

type Trouble = Pick<StepTrouble, 'code' | 'means' | 'place'>;

/**
 * Whether each application and function of a dialplan for Asterisk 22 is there and its module loaded, and each place that Goto, Gosub, Local and their like lead to.
 * What is known only when a call comes is taken for good. Pure.
 */
export function checkDialplan(dialplan: Dialplan, around: Surroundings): StepTrouble[] {
  const checker = new Checker(dialplan, around);
  return dialplan.contexts.flatMap((context) =>
    context.steps.flatMap((step) => {
      const troubles = checker.troublesWith(context, step);
      return [...new Map(troubles.map((t) => [t.means, { ...t, ...step.at }])).values()];
    }),
  );
}

class Checker {
  private readonly contexts: Map<string, DialplanContext>;
  /** Steps by context and extension. */
  private readonly steps: Map<string, Map<string, DialplanStep[]>>;
  private readonly answered = new Map<string, boolean>();
  private readonly around: Surroundings;

  constructor({ contexts }: Dialplan, around: Surroundings) {
    this.around = around;
    this.contexts = new Map(contexts.map((c) => [c.name, c]));
    for (const c of around.rest?.contexts ?? []) this.contexts.set(c.name, joined(c, this.contexts.get(c.name)));
    this.steps = new Map([...this.contexts].map(([name, c]) => [name, byExtension(c.steps)]));
  }

  troublesWith(context: DialplanContext, step: DialplanStep): Trouble[] {
    const data = step.form === 'none' ? '' : step.arguments;
    if (deepest(data) > DEEPEST) return [];
    const named = namedBy({ context: context.name, extension: step.extension, application: step.application, data });
    return named.flatMap((n) => this.troubleWith(n, context, step) ?? []);
  }

  private troubleWith(named: Named, context: DialplanContext, step: DialplanStep): Trouble | null {
    if (named.is === 'application') return this.missing(`application ${named.name}`, moduleOfApplication(named.name), 'the call ends here');
    if (named.is === 'function' && !this.around.functions.has(named.name))
      return this.missing(`function ${named.name}`, moduleOfFunction(named.name), 'what it gives is empty');
    if (named.is !== 'place' || this.leads(named.place, context.name, step)) return null;
    const place = shown(named.place);
    return { code: 'DIALPLAN_TARGET_MISSING', means: `There is no ${place}: a call that is sent there ends.`, place };
  }

  private missing(what: string, module: string | null, so: string): Trouble | null {
    const { modules } = this.around;
    if (module === null) return { code: 'DIALPLAN_CALL_UNKNOWN', means: `Asterisk 22 has no ${what}: ${so}.`, place: null };
    if (module === '' || modules === null || modules.has(module)) return null;
    return { code: 'DIALPLAN_CALL_UNKNOWN', means: `The module ${module} of the ${what} is not loaded: ${so}.`, place: null };
  }

  /** Whether a call that a step sends to a place goes on there. */
  private leads({ context, extension, priority }: Place, from: string, step: DialplanStep): boolean {
    const own = this.steps.get(from)?.get(step.extension) ?? [];
    if (context === null && extension === null) return own.some((s) => isPriority(s, priority));
    const name = context ?? from;
    if (name.includes(UNKNOWN) || (name !== from && this.around.contexts.has(name))) return true;
    // whoever asks first goes there only where there is something
    if (step.arguments.includes(`DIALPLAN_EXISTS(${name},`)) return true;
    const number = extension ?? (step.extension.startsWith('_') ? UNKNOWN : step.extension);
    const key = JSON.stringify([name, number, priority]);
    const known = this.answered.get(key) ?? this.within(name).some((c) => c === null || this.goesOn(c, number, priority));
    this.answered.set(key, known);
    return known;
  }

  private goesOn({ name, switches }: DialplanContext, number: string, priority: string): boolean {
    if (switches.length > 0) return true;
    const extensions = this.steps.get(name) ?? new Map<string, DialplanStep[]>();
    const isThere = (steps: readonly DialplanStep[]): boolean => steps.some((s) => isPriority(s, priority));
    if (!number.includes(UNKNOWN) && isThere(extensions.get(number) ?? [])) return true;
    for (const [extension, steps] of extensions) {
      if ((extension.startsWith('_') || number.includes(UNKNOWN)) && takes(extension, number) && isThere(steps)) return true;
    }
    return false;
  }

  /** The context and all that it includes; null: one of another file, of which nothing is known. */
  private within(name: string): (DialplanContext | null)[] {
    const found = new Map<string, DialplanContext | null>();
    const waiting = this.contexts.has(name) ? [name] : [];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (found.has(next)) continue;
      const context = this.contexts.get(next) ?? null;
      found.set(next, context);
      waiting.push(...(context?.includes ?? []).map((i) => i.context));
    }
    return [...found.values()];
  }
}

/** Sections of one name are one context. */
function joined(context: DialplanContext, other: DialplanContext | undefined): DialplanContext {
  if (other === undefined) return context;
  return {
    ...context,
    steps: [...context.steps, ...other.steps],
    includes: [...context.includes, ...other.includes],
    switches: [...context.switches, ...other.switches],
  };
}

/** Applications within one another, ExecIf in ExecIf, are looked at so far: nobody writes more. */
const DEEPEST = 30;

/** How many parentheses are open at once. */
function deepest(text: string): number {
  let [open, most] = [0, 0];
  for (const c of text) {
    if (c === '(') most = Math.max(most, ++open);
    else if (c === ')') open = Math.max(0, open - 1);
  }
  return most;
}

function byExtension(steps: readonly DialplanStep[]): Map<string, DialplanStep[]> {
  const found = new Map<string, DialplanStep[]>();
  for (const step of steps) {
    const mine = found.get(step.extension);
    if (mine === undefined) found.set(step.extension, [step]);
    else mine.push(step);
  }
  return found;
}

function shown({ context, extension, priority }: Place): string {
  const parts = [context, extension, priority].filter((part) => part !== null);
  return parts.join(',').replaceAll(UNKNOWN, '…');
}
