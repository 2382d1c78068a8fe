import { checkDialplan, type Surroundings } from '../check.ts';
import type { ConfEntry } from '../conf.ts';
import type { Dialplan, DialplanStep } from '../dialplan.ts';
import { escapeComment } from '../escape.ts';
import { translateCall } from './call.ts';
import { rewriteChannels } from './channel-name.ts';
import { ended } from './dead-end.ts';
import { EntryWriter, type Written } from './entry-writer.ts';
import { foreignLines, isForeign } from './foreign.ts';
import { contextsWithHeaders } from './header-reach.ts';
import { type Priorities, priorities } from './jump.ts';
import { LineNotes } from './line-notes.ts';
import { macroEnds } from './macro-end.ts';
import { routineOf } from './routines.ts';
import type { RoutineName, Step } from './step.ts';
import { inBlockComment, type LineKind, readStream, type Section, type Stream } from './stream.ts';
import type { AboutBox, DialplanLine, TranslatedLine, Translation } from './translation.ts';
import { rewriteVariables } from './variable.ts';

/**
 * Dialplan of Asterisk 1.4 to 11 in the language of 22.
 * @param lines In the order in which Asterisk reads them: the lines of a file that is included follow the #include.
 * Pure; throws nothing: what cannot be said is a problem of its line.
 */
export function translateDialplan(lines: readonly DialplanLine[], about: AboutBox): Translation {
  const own = lines.filter((line) => !isForeign(line));
  const work = new Work(own, about);
  const translated = own.map((_, i) => work.line(i));
  const all = [...work.withTroubles(work.withEnds(translated)), ...work.foreign(lines)];
  return { lines: all, routines: [...work.routines].sort().map(routineOf), problems: all.flatMap((line) => line.problems) };
}

