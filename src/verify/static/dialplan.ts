import { collapse, UNKNOWN } from '../../asterisk/arguments.ts';
import type { Dialplan } from '../../asterisk/dialplan.ts';
import { isPriority } from '../../asterisk/extension-match.ts';
import { type Named, type NamedObject, namedBy, type Place } from '../../asterisk/named.ts';
import { type Ref, ref } from '../../model/ref.ts';
import { type HeldDialplan, type HeldStep, stepKey } from './held-dialplan.ts';
import type { Mismatch } from './mismatch.ts';

/** What a PBX has that a dialplan may name. Names of applications and functions in lower case. */
export interface Nameable extends Readonly<Record<NamedObject, ReadonlySet<string>>> {
  readonly applications: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  readonly hasSound: (name: string) => boolean;
}

const PBX: Ref = ref('settings', 'pbx');

/** Whether all that the dialplan names is there: one mismatch for each thing that is not, with the first step that names it. */
export function checkNames(dialplan: HeldDialplan, nameable: Nameable): Mismatch[] {
  const found = new Map<string, Mismatch>();
  for (const step of dialplan.steps()) {
    for (const named of namedBy(step)) {
      const missing = missingOf(dialplan, nameable, step, named);
      if (missing !== null && !found.has(missing)) {
        found.set(missing, { about: PBX, what: `dialplan ${whereOf(step)}`, expected: `${missing} is there`, held: 'is missing' });
      }
    }
  }
  return [...found.values()];
}

/** Where a step stands, in words for a person: 'ext-group,600,12 (ring-group.conf:31)'. */
export function whereOf(step: HeldStep): string {
  return `${step.context},${step.extension},${step.priority}${step.at === null ? '' : ` (${step.at})`}`;
}

/** What is missing, in words; null: nothing is. */
function missingOf(dialplan: HeldDialplan, nameable: Nameable, step: HeldStep, named: Named): string | null {
  switch (named.is) {
    case 'place':
      return leads(dialplan, step, named.place) || asksFirst(step, named.place) ? null : `the place ${placeText(named.place)}`;
    case 'hint':
      return hasHint(dialplan, named.extension, named.context) ? null : `a hint of ${shown(named.extension)}@${named.context}`;
    case 'sound':
      return nameable.hasSound(named.name) ? null : `the sound ${named.name}`;
    case 'application':
      return nameable.applications.has(named.name.toLowerCase()) ? null : `the application ${named.name}`;
    case 'function':
      return nameable.functions.has(named.name.toLowerCase()) ? null : `the function ${named.name}`;
    default:
      return nameable[named.is].has(named.name) ? null : `the ${named.is} ${named.name}`;
  }
}

function hasHint(dialplan: HeldDialplan, extension: string, context: string): boolean {
  return extension.includes(UNKNOWN) ? dialplan.has(context) : dialplan.hint(extension, context) !== null;
}

/** True where a call that is sent there goes on: some extension that takes the number has that priority. */
function leads(dialplan: HeldDialplan, from: HeldStep, place: Place): boolean {
  return stepsAt(dialplan, from, place).length > 0;
}

/** A step that goes there only where Asterisk says that there is something. */
function asksFirst(step: HeldStep, { context }: Place): boolean {
  const asked = [...step.data.matchAll(/DIALPLAN_EXISTS\(/g)].map((m) => collapse(step.data.slice(m.index + m[0].length)));
  return context !== null && asked.some((text) => text.startsWith(`${context},`));
}

/** The steps that may be run after a call is sent to a place: from there to the end of the extension. */
export function leadsTo(dialplan: HeldDialplan, from: HeldStep, place: Place): HeldStep[] {
  return stepsAt(dialplan, from, place).flatMap((first) =>
    dialplan.stepsOf(first.context, first.extension).filter((s) => s.priority >= first.priority && s.callerId === first.callerId),
  );
}

/** The steps with which a call may go on that is sent to a place. */
function stepsAt(dialplan: HeldDialplan, from: HeldStep, { context, extension, priority }: Place): HeldStep[] {
  const wanted = (s: HeldStep): boolean => isPriority(s, priority);
  // a label alone is looked up in the extension that the step itself belongs to
  if (context === null && extension === null) return dialplan.stepsOf(from.context, from.extension).filter(wanted);
  const contexts = dialplan.meant(context ?? from.context);
  const number = extension ?? (from.extension.startsWith('_') ? UNKNOWN : from.extension);
  return contexts.flatMap((name) => dialplan.extensionsFor(name, number).flatMap((steps) => steps.filter(wanted)));
}

function placeText({ context, extension, priority }: Place): string {
  return [context, extension, priority].flatMap((part) => (part === null ? [] : [shown(part)])).join(',');
}

function shown(text: string): string {
  return text.replaceAll(UNKNOWN, '…');
}

/** Whether Asterisk took every step of the files, and has no other: a line that it drops, or a file that nothing includes, is no dialplan. */
export function checkLoaded(dialplan: HeldDialplan, files: Dialplan): Mismatch[] {
  const held = new Set(dialplan.steps().map((s) => stepKey(s.context, s.extension, s.priority, s.application.toLowerCase())));
  const missing = files.contexts.flatMap(({ name, steps }) =>
    steps.filter((s) => !held.has(stepKey(name, s.extension, s.priority, s.application.toLowerCase()))).map((s) => ({ name, s })),
  );
  return missing.map(({ name, s }) => ({
    about: PBX,
    what: `dialplan ${name},${s.extension},${s.priority} (${s.at.file}:${s.at.line})`,
    expected: `${s.application} is there`,
    held: 'is missing',
  }));
}

/** Includes that name a context which is not there. One without a step is there as well, though Asterisk does not list it. */
export function checkIncludes(dialplan: HeldDialplan, files: Dialplan): Mismatch[] {
  const written = new Set(files.contexts.map((c) => c.name));
  return dialplan.names().flatMap((context) =>
    dialplan
      .includes(context)
      .filter((name) => !dialplan.has(name) && !written.has(name))
      .map((name) => ({
        about: PBX,
        what: `dialplan ${context}`,
        expected: `the context ${name} that it includes is there`,
        held: 'is missing',
      })),
  );
}
