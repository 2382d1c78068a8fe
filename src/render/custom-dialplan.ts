import { parseConf } from '../asterisk/conf.ts';
import { type DialplanStep, readDialplan } from '../asterisk/dialplan.ts';
import { translateDialplan } from '../asterisk/translate/translate.ts';
import type { DialplanLine, TranslatedLine, Translation } from '../asterisk/translate/translation.ts';
import { finding } from '../finding.ts';
import { type CustomDialplan, type CustomLine, GLOBALS, withSecrets } from '../model/custom-dialplan.ts';
import { isShared } from '../model/custom-steps.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { aboutBox, forNewBox } from './custom-about.ts';
import { withCircleGuards } from './custom-circle.ts';
import { variablesGone, withOldNames } from './custom-variable.ts';
import { defineView, type Notes } from './view.ts';

/** extensions.d/custom-override.conf: what the site put in the place of the PBX's own; it is read before that. */
export const customOverrideView = defineView({
  file: 'etc/asterisk/extensions.d/custom-override.conf',
  secret: true,
  data: (model, notes, { rendered }) => (hasCustom(model, true) ? written(model, notes, rendered, true) : null),
});

/** extensions.d/custom.conf: the dialplan that the site wrote itself, said in the language of Asterisk 22. */
export const customView = defineView({
  file: 'etc/asterisk/extensions.d/custom.conf',
  secret: true,
  data: (model, notes, { rendered }) => (hasCustom(model, false) ? written(model, notes, rendered, false) : null),
});

/** Whether the site wrote dialplan of this sort. */
export function hasCustom(model: Model, overrides: boolean): boolean {
  return Object.values(model['custom-dialplan']).some((c) => c.overrides === overrides);
}

function written(model: Model, notes: Notes, rendered: ReadonlyMap<string, string>, overrides: boolean): object {
  const translation = translated(model, rendered);
  const ids = Object.keys(model['custom-dialplan']).filter((id) => model['custom-dialplan'][id]?.overrides === overrides);
  notes.from(...ids.map((id) => ref('custom-dialplan', id)));
  const contexts = ids.map((id) => {
    const lines = translation.lines.filter((l) => l.context === id && !isHeader(l));
    report(notes, id, lines);
    reportVariables(model, notes, id);
    return {
      name: id === GLOBALS ? 'globals' : id,
      adds: id === GLOBALS,
      about: aboutText(model['custom-dialplan'][id]),
      lines: [...tidy(withCircleGuards(model, lines)), ...ends(model, id, lines)].map((text) =>
        withSecrets(withOldNames(model, text), id, model.secrets),
      ),
    };
  });
  return {
    contexts,
    routines: overrides
      ? []
      : translation.routines.map((r) => ({ name: r.context, lines: r.lines.filter((line) => !line.startsWith('[')) })),
  };
}

function report(notes: Notes, id: string, lines: readonly TranslatedLine[]): void {
  for (const { problems } of lines) {
    for (const { code, file, line, means } of problems)
      notes.finding(finding(code, { about: ref('custom-dialplan', id), where: `${file}:${line}`, means }));
  }
}

/** Says which lines read what FreePBX set and nothing sets any more. */
function reportVariables(model: Model, notes: Notes, id: string): void {
  for (const line of model['custom-dialplan'][id]?.lines ?? []) {
    const names = variablesGone(model, line);
    if (names.length === 0) continue;
    const means = `The line reads ${names.join(', ')}, which FreePBX set; on the new box ${names.length === 1 ? 'it is' : 'they are'} empty.`;
    notes.finding(finding('DIALPLAN_VARIABLE_EMPTY', { about: ref('custom-dialplan', id), where: line.at, means }));
  }
}

/** Where it comes from, and what the web pages called its places. */
function aboutText(context: CustomDialplan | undefined): string {
  const files = [...new Set((context?.lines ?? []).map((l) => l.at.replace(/:\d+$/, '')))];
  const names = (context?.names ?? []).map((n) => `${n.extension} ${n.description}`.trim());
  return [files.join(', '), ...names].filter((text) => text !== '').join('; ');
}