function commented(raw: DialplanLine): Written {
  return { fate: 'comment', lines: [`; ${escapeComment(raw.text.trim())}`] };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What an #include may name several files by. */
function globOf(pattern: string): RegExp {
  const text = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${text}$`);
}

/** Variables that some line sets itself. */
function variablesSet(dialplan: Dialplan): Set<string> {
  const set = new Set(dialplan.globals.map((g) => g.name));
  for (const { steps } of dialplan.contexts) {
    for (const s of steps)
      for (const [, name = ''] of `${s.application}(${s.arguments}`.matchAll(/\bset(?:var)?\(_{0,2}(\w+)\s*=/gi)) set.add(name);
  }
  return set;
}

/** Applications within one another, ExecIf in ExecIf: nobody writes more. */
const DEEPEST_CALL = 20;

/** One translation under way: what is known of all lines, while they are taken one by one. */
class Work {
  readonly routines = new Set<RoutineName>();
  private readonly stream: Stream;
  private readonly blocks: boolean[];
  private readonly contexts: Set<string>;
  private readonly variables: Set<string>;
  private readonly withHeaders: ReadonlySet<string>;
  private readonly priorities: Priorities;
  private readonly writer: EntryWriter;
  private readonly files: Set<string>;
  private readonly lines: readonly DialplanLine[];
  private readonly about: AboutBox;
  private section: Section | null = null;

  constructor(lines: readonly DialplanLine[], about: AboutBox) {
    this.lines = lines;
    this.about = about;
    this.stream = readStream(lines);
    this.blocks = inBlockComment(lines);
    const { dialplan } = this.stream;
    // res_parking makes its own context
    this.contexts = new Set([...dialplan.contexts.map((c) => c.name), ...about.contexts, 'parkedcalls']);
    this.variables = variablesSet(dialplan);
    this.withHeaders = contextsWithHeaders(dialplan);
    this.priorities = priorities(dialplan, { ...about, jumps: about.jumps || this.jumpsInGeneral() });
    this.writer = new EntryWriter(dialplan, this.priorities);
    this.files = new Set(lines.map((l) => baseName(l.file)));
  }

  line(index: number): TranslatedLine {
    const raw = this.lines[index] as DialplanLine;
    const notes = new LineNotes(raw);
    const kind = this.stream.kinds[index] as LineKind;
    if (kind.is === 'header') this.section = kind.section;
    const { fate, lines } = this.written(kind, index, raw, notes);
    for (const remark of this.stream.remarks.get(index) ?? []) notes.problem('DIALPLAN_LINE_BROKEN', `${remark}.`);
    return {
      file: raw.file,
      line: raw.line,
      text: raw.text,
      fate,
      written: lines,
      context: this.section?.name ?? null,
      changes: notes.changes,
      problems: notes.problems,
    };
  }

  private written(kind: LineKind, index: number, raw: DialplanLine, notes: LineNotes): Written {
    switch (kind.is) {
      case 'comment':
        if (!this.blocks[index]) return { fate: 'same', lines: [raw.text.trimEnd()] };
        return { fate: 'comment', lines: [raw.text.trim() === '' ? '' : `; ${escapeComment(raw.text.trim())}`] };
      case 'skipped':
        notes.problem('DIALPLAN_LINE_BROKEN', `Asterisk does not take the line: ${kind.what}.`);
        return commented(raw);
      case 'include':
        return this.include(kind.path, kind.try, raw, notes);
      case 'header':
        return this.header(kind.section, raw, notes);
      case 'entry':
        return this.entry(kind.section, kind.entry, index, raw, notes);
    }
  }

  /** Its lines stand behind it, where they are at hand; else Asterisk 22 would refuse the whole dialplan. */
  private include(path: string, optional: boolean, raw: DialplanLine, notes: LineNotes): Written {
    const isThere = globOf(baseName(path));
    if ([...this.files].some((file) => isThere.test(file))) notes.changed('the lines of the file stand here themselves');
    else if (!optional)
      notes.problem('INCLUDE_MISSING', 'The file is not at hand: what it holds is missing, and Asterisk 22 would load no dialplan at all.');
    return commented(raw);
  }

  private header(section: Section, raw: DialplanLine, notes: LineNotes): Written {
    this.writer.begin();
    const kind = section.name.toLowerCase();
    if (section.template) {
      notes.changed('the lines of a template stand in each section that goes by it');
      return commented(raw);
    }
    if (kind === 'general') return commented(raw);
    const lines = [`[${section.name}]`];
    for (const entry of section.inherited) {
      if (kind === 'globals') lines.push(...this.global(entry, raw, notes).lines);
      else lines.push(...this.writer.write(section.name, entry, raw, true, this.step(section.name, entry, notes), notes).lines);
    }
    if (section.inherits.length > 0) notes.changed('the lines of its templates stand here themselves');
    if (section.append) notes.changed('sections of one name are one context anyhow');
    const same =
      !section.append && section.inherits.length === 0 && raw.text.trim().startsWith(`[${section.name}]`) && !/;--|--;/.test(raw.text);
    return same ? { fate: 'same', lines: [raw.text.trimEnd()] } : { fate: 'changed', lines };
  }

  private entry(section: Section, entry: ConfEntry, index: number, raw: DialplanLine, notes: LineNotes): Written {
    const kind = section.name.toLowerCase();
    if (section.template) return commented(raw);
    if (kind === 'general') {
      if (!/^(static|writeprotect|autofallthrough|priorityjumping)$/i.test(entry.name))
        notes.problem('DIALPLAN_APPROXIMATED', `The setting ${entry.name.slice(0, 40)} of the dialplan is left to the new box.`);
      return commented(raw);
    }
    if (kind === 'globals') return this.global(entry, raw, notes);
    return this.writer.write(section.name, entry, raw, this.blocks[index] === true, this.step(section.name, entry, notes), notes);
  }

  private global(entry: ConfEntry, raw: DialplanLine, notes: LineNotes): Written {
    // it would open or end a comment in what is written
    if (entry.name.includes(';')) {
      notes.problem('DIALPLAN_LINE_BROKEN', 'A semicolon stands in the name of a variable: nobody can ask for it.');
      return commented(raw);
    }
    const step = this.step('globals', entry, notes);
    const value = rewriteChannels(rewriteVariables(entry.value, step), step);
    if (value === entry.value && entry.line === raw.line && !/;--|--;/.test(raw.text)) return { fate: 'same', lines: [raw.text.trimEnd()] };
    return { fate: 'changed', lines: [`${entry.name} ${entry.operator} ${value.replaceAll(';', '\\;')}`] };
  }

  private step(context: string, entry: ConfEntry, notes: LineNotes): Step {
    const held = this.writer.held(context, entry);
    const from = { context, extension: held?.extension ?? '', callerId: held?.callerId ?? null };
    let depth = 0;
    const step: Step = {
      about: this.about,
      context,
      extension: from.extension,
      addsHeaders: this.withHeaders.has(context),
      hasContext: (name) => this.contexts.has(name),
      sets: (variable) => this.variables.has(variable),
      place: (text) => this.priorities.place(text, from),
      changed: (what) => notes.changed(what),
      problem: (code, means, hint) => notes.problem(code, means, hint),
      routine: (name) => {
        this.routines.add(name);
        return name;
      },
      call: (call) => {
        if (depth >= DEEPEST_CALL) return call;
        depth++;
        const translated = translateCall(call, step);
        depth--;
        return translated;
      },
    };
    return step;
  }

  /** `priorityjumping=yes` of 1.2 and 1.4. */
  private jumpsInGeneral(): boolean {
    return this.stream.kinds.some(
      (k) =>
        k.is === 'entry' &&
        k.section.name.toLowerCase() === 'general' &&
        /^priorityjumping$/i.test(k.entry.name) &&
        /^(yes|true|y|t|1|on)$/i.test(k.entry.value),
    );
  }

  /** With the ends of macros behind the last line of their context. */
  withEnds(lines: readonly TranslatedLine[]): TranslatedLine[] {
    const now = (context: string, s: DialplanStep): number => this.priorities.now(context, s.extension, s.callerId, s.priority);
    const ends = macroEnds(this.stream.dialplan, now, (context, s) => this.priorities.testBehind(context, s) !== null, 'old-macro-hangup');
    if ([...ends.values()].flat().some((l) => l.includes('old-macro-hangup'))) this.routines.add('old-macro-hangup');
    const last = new Map<string, number>();
    this.stream.kinds.forEach((kind, i) => {
      if ((kind.is === 'entry' || kind.is === 'header') && !kind.section.template) last.set(kind.section.name, i);
    });
    const byIndex = new Map([...ends].map(([context, added]) => [last.get(context) ?? -1, added]));
    return lines.map((line, i) => {
      const added = byIndex.get(i);
      if (added === undefined) return line;
      return {
        ...line,
        fate: line.fate === 'same' ? 'changed' : line.fate,
        written: [...line.written, ...added],
        changes: [...line.changes, 'a macro ends with Return, and a call that ends in it with the h of its caller'],
      };
    });
  }

  /** With what is left after the translation: a call that is sent where nothing is ends there. */
  withTroubles(lines: readonly TranslatedLine[]): TranslatedLine[] {
    const rows = lines.flatMap((line, of) => line.written.map((text, place) => ({ of, place, text })));
    const said = rows.map(({ text }, line) => ({ file: '', line, text }));
    const ours = [...this.routines].map(routineOf).flatMap((r) => r.lines.map((text) => ({ file: r.context, line: 0, text })));
    const troubles = checkDialplan(readStream([...said, ...ours]).dialplan, this.surroundings());
    const found = [...lines];
    for (const { code, file, line: row, means, place } of troubles) {
      const { of, place: at } = (file === '' ? rows[row] : undefined) ?? { of: -1, place: 0 };
      const held = found[of];
      if (held === undefined) continue;
      const notes = new LineNotes(held);
      notes.problem(code, means);
      const end = code === 'DIALPLAN_TARGET_MISSING' ? this.about.end : null;
      const written = end === null ? held.written : held.written.map((text, i) => (i === at ? ended(text, place, end) : text));
      const isTold = held.problems.some((p) => p.code === code && p.means === means);
      found[of] = { ...held, written, problems: isTold ? held.problems : [...held.problems, ...notes.problems] };
    }
    return found;
  }

  /** Contexts of the rest are looked into; of the others the name alone is known. */
  private surroundings(): Surroundings {
    const { rest, contexts, functions } = this.about;
    const known = new Set((rest?.contexts ?? []).map((c) => c.name));
    return { rest, contexts: new Set([...contexts].filter((name) => !known.has(name))), functions, modules: null };
  }

  /** Lines in AEL or Lua, as comments; one problem for each context that they make. */
  foreign(lines: readonly DialplanLine[]): TranslatedLine[] {
    return foreignLines(lines, this.stream.dialplan);
  }
}
