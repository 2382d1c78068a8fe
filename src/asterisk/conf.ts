import { type CommentState, stripComments } from './conf-comment.ts';

/** An ini-like file of Asterisk 1.4 to 22 as Asterisk itself reads it (main/config.c, branch 22). Line numbers begin at 1. */
export interface ConfFile {
  /** As given; only passed on. */
  readonly file: string;
  /**
   * In the order of the file; the same name may come again. A first section named '' holds what stands before any header: Asterisk refuses such a file, except
   * where another file includes it into a section.
   */
  readonly sections: readonly ConfSection[];
  readonly includes: readonly ConfInclude[];
  readonly problems: readonly ConfProblem[];
}

export interface ConfSection {
  /** Spaces inside the brackets belong to it. */
  readonly name: string;
  readonly line: number;
  /** `[name](!)`: never used by itself. */
  readonly template: boolean;
  /** `[name](a,b)`: names of sections whose entries come first. They may lie in another file. */
  readonly inherits: readonly string[];
  /** `[name](+)`: goes on with a section of that name. */
  readonly append: boolean;
  readonly entries: readonly ConfEntry[];
}

export interface ConfEntry {
  readonly name: string;
  /** Quotes are part of it; comments are gone, `\;` is `;`. */
  readonly value: string;
  readonly line: number;
  readonly operator: '=' | '=>';
  /** Where it stands in another file than its section: an #include in the midst of it. */
  readonly file?: string;
}

export interface ConfInclude {
  /** Without its quotes; may be a glob. */
  readonly path: string;
  readonly line: number;
  /** The section in which the included file begins; null before the first one. */
  readonly section: string | null;
  /** `#tryinclude`: may be missing. For the others Asterisk refuses the whole file. */
  readonly try: boolean;
}

export interface ConfProblem {
  readonly line: number;
  readonly what: string;
  /** Asterisk refuses the whole file, and whoever includes it; otherwise the line is skipped or read in a way that was not meant. */
  readonly refused: boolean;
}

type Open = { -readonly [K in keyof ConfSection]: ConfSection[K] } & { entries: ConfEntry[] };

interface Reading {
  sections: Open[];
  includes: ConfInclude[];
  problems: ConfProblem[];
  section: Open | null;
}

/** char buf[8192] in config_text_file_load(): a line of so many bytes, its line feed not counted, does not fit. */
const TOO_LONG_BYTES = 8191;

/**
 * Reads one file; what it includes is named, not read, and #exec is a problem, never run.
 * @param text Decoded as its owner thinks fit (a Latin-1 file read as Latin-1 parses as well); CRLF and a BOM are Asterisk's own tolerance.
 * @param file For messages: any name.
 */
export function parseConf(text: string, file: string): ConfFile {
  const r: Reading = { sections: [], includes: [], problems: [], section: null };
  const comments: CommentState = { depth: 0, openedAt: 0 };
  const lines = text.replace(/^(\ufeff|\u00ef\u00bb\u00bf)/, '').split('\n');
  lines.forEach((raw, i) => {
    const line = i + 1;
    if (Buffer.byteLength(raw) >= TOO_LONG_BYTES) {
      problem(r, line, `the line is longer than ${TOO_LONG_BYTES - 1} bytes: Asterisk skips it`);
      return;
    }
    const before = comments.depth;
    const kept = stripComments(raw, line, comments);
    if (comments.depth < 0 && before >= 0) {
      problem(r, line, "a '--;' without ';--' before it: Asterisk takes all that follows for a comment, up to the next ';--'");
    }
    const content = strip(kept ?? '');
    if (content !== '') readLine(r, content, line);
  });
  if (comments.depth > 0) problem(r, comments.openedAt, "a block comment ';--' is never closed: the rest of the file is not read");
  return { file, sections: r.sections, includes: r.includes, problems: r.problems };
}

/** As ast_strip(): every byte below 33, and no other white space. */
export function strip(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && text.charCodeAt(from) < 33) from++;
  while (to > from && text.charCodeAt(to - 1) < 33) to--;
  return text.slice(from, to);
}

function readLine(r: Reading, content: string, line: number): void {
  if (content.startsWith('[')) readHeader(r, content, line);
  else if (content.startsWith('#')) readDirective(r, content, line);
  else readEntry(r, content, line);
}

