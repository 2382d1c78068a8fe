import type { ConfEntry, ConfFile, ConfSection } from './conf.ts';
import { type ArgumentForm, type ExtensionLine, parseExtensionLine } from './dialplan-line.ts';

/** extensions.conf and what it includes, as Asterisk 22 puts it together. */
export interface Dialplan {
  readonly contexts: readonly DialplanContext[];
  /** `[globals]` in order, unresolved. */
  readonly globals: readonly { readonly name: string; readonly value: string; readonly at: Position }[];
  readonly problems: readonly { readonly at: Position; readonly what: string }[];
}

export interface Position {
  readonly file: string;
  readonly line: number;
}

export interface DialplanContext {
  readonly name: string;
  /** Of its first header. */
  readonly at: Position;
  readonly steps: readonly DialplanStep[];
  readonly hints: readonly { readonly extension: string; readonly devices: string; readonly at: Position }[];
  /** `timing`: the part behind the first comma (or `|`), `9:00-17:00,mon-fri,*,*`. */
  readonly includes: readonly { readonly context: string; readonly timing: string | null; readonly at: Position }[];
  readonly ignorePatterns: readonly { readonly pattern: string; readonly at: Position }[];
  readonly switches: readonly { readonly kind: 'switch' | 'lswitch' | 'eswitch'; readonly value: string; readonly at: Position }[];
}

/** One priority of one extension. */
export interface DialplanStep {
  readonly extension: string;
  readonly callerId: string | null;
  readonly priority: number;
  readonly label: string | null;
  readonly application: string;
  /** As written, nothing resolved. */
  readonly arguments: string;
  readonly form: ArgumentForm;
  readonly at: Position;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };
type Open = Writable<DialplanContext>;

interface Reading {
  contexts: Map<string, Open>;
  /** By context, extension and caller ID, so that large contexts stay linear. */
  byExtension: Map<string, Extension>;
  globals: { name: string; value: string; at: Position }[];
  problems: { at: Position; what: string }[];
}

/** The steps of one extension, to be found by priority and label. */
interface Extension {
  readonly steps: DialplanStep[];
  readonly byPriority: Map<number, DialplanStep>;
  readonly byLabel: Map<string, DialplanStep>;
}

/** What the loader remembers inside one section: `same` and `n` go on from it, over the borders of extensions too. */
interface Cursor {
  extension: string | null;
  callerId: string | null;
  /** -2: none yet; -1: a hint. */
  last: number;
}

/**
 * The dialplan of several files, given in the order in which Asterisk reads them. Of two equal priorities the first one read stays.
 * Sections are taken as they are written: templates, `(+)` and `#include` inside a section are the caller's, as is a section named ''.
 */
export function readDialplan(files: readonly ConfFile[]): Dialplan {
  const r: Reading = { contexts: new Map(), byExtension: new Map(), globals: [], problems: [] };
  for (const { file, sections, problems } of files) {
    for (const p of problems) r.problems.push({ at: { file, line: p.line }, what: p.what });
    for (const section of sections) readSection(r, file, section);
  }
  for (const { steps, byPriority } of r.byExtension.values()) {
    const [first] = steps;
    if (first === undefined || byPriority.has(1)) continue;
    r.problems.push({ at: first.at, what: `${first.extension} has no priority 1: nothing reaches it by dialling` });
  }
  return { contexts: [...r.contexts.values()], globals: r.globals, problems: r.problems };
}

function readSection(r: Reading, file: string, section: ConfSection): void {
  const kind = section.name.toLowerCase();
  if (kind === 'general' || section.template) return;
  if (kind === 'globals') {
    for (const e of section.entries) r.globals.push({ name: e.name, value: e.value, at: { file: e.file ?? file, line: e.line } });
    return;
  }
  const context = r.contexts.get(section.name) ?? newContext(section.name, { file, line: section.line });
  r.contexts.set(section.name, context);
  const cursor: Cursor = { extension: null, callerId: null, last: -2 };
  for (const entry of section.entries) readEntry(r, context, cursor, entry, { file: entry.file ?? file, line: entry.line });
}

function newContext(name: string, at: Position): Open {
  return { name, at, steps: [], hints: [], includes: [], ignorePatterns: [], switches: [] };
}

