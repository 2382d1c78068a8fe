import type { Dialplan, DialplanContext } from '../dialplan.ts';

const ADDS = /sipaddheader/i;

/** Contexts that a call may be in after a line added a SIP header to it: where it goes from there, and whoever called it as a macro or subroutine. */
export function contextsWithHeaders({ contexts }: Dialplan): Set<string> {
  const targets = new Map<string, Set<string>>();
  const callers = new Map<string, Set<string>>();
  const names = new Set(contexts.map((c) => c.name));
  for (const context of contexts) {
    for (const { name, returns } of leadsTo(context, names)) {
      add(targets, context.name, name);
      if (returns) add(callers, name, context.name);
    }
  }
  const found = new Set<string>();
  const waiting = contexts.filter(({ steps }) => steps.some((s) => ADDS.test(`${s.application}(${s.arguments}`))).map((c) => c.name);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...(targets.get(name) ?? []), ...(callers.get(name) ?? []));
  }
  return found;
}

/** Contexts that steps name: an argument that is a context's name, or a macro's. */
function leadsTo({ steps }: DialplanContext, names: ReadonlySet<string>): { name: string; returns: boolean }[] {
  return steps.flatMap((step) => {
    const text = `${step.application}(${step.arguments}`;
    const returns = /macro|gosub/i.test(text);
    return (text.match(/[\w.-]+/g) ?? []).flatMap((word) =>
      [word, `macro-${word}`].filter((name) => names.has(name)).map((name) => ({ name, returns })),
    );
  });
}

function add(map: Map<string, Set<string>>, from: string, to: string): void {
  const known = map.get(from) ?? new Set();
  map.set(from, known.add(to));
}
