import { type Finding, finding } from '../finding.ts';
import { ref } from '../model/ref.ts';
import { type ConfTree, entriesOf, readConfTree } from './conf-tree.ts';
import type { BoxFile, Source } from './reader.ts';

export interface VoicemailBox {
  readonly number: string;
  readonly context: string;
  readonly pin: string;
  readonly name: string;
  readonly email: string;
  readonly pager: string;
  readonly options: Readonly<Record<string, string>>;
  /** 'voicemail.conf:7' */
  readonly where: string;
  readonly path: string;
  /** The line as it stands, comments gone. */
  readonly line: string;
}

export interface VoicemailConf {
  readonly general: Readonly<Record<string, string>>;
  /** By '106@default'. */
  readonly boxes: ReadonlyMap<string, VoicemailBox>;
  readonly files: readonly BoxFile[];
  readonly problems: readonly Finding[];
}

const read = new WeakMap<Source, VoicemailConf>();

/** voicemail.conf with its includes, the only place where mailboxes exist (ELASTIX.md, section 14). */
export function voicemailConf(source: Source): VoicemailConf {
  const known = read.get(source);
  if (known !== undefined) return known;
  const tree = readConfTree(source, 'voicemail.conf');
  const general = Object.fromEntries(entriesOf(tree, 'general').map((e) => [e.name.toLowerCase(), e.value]));
  const twice: Finding[] = [];
  const boxes = mailboxes(tree, general['aliasescontext'] ?? '', twice);
  const conf = { general, boxes, files: tree.files, problems: [...tree.problems, ...twice] };
  read.set(source, conf);
  return conf;
}

function mailboxes(tree: ConfTree, aliases: string, twice: Finding[]): Map<string, VoicemailBox> {
  const boxes = new Map<string, VoicemailBox>();
  for (const { name: context, entries, template } of tree.sections) {
    if (template || ['general', 'zonemessages', aliases, ''].includes(context)) continue;
    for (const { name: number, value, where, path } of entries) {
      // app_voicemail keeps the first of two lines for one mailbox
      const id = `${number}@${context}`;
      const first = boxes.get(id);
      if (first === undefined) boxes.set(id, { number, context, ...boxLine(value), where, path, line: value });
      else twice.push(secondLine(id, first, where));
    }
  }
  return boxes;
}

function secondLine(id: string, first: VoicemailBox, where: string): Finding {
  const means = `The line is the second of mailbox ${id}: Asterisk took the one at ${first.where}, and so does the new box.`;
  return finding('OBJECT_TWICE', { about: ref('mailbox', id), where, means });
}

/**
 * One line as app_voicemail reads it: the first four commas part pin, name, email, pager and options, whatever stands between;
 * options are parted by '|' (append_mailbox and apply_options in app_voicemail.c).
 */
export function boxLine(line: string): { pin: string; name: string; email: string; pager: string; options: Record<string, string> } {
  const [pin = '', name = '', email = '', pager = '', ...rest] = line.split(',').map((part) => part.trim());
  const options: Record<string, string> = {};
  for (const option of rest.join(',').split('|')) {
    const equals = option.indexOf('=');
    // ',attach': what is left of a line that a comma in the name has shifted is no option, and Asterisk skips it
    if (equals > 0 && /^\s*\w+\s*$/.test(option.slice(0, equals)))
      options[option.slice(0, equals).trim().toLowerCase()] = option.slice(equals + 1).trim();
  }
  return { pin, name, email, pager, options };
}

/** The voicemail context of a user's column; null for none. 'disabled' and '' are as good as 'novm'. */
export function voicemailContext(column: string): string | null {
  return ['', 'novm', 'disabled'].includes(column.trim()) ? null : column.trim();
}

/**
 * Mailbox ('101@default') that takes calls for a user, or null. The dialplan's vmu, vmb and vms extensions are made only for users
 * whose column says so, whatever voicemail.conf holds (seen on the clinic's box: with 'novm' they hang up in silence).
 */
export function mailboxOf(source: Source, user: string): string | null {
  const row = source.rows('users').find((r) => r.text('extension') === user);
  const context = row === undefined ? null : voicemailContext(row.text('voicemail'));
  if (context === null) return null;
  const id = `${user}@${context}`;
  // without voicemail.conf nobody can tell
  return source.file('voicemail.conf') === null || voicemailConf(source).boxes.has(id) ? id : null;
}

/** Any mailbox of that number, in the named context first. */
export function existingMailbox(source: Source, number: string, context: string | null): string | null {
  const { boxes } = voicemailConf(source);
  if (context !== null && boxes.has(`${number}@${context}`)) return `${number}@${context}`;
  return [...boxes].find(([, box]) => box.number === number)?.[0] ?? null;
}
