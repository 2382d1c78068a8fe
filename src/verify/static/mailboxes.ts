import { settingsOf } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { setting } from './asked.ts';
import { defineCheck, differing, type Mismatch, missing, tooMuch } from './mismatch.ts';

/** Mailboxes with their owners, mail and options, and what holds for all of them. */
export const mailboxCheck = defineCheck(async (asked, model) => {
  const held = new Map((await asked.list('VoicemailUsersList')).map((e) => [`${e['VoiceMailbox']}@${e['VMContext']}`, e]));
  const config = await asked.config('voicemail.conf');
  const found: Mismatch[] = [];
  for (const [id, mailbox] of Object.entries(model.mailbox)) {
    const about = ref('mailbox', id);
    const there = held.get(id);
    held.delete(id);
    if (there === undefined) {
      found.push(missing(about, 'mailbox'));
      continue;
    }
    const [number = '', context = ''] = id.split('@');
    const pin = (setting(config, context, number) ?? '').replace(/^>\s*/, '').split(',')[0]?.trim();
    if ((model.secrets[`mailbox/${id}/pin`] ?? pin) !== pin)
      found.push({ about, what: 'PIN', expected: 'the one of the model', held: 'another' });
    found.push(
      ...differing(about, {
        name: [withoutCommas(mailbox.name), there['Fullname']],
        'mail address': [withoutCommas(mailbox.email), there['Email']],
        'pager address': [withoutCommas(mailbox.pager), there['Pager']],
        'attaches the recording': [mailbox.attach, there['AttachMessage']],
        'says the caller': [mailbox.sayCallerId, there['SayCID']],
        'says the date': [mailbox.sayEnvelope, there['SayEnvelope']],
      }),
    );
  }
  found.push(...[...held.keys()].map((id) => tooMuch(ref('mailbox', id), 'mailbox')));
  return Object.keys(model.mailbox).length === 0 ? found : [...found, ...general(model, config)];
});

function general(model: Parameters<typeof mailboxCheck>[1], config: Parameters<typeof setting>[0]): Mismatch[] {
  const { voicemail } = settingsOf(model);
  const number = (key: string, wanted: number | null): Record<string, readonly [number, string | null]> =>
    wanted === null ? {} : { [key]: [wanted, setting(config, 'general', key)] };
  return differing(ref('settings', 'pbx'), {
    'voicemail formats': [voicemail.formats, setting(config, 'general', 'format')],
    'voicemail review': [voicemail.review === 'yes', setting(config, 'general', 'review')],
    'voicemail operator': [voicemail.operator === 'yes', setting(config, 'general', 'operator')],
    ...number('maxsecs', voicemail.longestSeconds),
    ...number('minsecs', voicemail.shortestSeconds),
    ...number('silencethreshold', voicemail.silenceThreshold),
    ...number('skipms', voicemail.skipMs),
  });
}

/** A comma ends a field in voicemail.conf and nothing escapes it: there is a space in its place, and a finding says so. */
function withoutCommas(text: string): string {
  return text.replaceAll(',', ' ').trim();
}
