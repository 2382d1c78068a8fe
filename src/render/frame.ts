import { createHmac } from 'node:crypto';
import { finding } from '../finding.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import { ownDatabases } from './custom-odbc.ts';
import { reportLanguages } from './language.ts';
import { debian } from './target.ts';
import { TONE_ZONES } from './tone-zone.ts';
import { defineView } from './view.ts';

/** Files that are the same for every PBX: the template is the file. */
const FIXED = [
  'logger.conf',
  'cdr.conf',
  'cdr_adaptive_odbc.conf',
  'cdr_custom.conf',
  'cel.conf',
  'http.conf',
  'acl.conf',
  'pjproject.conf',
  'pjsip_notify.conf',
  'ccss.conf',
  'udptl.conf',
  'stasis.conf',
];

/** The frame: what Asterisk needs around the telephones, the trunks and the dialplan. */
export const frameViews = [
  ...FIXED.map((name) => defineView({ file: `etc/asterisk/${name}`, data: () => ({}) })),
  defineView({
    file: 'etc/asterisk/asterisk.conf',
    data: (model, notes) => {
      reportLanguages(model, notes);
      return { directories: debian.directories, language: settingsOf(model).language };
    },
  }),
  defineView({ file: 'etc/asterisk/rtp.conf', data: (model) => settingsOf(model).rtp }),
  defineView({
    file: 'etc/asterisk/res_odbc.conf',
    secret: true,
    data: (model, notes) => ({ password: databasePassword(model), own: ownDatabases(model, notes) }),
  }),
  defineView({ file: 'etc/odbc.ini', data: () => ({ driver: debian.odbcDriver }) }),
  defineView({
    file: 'etc/asterisk/indications.conf',
    data: (model, notes) => {
      const asked = settingsOf(model).toneZone;
      const known = TONE_ZONES.some((z) => z.code === asked);
      if (!known)
        notes.finding(
          finding('TONE_ZONE_UNKNOWN', {
            about: { kind: 'settings', id: 'pbx' },
            where: asked,
            means: `dial tone, busy and ringing sound as in the United States: the tones of '${asked}' are not known here`,
          }),
        );
      return { country: known ? asked : 'us', zones: TONE_ZONES };
    },
  }),
  defineView({
    file: 'etc/timezone',
    data: (model, notes) => {
      const { timeZone } = settingsOf(model);
      if (timeZone === null)
        notes.finding(
          finding('TIME_ZONE_UNKNOWN', {
            about: { kind: 'settings', id: 'pbx' },
            means: 'office hours and the times in call records follow the clock of the machine, whatever its zone is',
          }),
        );
      return timeZone === null ? null : { timeZone };
    },
  }),
];

/**
 * Password of the account `asterisk` of the call records' database. Made from the PBX's secrets, so that the same model gives the same file and nobody without the secrets
 * can guess it.
 */
export function databasePassword(model: Model): string {
  const secrets = Object.entries(model.secrets).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHmac('sha256', JSON.stringify(secrets)).update('asteriskcdrdb').digest('base64url').slice(0, 24);
}
