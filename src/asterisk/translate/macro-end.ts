import type { Dialplan, DialplanContext, DialplanStep } from '../dialplan.ts';

/** After these nothing falls off the end. */
const TERMINAL = new Set(['goto', 'return', 'macroexit', 'hangup', 'busy', 'congestion']);

/**
 * Steps that have to be put in where a macro ended by running out of priorities: Macro went back to whoever called it, Gosub hangs up.
 * And what a macro has no h of its own for: the old box ran that of the caller (tried on 22.10: a hang-up within Gosub runs no other).
 * By context, as lines. `at` gives a priority as it is after the translation, `hangup` is the routine that finds the caller's h.
 */
export function macroEnds(
  dialplan: Dialplan,
  at: (context: string, step: DialplanStep) => number,
  after: (context: string, step: DialplanStep) => boolean,
  hangup: string,
): Map<string, string[]> {
  const ends = new Map<string, string[]>();
  const byName = new Map(dialplan.contexts.map((c) => [c.name, c]));
  const macros = macroContexts(dialplan, byName);
  for (const context of dialplan.contexts) {
    if (!macros.has(context.name)) continue;
    const lines = endsOf(context, at, after);
    if (context.name.startsWith('macro-') && !hasHangup(context, byName)) lines.push(`exten = h,1,Goto(${hangup},s,1)`);
    if (lines.length > 0) ends.set(context.name, lines);
  }
  return ends;
}

function endsOf(
  { name, steps }: DialplanContext,
  at: (context: string, step: DialplanStep) => number,
  after: (context: string, step: DialplanStep) => boolean,
): string[] {
  const taken = new Set(steps.map((s) => `${s.extension}/${s.callerId ?? ''},${s.priority}`));
  return steps.flatMap((step) => {
    const who = `${step.extension}${step.callerId === null ? '' : `/${step.callerId}`}`;
    const goesOn =
      taken.has(`${step.extension}/${step.callerId ?? ''},${step.priority + 1}`) || TERMINAL.has(step.application.toLowerCase());
    const next = at(name, step) + (after(name, step) ? 2 : 1);
    return goesOn || step.extension === 'h' ? [] : [`exten = ${who},${next},Return()`];
  });
}

/** Whether the context, or one of those that it includes, has an h. */
function hasHangup({ steps, includes }: DialplanContext, byName: ReadonlyMap<string, DialplanContext>): boolean {
  const all = [steps, ...includes.map((i) => byName.get(i.context)?.steps ?? [])];
  return all.some((some) => some.some((s) => s.extension === 'h'));
}

/** Contexts that a macro runs in: by name, by how they end, and those that such a context includes. */
function macroContexts(dialplan: Dialplan, byName: ReadonlyMap<string, DialplanContext>): Set<string> {
  const found = new Set<string>();
  const waiting = dialplan.contexts.filter(isMacro).map((c) => c.name);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const context = byName.get(name);
    if (context === undefined || found.has(name)) continue;
    found.add(name);
    waiting.push(...context.includes.map((i) => i.context));
  }
  return found;
}

function isMacro({ name, steps }: DialplanContext): boolean {
  return name.startsWith('macro-') || steps.some((s) => /\bMacroExit\b/i.test(`${s.application} ${s.arguments}`));
}
