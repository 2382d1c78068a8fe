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
    let from = 0;
    // what is included is read where it is: before what comes after it in the file
    for (const include of file.includes) {
      read.push(partOf(file, from, include.line));
      for (const found of filesOf(include.path, text)) visit(found);
      from = include.line;
    }
    read.push(partOf(file, from, Number.POSITIVE_INFINITY));
  };
  visit(FIRST);
  return readDialplan(read);
}

/** The sections that begin between two lines. */
function partOf(file: ConfFile, from: number, to: number): ConfFile {
  return { ...file, sections: file.sections.filter((s) => s.line >= from && s.line < to), problems: from === 0 ? file.problems : [] };
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
