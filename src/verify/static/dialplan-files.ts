import { basename, dirname, join } from 'node:path';
import { type ConfFile, parseConf } from '../../asterisk/conf.ts';
import { type Dialplan, readDialplan } from '../../asterisk/dialplan.ts';
import type { TarEntry } from '../../engine/container.ts';

const FIRST = 'etc/asterisk/extensions.conf';

/** The dialplan of a build's files, in the order in which Asterisk reads them. Positions name the file alone: 'ring-group.conf'. */
export function dialplanOf(entries: readonly TarEntry[]): Dialplan {
  const text = new Map(entries.map((e) => [e.path, Buffer.from(e.content ?? '').toString('utf8')]));
  const read: ConfFile[] = [];
  const visit = (path: string): void => {
    const content = text.get(path);
    if (content === undefined) return; // Asterisk itself complains of a file that is missing
    const file = parseConf(content, basename(path));
    read.push(file);
    for (const include of file.includes) for (const found of filesOf(include.path, text)) visit(found);
  };
  visit(FIRST);
  return readDialplan(read);
}

/** Files that an #include names, which may be a glob. */
function filesOf(include: string, text: ReadonlyMap<string, string>): string[] {
  const path = include.startsWith('/') ? include.slice(1) : join(dirname(FIRST), include);
  const glob = new RegExp(
    `^${path
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '[^/]')}$`,
  );
  return [...text.keys()].filter((name) => glob.test(name)).sort();
}
