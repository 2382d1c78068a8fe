import { finding } from '../finding.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { timeConditionContexts } from './switch-code.ts';
import { debian } from './target.ts';
import { defineView } from './view.ts';

/** Recordings in a browser and at night in the archive. Nothing of it starts by itself. */
const RECORDINGS = [
  'nginx/conf.d/recordings.conf',
  'systemd/system/asterisk-recordings.service',
  'systemd/system/asterisk-recordings-archive.service',
  'systemd/system/asterisk-recordings-archive.timer',
];

/** Call records that did not reach the database come there later. */
const CALL_RECORDS = [
  'migrate/call-records.sql',
  'migrate/call-records.sh',
  'systemd/system/asterisk-call-records.service',
  'systemd/system/asterisk-call-records.timer',
];

/** The machine around Asterisk: its unit, its clock, its mail, its recordings. */
export const machineViews = [
  ...CALL_RECORDS.map((file) => defineView({ file: `etc/${file}`, data: () => ({ folder: `${debian.directories.log}/cdr-custom` }) })),
  ...RECORDINGS.map((file) => defineView({ file: `etc/${file}`, data: () => ({ spool: debian.directories.spool, user: debian.user }) })),
  defineView({
    file: 'etc/systemd/system/asterisk.service.d/migrate.conf',
    data: (model) => ({ timeZone: zoneOf(model) }),
  }),
  ...['service', 'timer'].map((kind) =>
    defineView({
      file: `etc/systemd/system/asterisk-time-conditions.${kind}`,
      data: (model) => (timeConditionContexts(model).length === 0 ? null : { user: debian.user }),
    }),
  ),
  defineView({ file: 'etc/migrate/mail.sh', data: () => ({ etc: debian.directories.etc }) }),
  defineView({
    file: 'etc/msmtprc',
    data: (model, notes) => {
      if (!sendsMail(model)) return null;
      notes.finding(
        finding('MAIL_RELAY_UNKNOWN', {
          about: ref('settings', 'pbx'),
          where: 'etc/msmtprc',
          means:
            'mail with voicemail messages goes to the mail server of this machine, if it has one: the relay of the old box is not carried',
        }),
      );
      return { from: fromAddress(model) };
    },
  }),
];

/** The zone as a path below /usr/share/zoneinfo. */
function zoneOf(model: Model): string | null {
  const { timeZone } = settingsOf(model);
  return timeZone !== null && /^[A-Za-z][\w+-]*(\/[A-Za-z][\w+-]*)*$/.test(timeZone) ? timeZone : null;
}

function sendsMail(model: Model): boolean {
  return Object.values(model.mailbox).some((m) => m.email !== '' || m.pager !== '');
}

function fromAddress(model: Model): string {
  const from = settingsOf(model).voicemail.from.trim();
  return /^[\w.+-]+@[\w.-]+$/.test(from) ? from : 'asterisk@localhost';
}
