import { type ConfEntry, parseConf } from '../asterisk/conf.ts';
import { pathWithin } from '../box/etc-folder.ts';
import type { Finding } from '../finding.ts';
import { GLOBALS } from '../model/custom-dialplan.ts';
import { includedFiles, includedPaths } from './conf-tree.ts';
import type { BoxFile, Source } from './reader.ts';

/** One `[name]` of a hand-made file with what stands in it, what it includes left out. */
export interface CustomSection {
  readonly name: string;
  readonly template: boolean;
  readonly inherits: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly entries: readonly (ConfEntry & { readonly file: string })[];
}

/** The dialplan that the site wrote itself, in the order in which Asterisk reads it. */
export interface CustomFiles {
  readonly sections: readonly CustomSection[];
  readonly files: readonly BoxFile[];
  /** Hand-made by their names, but nothing that Asterisk reads includes them. */
  readonly idle: readonly BoxFile[];
  readonly problems: readonly Finding[];
  /** Lines that Asterisk does not understand at all. */
  readonly broken: readonly { readonly file: string; readonly line: number; readonly what: string }[];
}

/** Elastix's own override; its contexts are stock, whatever else stands in it is the site's. */
export const ELASTIX_OVERRIDE = 'extensions_override_elastix.conf';
const STOCK_OVERRIDES = new Set(['macro-hangupcall', 'macro-record-enable']);

/** FreePBX 2.x reads overrides, what it wrote itself, then custom files: extensions.conf says so where the source has it. */
const USUAL_ORDER = [/^extensions_override_/, /^globals_custom/, /^extensions_custom\.conf$/];

/** A dialplan file that people write by hand, by FreePBX's naming. */
export function isHandMadeDialplan(path: string): boolean {
  return /(?:^|\/)(?:extensions[^/]*_custom[^/]*|extensions_override_[^/]+|globals_custom)\.conf$/i.test(path);
}

type Open = CustomSection & { entries: (ConfEntry & { file: string })[] };

interface Reading {
  readonly source: Source;
  sections: Open[];
  files: BoxFile[];
  problems: Finding[];
  broken: { file: string; line: number; what: string }[];
  open: readonly string[];
}

const read = new WeakMap<Source, CustomFiles>();

/** All hand-made dialplan of a box, with every file that it includes. */
export function customFiles(source: Source): CustomFiles {
  const known = read.get(source);
  if (known !== undefined) return known;
  const reading: Reading = { source, sections: [], files: [], problems: [], broken: [], open: [] };
  const { roots, idle } = rootsOf(source);
  for (const file of roots) {
    if (!reading.files.some((f) => f.path === file.path))
      addFile(reading, file, isGlobals(file.path) ? openSection(reading, { name: GLOBALS, line: 1 }, file.path) : null);
  }
  const sections = reading.sections.filter((s) => s.file !== ELASTIX_OVERRIDE || !STOCK_OVERRIDES.has(s.name));
  const found = { ...reading, sections, idle };
  read.set(source, found);
  return found;
}

/** FreePBX includes it within its own [globals]. */
function isGlobals(path: string): boolean {
  return /(?:^|\/)globals_custom\.conf$/i.test(path);
}

/** Paths of all hand-made files: their contexts are accounted for one by one. Elastix's own override is one only where the site added to it. */
export function handMadeFiles(source: Source): string[] {
  const { files, idle, sections } = customFiles(source);
  return [...files, ...idle].map((f) => f.path).filter((path) => path !== ELASTIX_OVERRIDE || sections.some((s) => s.file === path));
}

/** The hand-made files that Asterisk reads, first to last, and those that it does not. */
function rootsOf(source: Source): { roots: BoxFile[]; idle: BoxFile[] } {
  const paths = (source.filePaths ?? []).filter(isHandMadeDialplan);
  const order = includeOrder(source);
  const rank = (path: string): number => {
    // generated dialplan brings the globals along, before any custom file
    if (order.length > 0 && !order.includes(path)) return isGlobals(path) ? -1 : order.length;
    if (order.length > 0) return order.indexOf(path);
    const usual = USUAL_ORDER.findIndex((p) => p.test(path));
    return usual < 0 ? USUAL_ORDER.length : usual;
  };
  const sorted = paths.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).flatMap((path) => source.file(path) ?? []);
  const included = new Set(sorted.flatMap((f) => includesOf(source, f)));
  // what the generated dialplan includes is not known where the source lacks that
  const isRead = (path: string): boolean =>
    order.length === 0 || order.includes(path) || included.has(path) || source.file('extensions_additional.conf') === null;
  const idle = sorted.filter((f) => !isRead(f.path));
  return { roots: sorted.filter((f) => isRead(f.path) && (!included.has(f.path) || order.includes(f.path))), idle };
}

/** Files in the order in which extensions.conf brings them; none where the source lacks it. */
function includeOrder(source: Source): string[] {
  const order: string[] = [];
  const visit = (path: string): void => {
    const file = source.file(path);
    if (file === null || order.includes(path) || order.length > 500) return;
    order.push(path);
    for (const inner of includesOf(source, file)) visit(inner);
  };
  visit('extensions.conf');
  return order;
}

function includesOf(source: Source, file: BoxFile): string[] {
  return parseConf(file.text, file.path).includes.flatMap((include) => {
    const path = pathWithin(include.path);
    return path === null ? [] : includedPaths(source, path);
  });
}

/** @param into The section in which the file is included: what it holds before any header belongs there. */
function addFile(r: Reading, file: BoxFile, into: Open | null): void {
  if (!r.files.some((f) => f.path === file.path)) r.files.push(file);
  const conf = parseConf(file.text, file.path);
  for (const p of conf.problems) r.broken.push({ file: file.path, line: p.line, what: p.what });
  const inner = { ...r, open: [...r.open, file.path] };
  let open = into;
  const steps: { line: number; run: () => void }[] = conf.includes.map((include) => ({
    line: include.line,
    run: () => addInclude(inner, include, `${file.path}:${include.line}`, open),
  }));
  for (const section of conf.sections) {
    if (section.name !== '') steps.push({ line: section.line, run: () => (open = openSection(r, section, file.path)) });
    for (const entry of section.entries) {
      steps.push({
        line: entry.line,
        run: () => {
          open ??= openSection(r, section, file.path);
          open.entries.push({ ...entry, file: file.path });
        },
      });
    }
  }
  for (const step of steps.sort((x, y) => x.line - y.line)) step.run();
}

function openSection(
  r: Reading,
  { name, line, template = false, inherits = [] }: { name: string; line: number; template?: boolean; inherits?: readonly string[] },
  file: string,
): Open {
  // Asterisk refuses a template that nobody has defined; what it has goes before the section's own
  const inherited = inherits.flatMap((parent) => r.sections.find((s) => s.name === parent)?.entries ?? []);
  const opened: Open = { name, line, template, inherits, file, entries: [...inherited] };
  r.sections.push(opened);
  return opened;
}

function addInclude(r: Reading, include: { path: string; try: boolean }, where: string, into: Open | null): void {
  for (const one of includedFiles(r.source, include, where, r)) {
    const file = r.open.includes(one) || r.open.length > 10 ? null : r.source.file(one);
    if (file !== null) addFile(r, file, into);
  }
}
