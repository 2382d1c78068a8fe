import { finding } from '../finding.ts';
import { ref } from '../model/ref.ts';
import type { Settings } from '../model/settings.ts';
import type { Notes, Source } from './reader.ts';
import { isOn, wholeNumber } from './source.ts';
import { voicemailConf } from './voicemail-conf.ts';

const PBX = ref('settings', 'pbx');
export type Voicemail = NonNullable<Settings['voicemail']>;

const READ = new Set([
  'format',
  'serveremail',
  'fromstring',
  'emailbody',
  'emailsubject',
  'maxmessage',
  'maxsecs',
  'minmessage',
  'minsecs',
  'maxsilence',
  'silencethreshold',
  'skipms',
  'review',
  'operator',
  'attach',
  'nextaftercmd',
  'saycid',
  'envelope',
  'delete',
  'aliasescontext',
]);
/** Options that say how voicemail is stored or watched, and pbxskip, a word in the mail's subject. */
const MEANINGLESS = new Set([
  'pollmailboxes',
  'pollfreq',
  'pbxskip',
  'externnotify',
  'maxlogins',
  'maxmsg',
  'maxgreet',
  'moveheard',
  'userscontext',
  'usedirectory',
  'cidinternalcontexts',
  'sendvoicemail',
  'charset',
]);

/** [general] of voicemail.conf, which includes vm_general.inc and vm_email.inc; old and new names of app_voicemail's options. */
export function voicemailSettings(source: Source, notes: Notes, base: Voicemail): Voicemail {
  const { general, files } = voicemailConf(source);
  const left = Object.keys(general)
    .filter((name) => !READ.has(name) && !MEANINGLESS.has(name))
    .sort();
  for (const file of files) notes.carried(file, PBX);
  if (left.length > 0) {
    notes.finding(
      finding('OPTION_NOT_CARRIED', {
        about: PBX,
        where: 'voicemail.conf [general]',
        means: `Voicemail options that the new box does not set: ${left.join(', ')}.`,
      }),
    );
  }
  const text = (name: string, without: string) => general[name] ?? without;
  const number = (...names: string[]) => names.map((name) => wholeNumber(general[name] ?? '')).find((n) => n !== null) ?? null;
  const yes = (name: string, without: 'yes' | 'no') => (general[name] === undefined ? without : isOn(general[name]) ? 'yes' : 'no');
  return {
    formats: text('format', base.formats),
    from: text('serveremail', base.from),
    fromName: text('fromstring', base.fromName),
    emailBody: text('emailbody', base.emailBody),
    emailSubject: text('emailsubject', base.emailSubject),
    longestSeconds: number('maxsecs', 'maxmessage'),
    shortestSeconds: number('minsecs', 'minmessage'),
    longestSilenceSeconds: number('maxsilence'),
    silenceThreshold: number('silencethreshold'),
    skipMs: number('skipms'),
    review: yes('review', base.review),
    operator: yes('operator', base.operator),
    attach: yes('attach', base.attach),
    nextAfterCommand: yes('nextaftercmd', base.nextAfterCommand),
  };
}
