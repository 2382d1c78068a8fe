import { split } from '../../asterisk/arguments.ts';
import { type Model, settingsOf } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { setting } from './asked.ts';
import type { HeldDialplan } from './held-dialplan.ts';
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
    const line = (setting(config, context, number) ?? '').replace(/^>\s*/, '');
    const pin = line.split(',')[0]?.trim();
    if ((model.secrets[`mailbox/${id}/pin`] ?? pin) !== pin)
      found.push({ about, what: 'PIN', expected: 'the one of the model', held: 'another' });
    found.push(
      ...differing(about, {
        name: [withoutCommas(mailbox.name), there['Fullname']],
        'mail address': [withoutCommas(mailbox.email), there['Email']],
        'pager address': [withoutCommas(mailbox.pager), there['Pager']],
        'attaches the recording': [mailbox.attach, there['AttachMessage']],
        'says the caller': [mailbox.sayCallerId, there['SayCID']],
        'next message by itself': [mailbox.nextAfterCommand, /nextaftercmd=(\w+)/.exec(line)?.[1] ?? 'no'],
        'says the date': [mailbox.sayEnvelope, there['SayEnvelope']],
      }),
    );
  }
  for (const context of directoryContexts(model)) for (const id of held.keys()) if (id.endsWith(`@${context}`)) held.delete(id);
  found.push(...[...held.keys()].map((id) => tooMuch(ref('mailbox', id), 'mailbox')));
  found.push(...options(model, asked.dialplan));
  return Object.keys(model.mailbox).length === 0 ? found : [...found, ...general(model, config)];
});

/** Names of directories stand among the mailboxes; directories.ts looks at them. */
function directoryContexts(model: Model): string[] {
  return Object.keys(model.directory).map((id) => `directory-${id}`);
}

/** With which options messages are taken (what the site wrote by hand apart), without the letter of the greeting. */
function options(model: Model, dialplan: HeldDialplan): Mismatch[] {
  const wanted = settingsOf(model).voicemailOptions;
  const held = new Set(
    dialplan
      .steps()
      .filter((s) => s.context === 'voicemail' && s.application.toLowerCase() === 'voicemail')
      .map((s) => (split(s.data, ',')[1] ?? '').replace(/[bus]/g, '')),
  );
  return [...held].flatMap((text) => differing(ref('settings', 'pbx'), { 'options of voicemail': [wanted.replace(/[bus]/g, ''), text] }));
}

function general(model: Parameters<typeof mailboxCheck>[1], config: Parameters<typeof setting>[0]): Mismatch[] {
  const { voicemail } = settingsOf(model);
  const number = (key: string, wanted: number | null): Record<string, readonly [number, string | null]> =>
    wanted === null ? {} : { [key]: [wanted, setting(config, 'general', key)] };
  return differing(ref('settings', 'pbx'), {
    'voicemail formats': [voicemail.formats, setting(config, 'general', 'format')],
    // without a name of its own Asterisk sends as 'asterisk' (ASTERISK_USERNAME, apps/app_voicemail.c)
    'mail comes from': [voicemail.from || 'asterisk', setting(config, 'general', 'serveremail') || 'asterisk'],
    'name in mail': [voicemail.fromName, setting(config, 'general', 'fromstring') ?? ''],
    'text of mail': [voicemail.emailBody, setting(config, 'general', 'emailbody') ?? ''],
    'subject of mail': [voicemail.emailSubject, setting(config, 'general', 'emailsubject') ?? ''],
    'next message by itself': [voicemail.nextAfterCommand === 'yes', setting(config, 'general', 'nextaftercmd') ?? 'no'],
    'attaches the recording': [voicemail.attach === 'yes', setting(config, 'general', 'attach') ?? 'yes'],
    'voicemail review': [voicemail.review === 'yes', setting(config, 'general', 'review')],
    'voicemail operator': [voicemail.operator === 'yes', setting(config, 'general', 'operator')],
    ...silence(voicemail.longestSilenceSeconds, setting(config, 'general', 'maxsilence')),
    ...number('maxsecs', voicemail.longestSeconds),
    ...number('minsecs', voicemail.shortestSeconds),
    ...number('silencethreshold', voicemail.silenceThreshold),
    ...number('skipms', voicemail.skipMs),
  });
}

/** Asterisk wants it shorter than the shortest message: it may be less than the model's. */
function silence(longest: number | null, held: string | null): Record<string, readonly [string, string]> {
  const fits = longest === null || (held !== null && Number(held) > 0 && Number(held) <= longest);
  return fits ? {} : { maxsilence: [`at most ${longest}`, held ?? 'nothing'] };
}

/** A comma ends a field in voicemail.conf and nothing escapes it: there is a space in its place, and a finding says so. */
function withoutCommas(text: string): string {
  return text.replaceAll(',', ' ').trim();
}
