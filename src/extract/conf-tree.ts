import { parseConf } from '../asterisk/conf.ts';
import { pathWithin } from '../box/etc-folder.ts';
import { type Finding, finding } from '../finding.ts';
import type { BoxFile, Source } from './reader.ts';

export interface TreeEntry {
  readonly name: string;
  readonly value: string;
  /** 'vm_general.inc:3' */
  readonly where: string;
  readonly path: string;
}

export interface TreeSection {
  readonly name: string;
  readonly template: boolean;
  readonly entries: TreeEntry[];
}

/** A configuration file with all that it includes, in the order in which Asterisk reads it. */
export interface ConfTree {
  readonly sections: readonly TreeSection[];
  readonly files: readonly BoxFile[];
  /** Includes that are missing or lead out of /etc/asterisk. */
  readonly problems: readonly Finding[];
}

interface Growing {
  source: Source;
  sections: TreeSection[];
  files: BoxFile[];
  problems: Finding[];
  open: readonly string[];
  skips: (path: string) => boolean;
}

/** Sections of one name are one. `skips` names includes that are not to be read: what is generated from tables. */
export function readConfTree(source: Source, path: string, skips: (path: string) => boolean = () => false): ConfTree {
  const growing: Growing = { source, sections: [], files: [], problems: [], open: [], skips };
  const file = source.file(path);
  if (file !== null) addFile(growing, file, null);
  return { sections: growing.sections, files: growing.files, problems: growing.problems };
}

/** Entries of the sections of that name. */
export function entriesOf(tree: ConfTree, name: string): readonly TreeEntry[] {
  return tree.sections.filter((s) => s.name === name).flatMap((s) => s.entries);
}

function addFile(g: Growing, file: BoxFile, into: string | null): void {
  if (!g.files.some((f) => f.path === file.path)) g.files.push(file);
  const conf = parseConf(file.text, file.path);
  const inner = { ...g, open: [...g.open, file.path] };
  const steps: { line: number; run: () => void }[] = conf.includes.map((include) => ({
    line: include.line,
    run: () => addInclude(inner, include, `${file.path}:${include.line}`, include.section ?? into),
  }));
  for (const section of conf.sections) {
    // what stands before any header belongs to the section that includes the file
    const name = section.name === '' ? (into ?? '') : section.name;
    steps.push({ line: section.line, run: () => sectionOf(g, name, section.template) });
    for (const entry of section.entries) {
      steps.push({
        line: entry.line,
        run: () =>
          sectionOf(g, name, section.template).entries.push({
            name: entry.name,
            value: entry.value,
            where: `${file.path}:${entry.line}`,
            path: file.path,
          }),
      });
    }
  }
  for (const step of steps.sort((a, b) => a.line - b.line)) step.run();
}

function sectionOf(g: Growing, name: string, template: boolean): TreeSection {
  const known = g.sections.find((s) => s.name === name);
  if (known !== undefined) return known;
  const opened: TreeSection = { name, template, entries: [] };
  g.sections.push(opened);
  return opened;
}

function addInclude(g: Growing, include: { path: string; try: boolean }, where: string, into: string | null): void {
  for (const one of includedFiles(g.source, include, where, g)) {
    const file = g.skips(one) || g.open.includes(one) || g.open.length > 10 ? null : g.source.file(one);
    if (file !== null) addFile(g, file, into);
  }
}

/** Files that an include brings; one that leads out of the folder or names nothing is a problem, unless nobody wants it. */
export function includedFiles(
  source: Source,
  include: { readonly path: string; readonly try: boolean },
  where: string,
  o: { readonly problems: Finding[]; readonly skips?: (path: string) => boolean },
): string[] {
  const path = pathWithin(include.path);
  if (path === null) {
    const means = `'${include.path}' lies outside /etc/asterisk and was not read: what it holds is not carried.`;
    o.problems.push(finding('INCLUDE_OUTSIDE', { where, means }));
    return [];
  }
  const matching = includedPaths(source, path);
  if (matching.length === 0 && !include.try && o.skips?.(path) !== true) {
    const means = `'${include.path}' is included there and is not in the source: what it holds is not carried.`;
    o.problems.push(finding('INCLUDE_MISSING', { where, means }));
  }
  return matching;
}

/** An include may be a glob: `#include custom/*.conf`. */
export function includedPaths(source: Source, path: string): string[] {
  if (!/[*?[]/.test(path)) return source.filePaths?.includes(path) === true ? [path] : [];
  const pattern = path
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return (source.filePaths ?? []).filter((one) => new RegExp(`^${pattern}$`).test(one));
}

/** Files that a file includes itself. */
export function includesOf(source: Source, file: BoxFile): string[] {
  return parseConf(file.text, file.path).includes.flatMap((include) => {
    const path = pathWithin(include.path);
    return path === null ? [] : includedPaths(source, path);
  });
}

/** Files in the order in which one brings them, itself first; what it names and the source lacks is there too. None where the source lacks the file itself. */
export function includeOrder(source: Source, path: string): string[] {
  const order: string[] = [];
  const visit = (file: BoxFile): void => {
    if (order.includes(file.path) || order.length > 500) return;
    order.push(file.path);
    for (const include of parseConf(file.text, file.path).includes) {
      const inner = pathWithin(include.path);
      const held = inner === null ? [] : includedPaths(source, inner).flatMap((one) => source.file(one) ?? []);
      for (const one of held) visit(one);
      if (inner !== null && held.length === 0 && !order.includes(inner)) order.push(inner);
    }
  };
  const root = source.file(path);
  if (root !== null) visit(root);
  return order;
}
