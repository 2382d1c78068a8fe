import { type ConfEntry, type ConfFile, type ConfSection, parseConf } from '../conf.ts';
import { type CommentState, stripComments } from '../conf-comment.ts';
import { type Dialplan, readDialplan } from '../dialplan.ts';
import type { DialplanLine } from './translation.ts';

/** What a line is to the loader. */
export type LineKind =
  | { readonly is: 'comment' }
  | { readonly is: 'header'; readonly section: Section }
  | { readonly is: 'include'; readonly path: string; readonly try: boolean }
  | { readonly is: 'entry'; readonly section: Section; readonly entry: ConfEntry }
  /** Asterisk does not read it as it was meant, or not at all. */
  | { readonly is: 'skipped'; readonly what: string };

export interface Section {
  readonly name: string;
  readonly template: boolean;
  readonly append: boolean;
  readonly inherits: readonly string[];
  /** Entries of the templates that it goes by, first. */
  readonly inherited: readonly ConfEntry[];
}

/** The lines of all files as one dialplan. */
export interface Stream {
  /** By place in the list of lines. */
  readonly kinds: readonly LineKind[];
  readonly dialplan: Dialplan;
  /** What the loader does not like about a line that it reads all the same. By place. */
  readonly remarks: ReadonlyMap<number, readonly string[]>;
}

type Open = { -readonly [K in keyof Section]: Section[K] } & { own: ConfEntry[]; line: number };

interface Reading {
  kinds: LineKind[];
  remarks: Map<number, string[]>;
  sections: Open[];
  current: Open | null;
}

/**
 * Puts lines together as the loader does (main/config.c): an included file goes on in the section where it is included, and what follows it goes on in its last one;
 * `[a](+)` goes on with the first [a]; templates come first in those that go by them. Comments end with their file.
 */
export function readStream(lines: readonly DialplanLine[]): Stream {
  const r: Reading = { kinds: lines.map(() => ({ is: 'comment' })), remarks: new Map(), sections: [], current: null };
  let from = 0;
  while (from < lines.length) {
    let to = from + 1;
    while (to < lines.length && lines[to]?.file === lines[from]?.file) to++;
    readRun(r, lines, from, to);
    from = to;
  }
  return { kinds: r.kinds, remarks: r.remarks, dialplan: readDialplan([merged(r.sections)]) };
}

/** Lines of one file without another between them. */
function readRun(r: Reading, lines: readonly DialplanLine[], from: number, to: number): void {
  const file = lines[from]?.file ?? '';
  // a line break inside a text would shift all that follows
  const text = lines.slice(from, to).map((l) => l.text.replace(/[\r\n]+/g, ' '));
  const conf = parseConf(text.join('\n'), file);
  for (const p of conf.problems) {
    const at = from + p.line - 1;
    if (p.refused || /skipped|longer than|#exec/.test(p.what)) r.kinds[at] = { is: 'skipped', what: p.what };
    else r.remarks.set(at, [...(r.remarks.get(at) ?? []), p.what]);
  }
  for (const { path, line, try: tries } of conf.includes) r.kinds[from + line - 1] = { is: 'include', path, try: tries };
  for (const section of conf.sections) readSection(r, lines, from, section);
}

function readSection(r: Reading, lines: readonly DialplanLine[], from: number, section: ConfSection): void {
  const at = from + section.line - 1;
  const isHeader = (lines[at]?.text.indexOf('[') ?? -1) >= 0 && r.kinds[at]?.is === 'comment';
  if (isHeader || r.current === null) r.current = open(r, section);
  const current = r.current;
  if (section.name !== '') {
    r.kinds[at] = { is: 'header', section: current };
    r.sections.push(current);
  } else if (isHeader) r.kinds[at] = { is: 'skipped', what: 'a section without a name' };
  for (const entry of section.entries) {
    const index = from + entry.line - 1;
    const { file, line } = lines[index] as DialplanLine;
    const placed: ConfEntry = { ...entry, file, line };
    if (current.name === '') r.kinds[index] = { is: 'skipped', what: 'it stands in no section' };
    else {
      r.kinds[index] = { is: 'entry', section: current, entry: placed };
      current.own.push(placed);
    }
  }
}

function open(r: Reading, section: ConfSection): Open {
  const inherited = section.inherits.flatMap((name) => {
    const template = r.sections.find((s) => s.name === name);
    return template === undefined ? [] : [...template.inherited, ...template.own];
  });
  const { name, template, append, inherits } = section;
  return { name, template, append, inherits, inherited, own: [], line: section.line };
}

/** One file to the reader of dialplans: each entry says where it stands. */
function merged(sections: readonly Open[]): ConfFile {
  const byName = new Map<string, ConfSection & { entries: ConfEntry[] }>();
  const all: ConfSection[] = [];
  for (const s of sections) {
    const first = byName.get(s.name);
    if (s.append && first !== undefined) {
      for (const e of [...s.inherited, ...s.own]) first.entries.push(e);
      continue;
    }
    const { name, template, line, own, inherited } = s;
    const section = { name, line, template, inherits: [], append: false, entries: [...inherited, ...own] };
    if (first === undefined) byName.set(name, section);
    all.push(section);
  }
  return { file: '', sections: all, includes: [], problems: [] };
}

/** Which lines have a part in a block comment `;-- … --;`. */
export function inBlockComment(lines: readonly DialplanLine[]): boolean[] {
  let state: CommentState = { depth: 0, openedAt: 0 };
  let file: string | null = null;
  return lines.map(({ file: its, text }, i) => {
    if (its !== file) state = { depth: 0, openedAt: 0 };
    file = its;
    const before = state.depth;
    stripComments(text, i + 1, state);
    return before !== 0 || state.depth !== 0 || /;--|--;/.test(text);
  });
}
