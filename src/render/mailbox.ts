import { finding } from '../finding.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import type { Mailbox } from '../model/mailbox.ts';
import { directoryNames } from './directory-name.ts';
import { defineView, type Notes } from './view.ts';

/**
 * The id of a mailbox that exists. Elastix writes '106@device' for a telephone, a name that its dialplan resolves to the mailbox of that number, whatever the context.
 */
export function mailboxNamed(model: Model, name: string): string | null {
  if (model.mailbox[name] !== undefined) return name;
  const [box = '', context = 'default'] = name.split('@');
  if (context !== 'device' && context !== 'default') return null;
  return Object.keys(model.mailbox).find((id) => id.split('@')[0] === box) ?? null;
}

/** voicemail.conf: mailboxes, and what holds for all of them. */
export const voicemailView = defineView({
  file: 'etc/asterisk/voicemail.conf',
  secret: true,
  data: (model, notes, { options }) => {
    const ids = Object.keys(model.mailbox);
    notes.from(...ids.map((id) => ({ kind: 'mailbox' as const, id })));
    const voicemail = settingsOf(model).voicemail;
    const contexts = [...new Set(['default', ...ids.map((id) => id.split('@')[1] ?? 'default')])];
    return {
      ...voicemail,
      from: voicemail.from.trim(),
      fromName: voicemail.fromName.trim(),
      emailSubject: voicemail.emailSubject.trim(),
      emailBody: voicemail.emailBody.trim(),
      // Asterisk: "maxsilence should be less than minmessage or you may get empty messages"
      longestSilenceSeconds: silence(voicemail.longestSilenceSeconds, voicemail.shortestSeconds),
      live: options.live,
      zones: zones(model),
      // a PIN that begins so is none that can be keyed
      directories: directoryNames(model).map(({ name, boxes }) => ({
        name,
        boxes: boxes.map((b) => ({ number: b.number, fields: `-,${field(b.name)}` })),
      })),
      contexts: contexts.map((name) => ({
        name,
        boxes: ids.filter((id) => (id.split('@')[1] ?? 'default') === name).map((id) => box(model, id, notes)),
      })),
    };
  },
});

function silence(longest: number | null, shortest: number | null): number | null {
  return longest === null || shortest === null || longest < shortest ? longest : Math.max(0, shortest - 1);
}

function zones(model: Model): { name: string; zone: string }[] {
  const zone = settingsOf(model).timeZone;
  return zone === null ? [] : [{ name: 'local', zone }];
}

function box(model: Model, id: string, notes: Notes): object {
  const held = model.mailbox[id] as Mailbox;
  const about = { kind: 'mailbox' as const, id };
  if (held.deleteAfterMail) {
    notes.finding(
      finding('MAIL_DELETES_MESSAGE', {
        about,
        means: `messages of ${id} stay in the mailbox: the old box deleted them once they were mailed, and this one sends no mail that is known to work`,
      }),
    );
  }
  const pin = model.secrets[`mailbox/${id}/pin`] ?? '';
  if (/[,\r\n]/.test(pin))
    notes.finding(
      finding('MAILBOX_LINE_BROKEN', {
        about,
        means: `the PIN of ${id} holds a comma, which voicemail.conf cannot: nobody can open the mailbox until it is set again`,
      }),
    );
  return {
    number: id.split('@')[0] ?? id,
    fields: [pin, held.name, held.email, held.pager].map(field).join(','),
    options: boxOptions(held),
  };
}

/** Fields are parted by commas, with no escape. A bar parts addresses, to each of which a message is sent (app_voicemail.c, emailsbuf). */
function field(text: string): string {
  return text.replace(/[,\r\n]/g, ' ').trim();
}

function boxOptions(held: Mailbox): string {
  const yes = (b: boolean): string => (b ? 'yes' : 'no');
  const set: Record<string, string> = {
    attach: yes(held.attach),
    saycid: yes(held.sayCallerId),
    envelope: yes(held.sayEnvelope),
    delete: 'no',
    ...(held.nextAfterCommand ? { nextaftercmd: 'yes' } : {}),
    ...held.options,
  };
  return Object.entries(set)
    .map(([name, value]) => `${name}=${field(value)}`)
    .join('|');
}
