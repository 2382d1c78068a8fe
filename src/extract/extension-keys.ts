import type { AstDbEntry, Source } from './reader.ts';

const indexed = new WeakMap<Source, ReadonlyMap<string, readonly AstDbEntry[]>>();

/**
 * Keys AMPUSER/<extension>/<what>/..., of all extensions, by extension. AMPUSER is by far the largest family, and is gone through once.
 * @param what 'speeddials', 'intercom'.
 */
export function keysBelow(source: Source, what: string): ReadonlyMap<string, readonly AstDbEntry[]> {
  const start = `${what}\n`;
  return new Map([...index(source)].flatMap(([key, entries]) => (key.startsWith(start) ? [[key.slice(start.length), entries]] : [])));
}

/** The same of one extension. */
export function keysOf(source: Source, extension: string, what: string): readonly AstDbEntry[] {
  return index(source).get(`${what}\n${extension}`) ?? [];
}

function index(source: Source): ReadonlyMap<string, readonly AstDbEntry[]> {
  const held = indexed.get(source);
  if (held !== undefined) return held;
  const found = new Map<string, AstDbEntry[]>();
  for (const entry of source.astdb('AMPUSER')) {
    const [, extension, what] = /^([^/]+)\/([^/]+)\/./.exec(entry.key) ?? [];
    if (extension === undefined || what === undefined) continue;
    const key = `${what}\n${extension}`;
    const entries = found.get(key);
    if (entries === undefined) found.set(key, [entry]);
    else entries.push(entry);
  }
  indexed.set(source, found);
  return found;
}