const done = new WeakMap<ReadonlyMap<string, string>, { model: Model; translation: Translation }>();

/** All of it at once, since macros are called from everywhere; the views of one build share it. */
function translated(model: Model, rendered: ReadonlyMap<string, string>): Translation {
  const known = done.get(rendered);
  if (known?.model === model) return known.translation;
  const translation = translateDialplan(oldLines(model), aboutBox(model, rendered));
  done.set(rendered, { model, translation });
  return translation;
}

/** The model's lines as they would stand in a file of the old box, with the file and line that they came from. */
function oldLines(model: Model): DialplanLine[] {
  const contexts = Object.entries(model['custom-dialplan']).sort(([, a], [, b]) => Number(b.overrides) - Number(a.overrides));
  return contexts.flatMap(([id, { lines }]) => {
    const held = lines.map((l) => ({ ...placeOf(l.at), text: oldText(model, l) }));
    return [{ file: held[0]?.file ?? id, line: 0, text: `[${id}]` }, ...held];
  });
}

function placeOf(at: string): { file: string; line: number } {
  const [, file = at, line = '0'] = /^(.*):(\d+)$/.exec(at) ?? [];
  return { file, line: Number(line) };
}

/** A line in the old language. A semicolon in it begins no comment. */
function oldText(model: Model, l: CustomLine): string {
  const plain = (text: string): string => text.replace(/[\r\n]+/g, ' ').replaceAll(';', '\\;');
  if ('text' in l) return plain(l.text);
  if ('variable' in l) return `${l.variable} => ${plain(l.value)}`;
  if ('include' in l) return `include => ${plain(l.include)}${l.timing === null ? '' : `,${plain(l.timing)}`}`;
  const extension = l.callerId === null ? l.extension : `${l.extension}/${l.callerId}`;
  const call = l.priority === 'hint' ? l.application : `${l.application}(${forNewBox(model, l.arguments)})`;
  return `exten => ${plain(extension)},${l.priority}${l.label === '' ? '' : `(${l.label})`},${plain(call)}`;
}

function isHeader(l: TranslatedLine): boolean {
  return /^\s*\[/.test(l.text);
}

/** Applications after which a call does not come to the next priority. */
const LAST = /^(?:Hangup|Goto|Return|Busy|Congestion|StackPop)$/i;

/**
 * Asterisk looks for the next priority among all that take the number: where an extension ends, a call would go on in the midst of another one's steps, as for a
 * number that does not exist. Here it ends.
 */
function ends(model: Model, id: string, lines: readonly TranslatedLine[]): string[] {
  if (!isShared(model, id)) return [];
  const text = `[${id}]\n${lines.flatMap((l) => l.written).join('\n')}`;
  const { steps } = readDialplan([parseConf(text, 'custom.conf')]).contexts[0] ?? { steps: [] };
  const last = new Map<string, DialplanStep>();
  for (const s of steps) {
    const name = s.callerId === null ? s.extension : `${s.extension}/${s.callerId}`;
    if (s.priority > (last.get(name)?.priority ?? 0)) last.set(name, s);
  }
  return [...last]
    .filter(([name, s]) => !/^[a-zA-Z]$/.test(name) && !LAST.test(s.application))
    .map(([name, s]) => `exten = ${name},${s.priority + 1},Hangup() ; nothing else goes on with it`);
}

/** Lines as an administrator would write them: `same = n` for what goes on with the extension before. */
function tidy(lines: readonly string[]): string[] {
  let last: string | null = null;
  return lines.map((line) => {
    const step = /^\s*exten\s*=>?\s*((?:\[[^\]]*\]|[^,[])+),\s*(.*)$/i.exec(line);
    if (step === null)
      return line.replace(/^\s*(include|switch|ignorepat|same)\s*=>\s*/i, (_, word: string) => `${word === 'same' ? ' ' : ''}${word} = `);
    const [, extension = '', rest = ''] = step;
    const goesOn = extension === last && /^n\b/.test(rest);
    last = extension;
    return goesOn ? ` same = ${rest}` : `exten = ${extension},${rest}`;
  });
}
