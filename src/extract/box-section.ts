import { type ConfEntry, parseConf } from '../asterisk/conf.ts';
import type { Finding } from '../finding.ts';
import { includedFiles } from './conf-tree.ts';
import type { BoxFile, Source } from './reader.ts';

/** One `[name]` of a file of the box, with what stands in it; what it includes before another header belongs to it. */
export interface BoxSection {
  readonly name: string;
  readonly template: boolean;
  readonly inherits: readonly string[];
  /** `[name](+)` */
  readonly append: boolean;
  readonly file: string;
  readonly line: number;
  /** Those of its templates come first. */
  readonly entries: readonly (ConfEntry & { readonly file: string })[];
}

/** Sections of files in the order in which Asterisk reads them, each for itself: of two of one name both are here. */
export interface BoxSections {
  readonly sections: readonly BoxSection[];
  readonly files: readonly BoxFile[];
  /** Includes that are missing or lead out of /etc/asterisk. */
  readonly problems: readonly Finding[];
  /** Lines that Asterisk does not understand at all. */
  readonly broken: readonly { readonly file: string; readonly line: number; readonly what: string }[];
}

type Open = BoxSection & { entries: (ConfEntry & { file: string })[] };

interface Reading {
  readonly source: Source;
  sections: Open[];
  files: BoxFile[];
  problems: Finding[];
  broken: { file: string; line: number; what: string }[];
  open: readonly string[];
  skips: (path: string) => boolean;
}

/** A file that is read by itself, and the section to which what stands before its first header belongs. */
export interface Root {
  readonly file: BoxFile;
  readonly into?: string;
}

/** Reads files with all that they include; one that was read as part of another is not read again. `skips` names what may be missing. */
export function readSections(source: Source, roots: readonly Root[], skips: (path: string) => boolean = () => false): BoxSections {
  const r: Reading = { source, sections: [], files: [], problems: [], broken: [], open: [], skips };
  for (const { file, into } of roots) {
    if (r.files.some((f) => f.path === file.path)) continue;
    addFile(r, file, into === undefined ? null : openSection(r, { name: into, line: 1 }, file.path));
  }
  return r;
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

interface Header {
  readonly name: string;
  readonly line: number;
  readonly template?: boolean;
  readonly inherits?: readonly string[];
  readonly append?: boolean;
}

function openSection(r: Reading, { name, line, template = false, inherits = [], append = false }: Header, file: string): Open {
  // Asterisk refuses a template that nobody has defined; what it has goes before the section's own
  const inherited = inherits.flatMap((parent) => r.sections.find((s) => s.name === parent)?.entries ?? []);
  const opened: Open = { name, line, template, inherits, append, file, entries: [...inherited] };
  r.sections.push(opened);
  return opened;
}

function addInclude(r: Reading, include: { path: string; try: boolean }, where: string, into: Open | null): void {
  for (const one of includedFiles(r.source, include, where, r)) {
    const file = r.open.includes(one) || r.open.length > 10 ? null : r.source.file(one);
    if (file !== null) addFile(r, file, into);
  }
}
