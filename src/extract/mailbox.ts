import { finding } from '../finding.ts';
import type { Mailbox } from '../model/mailbox.ts';
import { ref } from '../model/ref.ts';
import { defineReader, type Notes, type Source } from './reader.ts';
import { isOn } from './source.ts';
import { existingMailbox, type VoicemailBox, voicemailConf } from './voicemail-conf.ts';

/** Mailboxes of voicemail.conf: the tables know none (ELASTIX.md, section 14). */
export default defineReader({
  kind: 'mailbox',
  tables: [],
  astdb: [],
  files: ['voicemail.conf'],
  read: (source, notes) => {
    const conf = voicemailConf(source);
    for (const problem of conf.problems) notes.finding(problem);
    if (source.filePaths !== null && source.file('voicemail.conf') === null) {
      notes.finding(
        finding('SOURCE_INCOMPLETE', {
          where: 'voicemail.conf',
          means: 'The source has no voicemail.conf, and mailboxes stand nowhere else: nobody can leave or hear a message.',
        }),
      );
    }
    const names = userNames(source);
    const mailboxes: Record<string, Mailbox> = {};
    for (const [id, box] of conf.boxes) mailboxes[id] = readMailbox(notes, id, box, conf.general, names.get(box.number) ?? null);
    for (const file of conf.files)
      if ([...conf.boxes.values()].some((box) => box.path === file.path)) notes.carried(file, ref('settings', 'pbx'));
    tellAlone(source, notes, names);
    return mailboxes;
  },
});

/** Options of a mailbox with a field of their own; the other ones are kept as they stand. */
const OWN = new Set(['attach', 'saycid', 'envelope', 'delete', 'nextaftercmd']);

function readMailbox(
  notes: Notes,
  id: string,
  box: VoicemailBox,
  general: Readonly<Record<string, string>>,
  userName: string | null,
): Mailbox {
  // app_voicemail's own defaults where neither the line nor [general] speaks
  const option = (name: string, without: boolean) => isOn(box.options[name] ?? general[name] ?? (without ? 'yes' : 'no'));
  notes.secret(`mailbox/${id}/pin`, box.pin);
  tellName(notes, id, box, userName);
  tellZone(notes, id, box);
  return {
    name: userName ?? box.name,
    email: box.email,
    pager: box.pager,
    attach: option('attach', true),
    sayCallerId: option('saycid', false),
    sayEnvelope: option('envelope', true),
    deleteAfterMail: option('delete', false),
    nextAfterCommand: option('nextaftercmd', false),
    options: Object.fromEntries(
      Object.entries(box.options)
        .filter(([name]) => !OWN.has(name))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

/** Zones are the box's own lines below [zonemessages], and the new box has one, its own. */
function tellZone(notes: Notes, id: string, box: VoicemailBox): void {
  const zone = box.options['tz'] ?? '';
  if (zone === '') return;
  const means = `The times of its messages are told by zone '${zone}' of the old voicemail.conf: here they are told by the clock of the PBX.`;
  notes.finding(finding('OPTION_NOT_CARRIED', { about: ref('mailbox', id), where: box.where, means }));
}

/** Names that people see, by number: the live one, else the table's. */
function userNames(source: Source): Map<string, string> {
  const names = new Map<string, string>();
  for (const row of source.rows('users')) {
    const id = row.text('extension');
    const name = source.astdbEntry('AMPUSER', `${id}/cidname`)?.value.trim() || row.text('name').replace(/\\(['"\\])/g, '$1');
    if (name !== '') names.set(id, name);
  }
  return names;
}

/** A comma or semicolon in a name ends it: Asterisk then takes a part of the name for the address. */
function tellName(notes: Notes, id: string, box: VoicemailBox, userName: string | null): void {
  if (userName === null || userName === box.name) return;
  const about = ref('mailbox', id);
  const isBroken = userName.startsWith(box.name) && /^\s*[,;]/.test(userName.slice(box.name.length));
  if (isBroken) {
    notes.finding(
      finding('MAILBOX_LINE_BROKEN', {
        about,
        where: box.where,
        means:
          "The owner's name holds a comma or a semicolon, where Asterisk cuts the line: name, e-mail address and options were read wrongly, so that no message was mailed. The name is repaired, the rest is as Asterisk read it.",
      }),
    );
  } else {
    notes.finding(
      finding('MAILBOX_NAME_DIFFERS', {
        about,
        where: box.where,
        means: `The mailbox is named '${box.name}', its extension '${userName}'.`,
      }),
    );
  }
}

function tellAlone(source: Source, notes: Notes, names: ReadonlyMap<string, string>): void {
  const users = new Set(source.rows('users').map((row) => row.text('extension')));
  for (const [id, box] of voicemailConf(source).boxes) {
    if (users.has(box.number) || names.has(box.number) || existingMailbox(source, box.number, box.context) !== id) continue;
    notes.finding(
      finding('MAILBOX_WITHOUT_EXTENSION', {
        about: ref('mailbox', id),
        where: box.where,
        means: 'No extension has this number: nobody is told of its messages by a lamp.',
      }),
    );
  }
}
