import { pipesToCommas } from '../argument-list.ts';
import type { ConfEntry } from '../conf.ts';
import { type Dialplan, type DialplanStep, devicesOf } from '../dialplan.ts';
import { type ExtensionLine, parseExtensionLine } from '../dialplan-line.ts';
import { escapeComment } from '../escape.ts';
import { hasVariable, rewriteChannels } from './channel-name.ts';
import type { Priorities } from './jump.ts';
import { commentOf, type LineNotes } from './line-notes.ts';
import { type Call, NOTHING, type Step } from './step.ts';
import type { DialplanLine } from './translation.ts';
import { rewriteVariables } from './variable.ts';

/** What becomes of one entry. */
export interface Written {
  readonly fate: 'same' | 'changed' | 'comment';
  readonly lines: readonly string[];
}

/** What the loader of Asterisk remembers while it reads what we write. */
interface Cursor {
  who: string | null;
  last: number;
}

/** Writes entries of contexts, one after the other, so that Asterisk 22 counts their priorities as it is meant. */
export class EntryWriter {
  private cursor: Cursor = { who: null, last: -2 };
  private readonly steps = new Map<string, DialplanStep>();
  /** Extension of each hint, by its place. */
  private readonly hints = new Map<string, string>();
  private readonly why = new Map<string, string>();
  /** A file that is included twice: its lines count once. */
  private readonly written = new Set<string>();
  private readonly priorities: Priorities;
  private readonly labels = new Map<string, number>();

  constructor(dialplan: Dialplan, priorities: Priorities) {
    this.priorities = priorities;
    for (const { name, steps, hints } of dialplan.contexts) {
      for (const hint of hints) this.hints.set(keyOf(name, hint.at), hint.extension);
      for (const step of steps) {
        this.steps.set(keyOf(name, step.at), step);
        if (step.label !== null)
          this.labels.set(labelKey(name, whoOf(step), step.label), priorities.now(name, step.extension, step.callerId, step.priority));
      }
    }
    for (const { at, what } of dialplan.problems) if (/dropped|counts to 0/.test(what)) this.why.set(`${at.file}:${at.line}`, what);
  }

  /** A section begins: `same` and `n` have nothing to go on from. */
  begin(): void {
    this.cursor = { who: null, last: -2 };
  }

  /** The step that an entry is; undefined: none, or one that is dropped. */
  held(context: string, entry: ConfEntry): DialplanStep | undefined {
    return this.steps.get(keyOf(context, { file: entry.file ?? '', line: entry.line }));
  }

  /** One entry of a context. */
  write(context: string, entry: ConfEntry, raw: DialplanLine, inherited: boolean, step: Step, notes: LineNotes): Written {
    const keyword = entry.name.toLowerCase();
    const original =
      inherited || /;--|--;/.test(raw.text) ? `${entry.name} ${entry.operator} ${entry.value.replaceAll(';', '\\;')}` : raw.text.trimEnd();
    if (keyword === 'exten' || keyword.startsWith('same')) return this.extension(context, entry, raw, original, step, notes);
    if (keyword === 'include') return include(entry, original, step, notes);
    if (/^[le]?switch$/.test(keyword)) return switched(entry, original, notes);
    if (keyword === 'ignorepat') return { fate: 'same', lines: [original] };
    notes.problem('DIALPLAN_LINE_BROKEN', `Asterisk knows no '${shortened(entry.name)}' in a context: nobody ever read the line.`);
    return comment(original);
  }

  private extension(context: string, entry: ConfEntry, raw: DialplanLine, original: string, step: Step, notes: LineNotes): Written {
    const line = parseExtensionLine(entry.value, entry.name.toLowerCase() === 'exten' ? 'exten' : 'same');
    if (line.priority.is === 'hint') return this.hint(context, line, entry, raw, original, step, notes);
    const at = keyOf(context, { file: entry.file ?? '', line: entry.line });
    const held = this.held(context, entry);
    if (held === undefined || this.written.has(at)) {
      const why = this.why.get(`${entry.file}:${entry.line}`) ?? 'it is read a second time';
      notes.problem('DIALPLAN_LINE_BROKEN', `Asterisk does not take the line: ${why}.`);
      return comment(original);
    }
    this.written.add(at);
    const priority = this.priorities.now(context, held.extension, held.callerId, held.priority);
    const call = callOf(line, step, notes);
    const head = this.head(context, held, priority, line, entry);
    if (held.label !== line.label)
      notes.problem('DIALPLAN_LINE_BROKEN', 'The label is taken already: what goes there goes to the first one.');
    const test = this.priorities.testBehind(context, held);
    const unchanged = head.same && call !== null && test === null && isAsWritten(call, line);
    if (unchanged) return { fate: notes.lost ? 'changed' : 'same', lines: [...beside(original, notes), original] };
    const { application, args } = call ?? NOTHING;
    const text = `${head.text}${application}${args === '' && line.form === 'none' ? '' : `(${args.replaceAll(';', '\\;')})`}${commentOf(raw)}`;
    const lines = [...beside(original, notes), text];
    if (test !== null) {
      lines.push(` same = n,${test}`);
      this.cursor.last++;
      notes.changed('a test of the outcome stands behind it, since no application jumps to n+101 any more');
    }
    return { fate: call === null ? 'comment' : 'changed', lines };
  }

