import { takes } from '../../asterisk/extension-match.ts';
import { matches, moreSpecific } from '../../model/dial-pattern.ts';
import type { HeldDialplan, HeldStep } from '../static/held-dialplan.ts';

/** One extension of a context, perhaps for one caller alone. */
interface Extension {
  readonly name: string;
  readonly callerId: string | null;
  readonly byPriority: ReadonlyMap<number, HeldStep>;
  readonly byLabel: ReadonlyMap<string, number>;
}

/** Finds steps as Asterisk does: the context's own extensions first, the best match before others, then what it includes, each in turn (pbx_find_extension, main/pbx.c). */
export class Lookup {
  readonly dialplan: HeldDialplan;
  private readonly sorted = new Map<string, readonly Extension[]>();
  private readonly taken = new Map<string, readonly Extension[]>();
  private readonly more = new Map<string, boolean>();

  constructor(dialplan: HeldDialplan) {
    this.dialplan = dialplan;
  }

  step(context: string, number: string, priority: number, caller: string): HeldStep | null {
    for (const e of this.candidates(context, number)) {
      const step = isFor(e, caller) ? e.byPriority.get(priority) : undefined;
      if (step !== undefined) return step;
    }
    return null;
  }

  /** Priority of a label; null: there is none. */
  label(context: string, number: string, label: string, caller: string): number | null {
    for (const e of this.candidates(context, number)) {
      const priority = isFor(e, caller) ? e.byLabel.get(label) : undefined;
      if (priority !== undefined) return priority;
    }
    return null;
  }

  exists(context: string, number: string, caller: string, priority = 1): boolean {
    return this.step(context, number, priority, caller) !== null;
  }

  /** True where further keys could make a longer number of it (ast_matchmore_extension). */
  takesMore(context: string, number: string): boolean {
    const key = `${context}\n${number}`;
    const known = this.more.get(key) ?? this.every(context).some((e) => continues(e.name, number));
    this.more.set(key, known);
    return known;
  }

  hint(number: string, context: string): string | null {
    return this.dialplan.hint(number, context);
  }

  private candidates(context: string, number: string): readonly Extension[] {
    const key = `${context}\n${number}`;
    const known = this.taken.get(key) ?? this.every(context).filter((e) => takes(e.name, number));
    this.taken.set(key, known);
    return known;
  }

  private every(context: string): readonly Extension[] {
    const known =
      this.sorted.get(context) ?? [...this.dialplan.within(context)].flatMap((name) => extensionsOf(this.dialplan.stepsIn(name)));
    this.sorted.set(context, known);
    return known;
  }
}

function extensionsOf(steps: readonly HeldStep[]): Extension[] {
  const found = new Map<
    string,
    { name: string; callerId: string | null; byPriority: Map<number, HeldStep>; byLabel: Map<string, number> }
  >();
  for (const step of steps) {
    const key = `${step.extension}\n${step.callerId ?? ''}`;
    const e = found.get(key) ?? { name: step.extension, callerId: step.callerId, byPriority: new Map(), byLabel: new Map() };
    found.set(key, e);
    if (!e.byPriority.has(step.priority)) e.byPriority.set(step.priority, step);
    if (step.label !== null && !e.byLabel.has(step.label)) e.byLabel.set(step.label, step.priority);
  }
  return [...found.values()].sort(tried);
}

/** Numbers before patterns, the more specific pattern before others, and of equal ones that for certain callers first. */
function tried(a: Extension, b: Extension): number {
  const [patternA, patternB] = [a.name.startsWith('_'), b.name.startsWith('_')];
  if (patternA !== patternB) return patternA ? 1 : -1;
  const names = patternA ? moreSpecific(a.name.slice(1), b.name.slice(1)) : 0;
  return names || Number(a.callerId === null) - Number(b.callerId === null);
}

function isFor({ callerId }: Extension, caller: string): boolean {
  if (callerId === null) return true;
  return callerId.startsWith('_') ? matches(callerId.slice(1), caller) : callerId === caller;
}

function continues(name: string, number: string): boolean {
  if (!name.startsWith('_')) return name.length > number.length && name.startsWith(number);
  const elements = name.slice(1).match(/\[[^\]]*\]|./g) ?? [];
  const end = elements.findIndex((e) => e === '.' || e === '!');
  if (end >= 0 && number.length > end) return matches(name.slice(1), number);
  return elements.length > number.length && (number === '' || matches(elements.slice(0, number.length).join(''), number));
}