function readHeader(r: Reading, content: string, line: number): void {
  const end = content.indexOf(']');
  if (end < 0) {
    problem(r, line, "a section's name has no closing ']'", true);
    return;
  }
  const section: Open = { name: content.slice(1, end), line, template: false, inherits: [], append: false, entries: [] };
  const rest = content.slice(end + 1);
  if (rest.startsWith('(')) {
    const close = rest.indexOf(')');
    if (close < 0) {
      problem(r, line, "the section's options have no closing ')'", true);
      return;
    }
    readOptions(section, rest.slice(1, close));
  } else if (strip(rest) !== '') {
    problem(r, line, `text after the section's name is ignored: ${strip(rest)}`);
  }
  if (section.name === '') problem(r, line, 'a section without a name');
  else if (Buffer.byteLength(section.name) > 79) problem(r, line, "the section's name is cut at 79 bytes");
  r.sections.push(section);
  r.section = section;
}

function readOptions(section: Open, text: string): void {
  const inherits: string[] = [];
  for (const option of text.split(',')) {
    if (option === '!') section.template = true;
    else if (option.startsWith('+')) section.append = true;
    else inherits.push(option);
  }
  section.inherits = inherits;
}

function readDirective(r: Reading, content: string, line: number): void {
  const [, word = '', rest = ''] = /^#([!-\u007f]*)([\s\S]*)$/.exec(content) ?? [];
  const kind = word.toLowerCase();
  if (kind === 'exec') {
    problem(r, line, `#exec is not run: ${strip(rest)}`);
    return;
  }
  if (kind !== 'include' && kind !== 'tryinclude') {
    problem(r, line, `unknown directive '#${word}': the line is skipped`);
    return;
  }
  const path = unquote(strip(rest));
  if (path === '') {
    problem(r, line, `#${kind} names no file: the line is skipped`);
    return;
  }
  r.includes.push({ path, line, section: r.section?.name ?? null, try: kind === 'tryinclude' });
}

function unquote(path: string): string {
  const close = path.startsWith('"') ? '"' : path.startsWith('<') ? '>' : null;
  return close !== null && path.length > 1 && path.endsWith(close) ? path.slice(1, -1) : path;
}

function readEntry(r: Reading, content: string, line: number): void {
  // A backslash in front takes the meaning off a first '[', '#' or '='.
  const escaped = content.startsWith('\\');
  const text = escaped ? content.slice(1) : content;
  // Its characters are signed: a letter outside ASCII is below 33 too.
  if (escaped && !/^[!-\u007f]/.test(text)) {
    problem(r, line, 'a backslash in front of what needs none', true);
    return;
  }
  const equals = text.indexOf('=', escaped ? 1 : 0);
  if (equals < 0) {
    problem(r, line, `no '=': the line is skipped: ${text.slice(0, 60)}`);
    return;
  }
  const adds = equals > (escaped ? 1 : 0) && text[equals - 1] === '+';
  const arrow = !adds && text[equals + 1] === '>';
  const name = strip(text.slice(0, adds ? equals - 1 : equals));
  const value = text.slice(equals + (arrow ? 2 : 1));
  if (name === '') {
    problem(r, line, 'no name before the =: the line is skipped');
    return;
  }
  const section = r.section ?? headless(r, line);
  if (adds && append(section.entries, name, value)) return;
  if (adds && section.inherits.length > 0)
    problem(r, line, `'${name} +=' may go on with an entry of a template, which is not looked at here`);
  section.entries.push({ name, value: strip(value), line, operator: arrow ? '=>' : '=' });
}

/**
 * `name += text` goes on with the last entry of that name, and is a new one where there is none. What is changed then is the first entry of that name (in any case)
 * with the same value, or the first of all where the value was empty: ast_variable_update().
 */
function append(entries: ConfEntry[], name: string, text: string): boolean {
  const last = entries.findLast((e) => e.name === name);
  if (last === undefined) return false;
  const alike = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  const at = entries.findIndex((e) => alike(e.name, name) && (last.value === '' || alike(e.value, last.value)));
  const entry = entries[at];
  if (entry !== undefined) entries[at] = { ...entry, value: strip(last.value + text) };
  return true;
}

function headless(r: Reading, line: number): Open {
  const section: Open = { name: '', line, template: false, inherits: [], append: false, entries: [] };
  r.sections.push(section);
  r.section = section;
  return section;
}

function problem(r: Reading, line: number, what: string, refused = false): void {
  r.problems.push({ line, what, refused });
}
