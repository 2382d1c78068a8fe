import type { ConfFile } from '../asterisk/conf.ts';
import { readDialplan } from '../asterisk/dialplan.ts';
import { parseExtensionLine } from '../asterisk/dialplan-line.ts';
import { finding } from '../finding.ts';
import { type CustomDialplan, type CustomLine, GLOBALS, secretPath } from '../model/custom-dialplan.ts';
import { type Ref, ref } from '../model/ref.ts';
import type { BoxSection } from './box-section.ts';
import { customFamilies } from './custom-family.ts';
import { customFiles } from './custom-file.ts';
import { hookOf, tellHook } from './custom-hook.ts';
import { namesOf } from './custom-name.ts';
import { maskSecrets } from './custom-secret.ts';
import { namedSounds } from './custom-sound.ts';
import { contextHeaders } from './dialplan-context.ts';
import { DIALPLAN_PAGES, writtenSections } from './dialplan-page.ts';
import { injectionPage } from './injection.ts';
import { droppedWithModule } from './module-off.ts';
import { tellOwnDialplan } from './own-dialplan.ts';
import { type BoxFile, defineReader, type Notes, type Source } from './reader.ts';
import { spokenTextPage, tellSpokenTexts } from './spoken-text-page.ts';
import type { WrittenSection } from './written-section.ts';

/** The dialplan that the site wrote itself: extensions_custom.conf, overrides, what they include, and its own global variables. */
export default defineReader({
  kind: 'custom-dialplan',
  tables: ['custom_destinations', 'custom_extensions', ...DIALPLAN_PAGES.flatMap((page) => page.tables)],
  astdb: [],
  // a number of its own, and a name, which nothing asks for; parameters that the engine never got
  dead: { dialplaninjection_commands: ['id'], writequeuelog: ['qlog_description'], tts: ['tts_parameters'] },
  files: [/^extensions_custom|^extensions_override_|^globals_custom/],
  read: (source, notes) => {
    const { sections, files, idle, problems, broken } = customFiles(source);
    for (const problem of problems) notes.finding(problem);
    const contexts = new Map<string, BoxSection[]>();
    for (const section of sections) {
      if (!isContext(section))
        notes.dropped(inLedger(section), section.template ? 'a template: what it holds stands where it is used' : 'options of the loader');
      else contexts.set(section.name, [...(contexts.get(section.name) ?? []), section]);
    }
    const written = writtenSections(source);
    const taken = takenBy([...sections, ...written.map((w) => w.section)]);
    for (const { where, what } of [...broken.map((b) => ({ where: `${b.file}:${b.line}`, what: b.what })), ...taken.problems]) {
      const means = `Asterisk does not take the line as it was meant, and so it is on the new box: ${what}`;
      notes.finding(finding('DIALPLAN_LINE_BROKEN', { where, means: maskSecrets('', means, () => 0) }));
    }
    const found: Record<string, CustomDialplan> = {};
    for (const [name, held] of contexts) {
      for (const section of held) notes.carried(inLedger(section), ref('custom-dialplan', name));
      const context = readContext(source, notes, name, held, taken);
      if (name !== GLOBALS || context.lines.length > 0) found[name] = context;
    }
    addWritten(source, notes, written, taken, found);
    namesOf(source, notes, found);
    customFamilies(source, notes, found);
    tellOwnDialplan(source, notes);
    tellFiles(notes, files, [...contexts.values()].flat(), found);
    for (const file of idle) {
      const means =
        'Nothing that Asterisk reads includes the file: the old box does not know what it holds, and the new one leaves it out.';
      notes.finding(finding('CUSTOM_FILE_IDLE', { where: file.path, means }));
      notes.dropped(file, 'nothing includes it');
      for (const key of contextHeaders(file.text)) notes.dropped({ space: 'context', name: file.path, key }, 'nothing includes its file');
    }
    return found;
  },
});

/** What pages of the PBX wrote line by line is hand-made dialplan too. One that the site wrote under the same name came after it in Asterisk's files, and is added to it. */
function addWritten(
  source: Source,
  notes: Notes,
  written: readonly WrittenSection[],
  taken: Taken,
  found: Record<string, CustomDialplan>,
): void {
  const on = DIALPLAN_PAGES.filter(({ module, tables }) => !droppedWithModule(source, notes, module, { tables }));
  if (on.includes(spokenTextPage)) tellSpokenTexts(source, notes);
  const read = new Set(written.flatMap((w) => w.rows));
  if (on.includes(injectionPage))
    for (const row of source.rows('dialplaninjection_commands'))
      if (!read.has(row)) notes.dropped(row, 'a command of an injection that is gone');
  for (const { section, rows, names, joins } of written) {
    const { name } = section;
    for (const row of rows) notes.carried(row, ref('custom-dialplan', name));
    const context = readContext(source, notes, name, [section], taken);
    const own = found[name];
    found[name] = {
      ...context,
      joins: joins.length > 0 ? [...joins] : context.joins,
      names: names.map((n) => ({ ...n, priority: '1' })),
      lines: [...(own?.lines ?? []), ...context.lines],
    };
  }
}

function tellFiles(notes: Notes, files: readonly BoxFile[], sections: readonly BoxSection[], found: Record<string, CustomDialplan>): void {
  for (const file of files) {
    const held = sections.filter((s) => s.name in found && (s.file === file.path || s.entries.some((e) => e.file === file.path)));
    for (const section of held) notes.carried(file, ref('custom-dialplan', section.name));
    if (held.length === 0) notes.dropped(file, 'nothing in it but comments and includes');
  }
}

