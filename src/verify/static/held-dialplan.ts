import type { AmiEvent } from '../../asterisk/ami.ts';
import { UNKNOWN } from '../../asterisk/arguments.ts';
import type { Dialplan, DialplanStep } from '../../asterisk/dialplan.ts';
import { patternOf, takes } from '../../asterisk/extension-match.ts';
import type { Model } from '../../model/kinds.ts';
import { withoutShortWait } from '../calls/short-wait.ts';

/** One priority, wherever it is known from. */
export interface HeldStep {
  readonly context: string;
  /** With its `_` where it is a pattern. */
  readonly extension: string;
  /** Caller for whom alone it is, with its `_` where it is a pattern; null: for all. */
  readonly callerId: string | null;
  readonly priority: number;
  readonly label: string | null;
  readonly application: string;
  readonly data: string;
  /** 'ring-group.conf:12'; null: not from a file. */
  readonly at: string | null;
}

interface Context {
  readonly steps: Map<string, HeldStep[]>;
  readonly includes: string[];
  readonly hints: Map<string, string>;
}

/** A step of the site's own dialplan, which says for itself how it calls. */
export function isHandMade(model: Model, step: HeldStep): boolean {
  return model['custom-dialplan'][step.context] !== undefined;
}

/** The dialplan as Asterisk holds it, to be asked what is there. Labels and lines are from the files, since the manager interface tells neither. */
export class HeldDialplan {
  private readonly contexts = new Map<string, Context>();

  constructor(listed: readonly AmiEvent[], files: Dialplan) {
    const fromFiles = stepsOfFiles(files);
    for (const e of listed) {
      const name = e['Context'];
      if (name === undefined) continue;
      const context = this.open(name);
      if (e['IncludeContext'] !== undefined) context.includes.push(includedContext(e['IncludeContext']));
      const extension = e['Extension'];
      if (extension === undefined || e['Priority'] === undefined) continue;
      if (e['Priority'] === 'hint') context.hints.set(extension, e['Application'] ?? '');
      else add(context, heldStep(name, extension, e, fromFiles));
    }
  }

  private open(name: string): Context {
    const context = this.contexts.get(name) ?? { steps: new Map(), includes: [], hints: new Map() };
    this.contexts.set(name, context);
    return context;
  }

  names(): string[] {
    return [...this.contexts.keys()];
  }

  has(context: string): boolean {
    return this.contexts.has(context);
  }

  includes(context: string): readonly string[] {
    return this.contexts.get(context)?.includes ?? [];
  }

  steps(): HeldStep[] {
    return [...this.contexts.values()].flatMap((c) => [...c.steps.values()].flat());
  }

  stepsIn(context: string): HeldStep[] {
    return [...(this.contexts.get(context)?.steps.values() ?? [])].flat();
  }

  stepsOf(context: string, extension: string): readonly HeldStep[] {
    return this.contexts.get(context)?.steps.get(extension) ?? [];
  }

  /** Devices of a hint, looked up as Asterisk does; null: none. */
  hint(extension: string, context: string): string | null {
    for (const name of this.within(context)) {
      for (const [key, devices] of this.contexts.get(name)?.hints ?? []) if (takes(key, extension)) return devices;
    }
    return null;
  }

  /** Names of the contexts that a text with unknown parts may mean. */
  meant(text: string): string[] {
    if (!text.includes(UNKNOWN)) return this.has(text) ? [text] : [];
    const pattern = patternOf(text);
    return this.names().filter((name) => pattern.test(name));
  }

  /** Steps of every extension by which a number may go on in a context, its includes with it. */
  extensionsFor(context: string, number: string): HeldStep[][] {
    const found: HeldStep[][] = [];
    for (const name of this.within(context)) {
      for (const [extension, steps] of this.contexts.get(name)?.steps ?? []) if (takes(extension, number)) found.push(steps);
    }
    return found;
  }

  /** The context and all that it includes, each once. */
  within(context: string): Set<string> {
    const seen = new Set<string>();
    const visit = (name: string): void => {
      if (seen.has(name) || !this.contexts.has(name)) return;
      seen.add(name);
      for (const next of this.includes(name)) visit(next);
    };
    visit(context);
    return seen;
  }
}

function add(context: Context, step: HeldStep): void {
  context.steps.set(step.extension, [...(context.steps.get(step.extension) ?? []), step]);
}

function heldStep(context: string, extension: string, e: AmiEvent, files: ReadonlyMap<string, DialplanStep>): HeldStep {
  const [priority, application, data] = [Number(e['Priority']), e['Application'] ?? '', withoutShortWait(e['AppData'] ?? '')];
  const source = files.get(stepKey(context, extension, priority, application, data)) ?? files.get(stepKey(context, extension, priority));
  return {
    context,
    extension,
    callerId: source?.callerId ?? null,
    priority,
    label: source?.label ?? null,
    application,
    data,
    at: source === undefined ? null : `${source.at.file}:${source.at.line}`,
  };
}

/** By their whole content, and by their place alone: of extensions for several callers Asterisk tells no caller. */
function stepsOfFiles(files: Dialplan): Map<string, DialplanStep> {
  const found = new Map<string, DialplanStep>();
  for (const { name, steps } of files.contexts) {
    for (const s of steps) {
      found.set(stepKey(name, s.extension, s.priority, s.application, s.arguments), s);
      const place = stepKey(name, s.extension, s.priority);
      if (!found.has(place)) found.set(place, s);
    }
  }
  return found;
}

export function stepKey(...parts: (string | number)[]): string {
  return JSON.stringify(parts);
}

/** 'night,22:00-06:00,*,*,*' is the context night at some hours. */
function includedContext(text: string): string {
  return text.split(/[,|]/)[0] ?? text;
}
