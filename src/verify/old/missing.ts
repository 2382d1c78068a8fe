import { stripVTControlCharacters } from 'node:util';
import type { Ami } from '../../asterisk/ami.ts';
import { namedBy } from '../../asterisk/named.ts';
import type { Container, TarEntry } from '../../engine/container.ts';
import { dialplanOf } from '../static/dialplan-files.ts';

/** Applications that the dialplan names and this Asterisk has not, and what it could not load. */
export async function missingIn(container: Container, ami: Ami, entries: readonly TarEntry[]): Promise<string[]> {
  const known = new Set([...(await ami.command('core show applications')).matchAll(/^\s*(\w+): /gm)].map((m) => m[1]?.toLowerCase()));
  const wanted = new Map<string, Set<string>>();
  for (const context of dialplanOf(entries).contexts) {
    for (const { extension, application, arguments: data } of context.steps) {
      for (const named of namedBy({ extension, application, data, context: context.name })) {
        if (named.is !== 'application' || known.has(named.name.toLowerCase()) || !/^\w+$/.test(named.name)) continue;
        wanted.set(named.name, (wanted.get(named.name) ?? new Set()).add(context.name));
      }
    }
  }
  const applications = [...wanted].map(([name, places]) => `application ${name}, in [${[...places].slice(0, 5).join('], [')}]`);
  return [...applications, ...(await notLoaded(container))];
}

/** Modules of the box's list that Asterisk 16 could not load. */
async function notLoaded(container: Container): Promise<string[]> {
  const log = stripVTControlCharacters(await container.logs());
  const modules = [...log.matchAll(/Error loading module '([^']+)'/g)].map((m) => `module ${m[1]}`);
  return [...new Set(modules)];
}
