import { setTimeout as pause } from 'node:timers/promises';
import type { Model } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import type { Lab } from '../lab/lab.ts';
import type { Mail } from '../lab/mail.ts';
import type { Mismatch } from '../static/mismatch.ts';

/** msmtp hands a mail over within that time. */
const MAIL_MS = 10_000;
const POLL_MS = 300;

/** Mailboxes in which calls left messages, and whose owners were sent none by mail or were sent it otherwise than the model says. */
export async function checkMail(lab: Lab, model: Model): Promise<Mismatch[]> {
  const until = performance.now() + MAIL_MS;
  for (;;) {
    const found = mailMismatches(model, await withMessages(lab), await lab.mails());
    if (found.length === 0 || performance.now() > until) return found;
    await pause(POLL_MS);
  }
}

/** Ids of mailboxes that hold messages. */
async function withMessages(lab: Lab): Promise<string[]> {
  const boxes = await lab.pbx.ami.list({ Action: 'VoicemailUsersList' }).catch(() => []);
  const held = boxes.filter((b) => Number(b['NewMessageCount'] ?? 0) + Number(b['OldMessageCount'] ?? 0) > 0);
  return held.map((b) => `${b['VoiceMailbox']}@${b['VMContext']}`);
}

/** What is amiss with the mails, where calls left messages in these mailboxes. */
export function mailMismatches(model: Model, mailboxes: readonly string[], mails: readonly Mail[]): Mismatch[] {
  return mailboxes.flatMap((id) => {
    const box = model.mailbox[id];
    if (box === undefined || box.email === '') return [];
    const about = ref('mailbox', id);
    // app_voicemail.c writes a mail of its own to each
    const addresses = box.email.split('|');
    const unsent = addresses.filter((address) => !mails.some((m) => m.to.includes(address)));
    if (unsent.length > 0) return [{ about, what: 'mail', expected: `each message to ${unsent.join(' and ')}`, held: 'no mail' }];
    const mine = mails.filter((m) => addresses.some((address) => m.to.includes(address)));
    const attached = mine.some((m) => /^Content-Disposition: attachment/im.test(m.text));
    if (attached === box.attach) return [];
    return [
      { about, what: 'recording in the mail', expected: box.attach ? 'attached' : 'not attached', held: attached ? 'attached' : 'none' },
    ];
  });
}