  /** All up to the application, and whether it is as it was written. */
  private head(
    context: string,
    held: DialplanStep,
    priority: number,
    line: ExtensionLine,
    entry: ConfEntry,
  ): { text: string; same: boolean } {
    const who = whoOf(held);
    const counted = this.countedAs(context, who, line);
    const followed = line.extension === null ? this.cursor.who === who : true;
    this.cursor = { who, last: priority };
    const space = entry.name.toLowerCase().startsWith('same') ? ' ' : '';
    if (followed && counted === priority && held.label === line.label) {
      return { text: `${space}${entry.name} ${entry.operator} ${line.head.replaceAll(';', '\\;')}`, same: true };
    }
    return { text: `exten ${entry.operator} ${who},${priority}${held.label === null ? '' : `(${held.label})`},`, same: false };
  }

  /** The priority that Asterisk would give the line as it is written. */
  private countedAs(context: string, who: string, { priority, plus }: ExtensionLine): number | null {
    if (priority.is === 'number') return priority.number + plus;
    if (priority.is === 'label') return (this.labels.get(labelKey(context, who, priority.label)) ?? Number.NaN) + plus;
    if (this.cursor.last < -1) return null;
    return priority.is === 'next' ? this.cursor.last + 1 + plus : this.cursor.last + plus;
  }

  private hint(
    context: string,
    line: ExtensionLine,
    entry: ConfEntry,
    raw: DialplanLine,
    original: string,
    step: Step,
    notes: LineNotes,
  ): Written {
    const extension = this.hints.get(keyOf(context, { file: entry.file ?? '', line: entry.line }));
    const key = JSON.stringify([context, extension]);
    if (extension === undefined || this.written.has(key)) {
      notes.problem('DIALPLAN_LINE_BROKEN', 'Asterisk does not take the line: the number has a hint, or there is no number.');
      return comment(original);
    }
    this.written.add(key);
    const left = devicesOf(line)
      .split('&')
      .flatMap((device) => hintedDevice(device, step));
    if (left.length === 0) {
      notes.problem('DIALPLAN_NOT_TRANSLATED', 'The lamp of the number has nothing to show.');
      return comment(original);
    }
    const followed = line.extension !== null || this.cursor.who === extension;
    this.cursor = { who: extension, last: -1 };
    if (followed && left.join('&') === entry.value.slice(line.head.length)) return { fate: 'same', lines: [original] };
    const text = `exten ${entry.operator} ${extension},hint,${left.join('&').replaceAll(';', '\\;')}${commentOf(raw)}`;
    return { fate: 'changed', lines: [...beside(original, notes), text] };
  }
}

/** One device of a hint; none where nothing of the new box has such a state. */
function hintedDevice(device: string, step: Step): string[] {
  let gone = false;
  const rewritten = rewriteChannels(rewriteVariables(device, step), step, () => {
    gone = true;
  }).replace(/^meetme:/i, 'confbridge:');
  if (/^meetme:/i.test(device)) step.changed('rooms are of ConfBridge now');
  return gone || rewritten.trim() === '' ? [] : [rewritten];
}

/** The call of a line; null: Asterisk 22 has nothing for it. Broken lines do what they did. */
function callOf(line: ExtensionLine, step: Step, notes: LineNotes): Call | null {
  if (line.application === '') {
    notes.problem('DIALPLAN_LINE_BROKEN', 'There is no application between the commas: the call ends here, as it did.');
    return { application: 'Hangup', args: '' };
  }
  if (line.form === 'comma' || line.form === 'pipe') {
    const is14 = /^1\.[0-4]\b/.test(step.about.release ?? '1.4');
    notes.changed('arguments stand in parentheses');
    if (!is14) notes.problem('DIALPLAN_LINE_BROKEN', 'The old box ended the call at this line, for want of parentheses: now it goes on.');
  }
  return step.call({ application: line.application, args: line.arguments });
}

function isAsWritten(call: Call, line: ExtensionLine): boolean {
  const inForm = line.form === 'none' || line.form === 'parentheses';
  return inForm && line.problems.length === 0 && call.application === line.application && call.args === line.arguments;
}

/** The original as a comment, where something of it is missing. */
function beside(original: string, notes: LineNotes): string[] {
  return notes.lost ? [`; was: ${escapeComment(original.trim())}`] : [];
}

function comment(original: string): Written {
  return { fate: 'comment', lines: [`; ${escapeComment(original.trim())}`] };
}

function include(entry: ConfEntry, original: string, step: Step, notes: LineNotes): Written {
  const text = pipesToCommas(entry.value);
  const context = text.split(',')[0]?.trim() ?? '';
  if (!hasVariable(context) && !step.hasContext(context)) {
    notes.problem('DIALPLAN_NAME_UNKNOWN', `It includes the context ${shortened(context)}, which is nowhere: it adds nothing.`);
    return comment(original);
  }
  if (text === entry.value) return { fate: 'same', lines: [original] };
  notes.changed('the times of an include are separated by commas');
  return { fate: 'changed', lines: [`${entry.name} ${entry.operator} ${text}`] };
}

/** Realtime, DUNDi and Loopback look elsewhere for what is not in the context. */
function switched(entry: ConfEntry, original: string, notes: LineNotes): Written {
  if (/^IAX2\//i.test(entry.value)) return { fate: 'same', lines: [original] };
  notes.problem(
    'DIALPLAN_NOT_TRANSLATED',
    `Numbers that ${shortened(entry.value.split('/')[0] ?? '')} answered for are not found.`,
    'Write the numbers into the dialplan, or configure that source on the new box and put the switch back.',
  );
  return comment(original);
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function whoOf({ extension, callerId }: DialplanStep): string {
  return `${extension}${callerId === null ? '' : `/${callerId}`}`;
}

function keyOf(context: string, at: { file: string; line: number }): string {
  // no part of it has a line break
  return `${context}\n${at.line}\n${at.file}`;
}

function labelKey(context: string, who: string, label: string): string {
  return `${context}\n${who}\n${label}`;
}
