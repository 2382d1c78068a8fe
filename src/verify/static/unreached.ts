import { namedBy } from '../../asterisk/named.ts';
import type { HeldDialplan } from './held-dialplan.ts';

/** Where each context leads. */
type Ways = ReadonlyMap<string, ReadonlySet<string>>;

/** All contexts that no call can come to. */
export function neverEntered(dialplan: HeldDialplan, beginnings: readonly string[]): ReadonlySet<string> {
  const reached = reachedFrom(waysOf(dialplan), beginnings);
  return new Set(dialplan.names().filter((name) => !reached.has(name)));
}

/**
 * Contexts that no call can come to: neither from these beginnings nor from a place that leads there. One that only such a context leads to is not
 * told beside it.
 */
export function unreached(dialplan: HeldDialplan, beginnings: readonly string[]): string[] {
  const ways = waysOf(dialplan);
  const reached = reachedFrom(ways, beginnings);
  const left = dialplan.names().filter((name) => !reached.has(name));
  const from = new Map(left.map((name) => [name, reachedFrom(ways, [name])]));
  return left.filter((name, i) =>
    left.every((other, j) => i === j || from.get(other)?.has(name) !== true || (i < j && from.get(name)?.has(other) === true)),
  );
}

function waysOf(dialplan: HeldDialplan): Ways {
  const ways = new Map(dialplan.names().map((name) => [name, new Set(dialplan.includes(name))]));
  for (const step of dialplan.steps()) {
    const own = ways.get(step.context);
    for (const named of namedBy(step)) {
      if (named.is === 'place' && named.place.context !== null) for (const name of dialplan.meant(named.place.context)) own?.add(name);
      if (named.is === 'hint') own?.add(named.context);
    }
  }
  return ways;
}

function reachedFrom(ways: Ways, beginnings: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const next of ways.get(name) ?? []) visit(next);
  };
  for (const name of beginnings) visit(name);
  return seen;
}
