import { GLOBALS } from '../model/custom-dialplan.ts';
import { type BoxSections, readSections } from './box-section.ts';
import { includeOrder, includesOf } from './conf-tree.ts';
import type { BoxFile, Source } from './reader.ts';

/** The dialplan that the site wrote itself, in the order in which Asterisk reads it. */
export interface CustomFiles extends BoxSections {
  /** Hand-made by their names, but nothing that Asterisk reads includes them. */
  readonly idle: readonly BoxFile[];
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

const read = new WeakMap<Source, CustomFiles>();

/** All hand-made dialplan of a box, with every file that it includes. */
export function customFiles(source: Source): CustomFiles {
  const known = read.get(source);
  if (known !== undefined) return known;
  const { roots, idle } = rootsOf(source);
  const reading = readSections(
    source,
    roots.map((file) => (isGlobals(file.path) ? { file, into: GLOBALS } : { file })),
  );
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
  const order = includeOrder(source, 'extensions.conf');
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