function readEntry(r: Reading, context: Open, cursor: Cursor, entry: ConfEntry, at: Position): void {
  const keyword = entry.name.toLowerCase();
  if (keyword === 'exten') readStep(r, context, cursor, parseExtensionLine(entry.value, 'exten'), at);
  // Asterisk looks at the first four letters only.
  else if (keyword.startsWith('same')) readStep(r, context, cursor, parseExtensionLine(entry.value, 'same'), at);
  else if (keyword === 'include') context.includes.push({ ...splitInclude(entry.value), at });
  else if (keyword === 'ignorepat') context.ignorePatterns.push({ pattern: entry.value, at });
  else if (keyword === 'switch' || keyword === 'lswitch' || keyword === 'eswitch')
    context.switches.push({ kind: keyword, value: entry.value, at });
  else if (keyword !== 'autohints') r.problems.push({ at, what: `unknown keyword '${entry.name}': the line is skipped` });
}

function splitInclude(value: string): { context: string; timing: string | null } {
  const separator = /[,|]/.exec(value)?.index ?? -1;
  return separator < 0 ? { context: value, timing: null } : { context: value.slice(0, separator), timing: value.slice(separator + 1) };
}

function readStep(r: Reading, context: Open, cursor: Cursor, line: ExtensionLine, at: Position): void {
  for (const what of line.problems) r.problems.push({ at, what });
  if (line.extension !== null) [cursor.extension, cursor.callerId] = [line.extension, line.callerId];
  const { extension, callerId } = cursor;
  // no part of it has a line break
  const key = `${context.name}\n${extension}\n${callerId ?? '\n'}`;
  const mine: Extension = r.byExtension.get(key) ?? { steps: [], byPriority: new Map(), byLabel: new Map() };
  const priority = takePriority(mine, cursor, line);
  if (typeof priority === 'string' || extension === null) {
    r.problems.push({ at, what: `${priority}: the line is dropped` });
  } else if (line.priority.is === 'hint') {
    context.hints.push({ extension, devices: devicesOf(line), at });
  } else {
    const step = {
      extension,
      callerId,
      priority,
      label: freeLabel(r, mine, line, at),
      application: line.application,
      arguments: line.arguments,
      form: line.form,
      at,
    };
    context.steps.push(step);
    mine.steps.push(step);
    mine.byPriority.set(priority, step);
    if (step.label !== null) mine.byLabel.set(step.label, step);
    r.byExtension.set(key, mine);
  }
}

/** The priority (-1 a hint's), the cursor set to it, or why Asterisk drops the line. */
function takePriority(mine: Extension, cursor: Cursor, line: ExtensionLine): number | string {
  const { extension } = cursor;
  if (extension === null || (extension === '' && line.extension === null)) return "'same' without an extension before it";
  if (line.priority.is === 'hint') {
    cursor.last = -1;
    return -1;
  }
  const base = baseOf(mine, cursor, line);
  if (typeof base === 'string') return base;
  // Asterisk drops it without a word, its +N too.
  if (base === 0) return "'n' directly after a hint counts to 0";
  const priority = base + line.plus;
  cursor.last = priority;
  if (extension === '') return 'no extension before the first comma';
  const twin = mine.byPriority.get(priority);
  return twin === undefined ? priority : `priority ${priority} of ${extension} is taken by ${twin.at.file}:${twin.at.line}`;
}

/** A label that the extension has already is left out. */
function freeLabel(r: Reading, mine: Extension, line: ExtensionLine, at: Position): string | null {
  const taken = line.label === null ? undefined : mine.byLabel.get(line.label);
  if (taken === undefined) return line.label;
  r.problems.push({
    at,
    what: `label '${line.label}' of ${taken.extension} is taken by ${taken.at.file}:${taken.at.line}: it is ignored here`,
  });
  return null;
}

/** The priority before its `+N`, or why there is none. */
function baseOf(mine: Extension, cursor: Cursor, line: ExtensionLine): number | string {
  const { priority } = line;
  if (priority.is === 'number') return priority.number < 1 ? `priority ${priority.number}` : priority.number;
  if (priority.is === 'next') return cursor.last > -2 ? cursor.last + 1 : "priority 'n' on the first line of a context";
  if (priority.is === 'same' && cursor.last === -1) return "priority 's' directly after a hint";
  if (priority.is === 'same') return cursor.last > -2 ? cursor.last : "priority 's' on the first line of a context";
  if (priority.is === 'label') {
    const step = mine.byLabel.get(priority.label);
    return step?.priority ?? `neither a priority nor a label: '${priority.label}'`;
  }
  return 0;
}

/** The devices of a hint: it is no call, what looks like arguments belongs to it. */
export function devicesOf(line: ExtensionLine): string {
  if (line.form === 'parentheses') return `${line.application}(${line.arguments})`;
  if (line.form === 'comma') return `${line.application},${line.arguments}`;
  if (line.form === 'pipe') return `${line.application}|${line.arguments}`;
  return line.application;
}