/** Asterisk's loader takes [general] for itself, and a template is no context. */
function isContext({ name, template }: BoxSection): boolean {
  return !template && name.toLowerCase() !== 'general';
}

function inLedger(section: BoxSection): { space: 'context'; name: string; key: string } {
  return { space: 'context', name: section.file, key: section.name.trim() };
}

/** What Asterisk takes of the entries of all sections. */
interface Taken {
  /** Entry by its section and place there. */
  readonly has: (section: BoxSection, i: number) => boolean;
  readonly problems: readonly { readonly where: string; readonly what: string }[];
}

/**
 * Sections go to the parser one by one, so that `n` counts on as it does in the file, and an entry's line is its number among all: one section may have entries of
 * several files, and a template's stand in several sections.
 */
function takenBy(sections: readonly BoxSection[]): Taken {
  const places: string[] = [];
  const firsts = new Map<BoxSection, number>();
  const files = sections.map((section): ConfFile => {
    firsts.set(section, places.length);
    const entries = section.entries.map((e) => ({ ...e, line: places.push(`${e.file}:${e.line}`) - 1 }));
    const { name, template, line, inherits, file } = section;
    return { file, sections: [{ name, template, line, inherits, append: false, entries }], includes: [], problems: [] };
  });
  const { contexts, problems } = readDialplan(files);
  const numbers = new Set(contexts.flatMap((c) => [...c.steps, ...c.hints].map((s) => s.at.line)));
  return {
    has: (section, i) => numbers.has((firsts.get(section) ?? 0) + i),
    problems: problems.map(({ at, what }) => ({
      where: places[at.line] ?? at.file,
      // another line that the text names
      what: what.replace(/[\w./-]+\.\w+:(\d+)/g, (_, number: string) => places[Number(number)] ?? ''),
    })),
  };
}

function readContext(source: Source, notes: Notes, name: string, sections: readonly BoxSection[], taken: Taken): CustomDialplan {
  const about = ref('custom-dialplan', name);
  const secrets: string[] = [];
  const mask = (application: string, text: string): string =>
    maskSecrets(application, text, (secret) => {
      const known = secrets.indexOf(secret);
      return known >= 0 ? known + 1 : secrets.push(secret);
    });
  const lines = sections.flatMap((section) => linesOf(section, taken, mask));
  secrets.forEach((secret, i) => void notes.secret(secretPath(name, i + 1), secret));
  tellSecrets(notes, about, secrets.length);
  const hook = hookOf(source, name, sections);
  tellHook(source, notes, about, lines);
  const texts = lines.flatMap((l) => ('arguments' in l ? [{ text: l.arguments, at: l.at }] : []));
  return { ...hook, names: [], astdb: {}, sounds: namedSounds(source, notes, about, texts), lines };
}

function tellSecrets(notes: Notes, about: Ref, count: number): void {
  if (count === 0) return;
  const means = `Its lines hold ${count === 1 ? 'a password' : `${count} passwords`} in clear: ${count === 1 ? 'it stands' : 'they stand'} in secrets.yaml of the model, and the rendered file is for Asterisk alone.`;
  notes.finding(finding('DIALPLAN_HOLDS_SECRET', { about, means }));
}

type Mask = (application: string, text: string) => string;

function linesOf(section: BoxSection, taken: Taken, mask: Mask): CustomLine[] {
  let extension: { extension: string; callerId: string | null } | null = null;
  return section.entries.map((entry, i): CustomLine => {
    const at = `${entry.file}:${entry.line}`;
    if (section.name.toLowerCase() === GLOBALS) return globalOf(entry, at, mask);
    const keyword = entry.name.toLowerCase();
    const whole = { at, text: mask('', `${entry.name} ${entry.operator} ${entry.value}`) };
    if (keyword === 'include') return includeOf(entry.value, at);
    if (keyword !== 'exten' && !keyword.startsWith('same')) return whole;
    const read = parseExtensionLine(entry.value, keyword === 'exten' ? 'exten' : 'same');
    if (read.extension !== null) extension = { extension: read.extension, callerId: read.callerId };
    if (extension === null || !taken.has(section, i)) return whole;
    const call =
      read.priority.is === 'hint'
        ? { application: entry.value.split(',').slice(2).join(',').trim(), arguments: '' }
        : { application: read.application, arguments: mask(read.application, read.arguments) };
    return { at, ...extension, priority: priorityText(read), label: read.label ?? '', ...call };
  });
}

function globalOf(entry: { name: string; value: string }, at: string, mask: Mask): CustomLine {
  return { at, variable: entry.name, value: mask('', `${entry.name}=${entry.value}`).slice(entry.name.length + 1) };
}

function includeOf(value: string, at: string): CustomLine {
  const [context = '', ...timing] = value.split(/[,|]/);
  return { at, include: context.trim(), timing: timing.length === 0 ? null : timing.join(',') };
}

function priorityText({ priority, plus }: ReturnType<typeof parseExtensionLine>): string {
  const base = { next: 'n', same: 's', hint: 'hint' } as const;
  const text = priority.is === 'number' ? String(priority.number) : priority.is === 'label' ? priority.label : base[priority.is];
  return plus === 0 ? text : `${text}+${plus}`;
}
