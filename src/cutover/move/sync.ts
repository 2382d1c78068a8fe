import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contactsOf } from './contacts.ts';
import { said } from './machine.ts';
import type { Sides } from './sides.ts';
import type { Step } from './step.ts';
import { changeScript, changesOf, SHOW_STATE, userState } from './user-state.ts';

const SPOOL = '/var/spool/asterisk';
const REGISTRY = "asterisk -rx 'database show SIP/Registry'";
const QUEUE_LOG = 'cat /var/log/asterisk/queue_log 2> /dev/null || true';
const STAGE = '/var/lib/pbx-config/voicemail.old';
/** A copy that began then may have missed what was written in these minutes, and the clocks of two machines differ. */
const MARGIN_MINUTES = 10;

/** What moves while both run: each may be copied as often as one likes, and only what is new comes. */
export function syncSteps(s: Sides): Step[] {
  return [
    ...(s.asked.copyRecords === null ? [] : [records(s)]),
    stateStep(s),
    voicemail(s, 'voicemail'),
    ...(s.asked.recordings ? [recordings(s)] : []),
    contactsKept(s),
  ];
}

function records(s: Sides): Step {
  return {
    id: 'call-records',
    says: 'call records and the queues’ log that came since the last copy',
    lines: [{ on: s.old, script: QUEUE_LOG }],
    run: async () => {
      const log = await said(s.old, QUEUE_LOG);
      const file = join(s.journal.folder, 'queue_log');
      await mkdir(s.journal.folder, { recursive: true, mode: 0o700 });
      await writeFile(file, log, { mode: 0o600 });
      return (await s.asked.copyRecords?.(log === '' ? null : file)) ?? '';
    },
  };
}

/** What users switch by telephone, as the old PBX has it now. */
export function stateStep(s: Sides): Step {
  return {
    id: 'state',
    says: 'forwards, do not disturb, day and night as they are now',
    lines: [
      { on: s.old, script: SHOW_STATE },
      { on: s.new, script: SHOW_STATE },
      { on: s.new, script: 'asterisk -rx \'database put FAMILY KEY "VALUE"\'' },
    ],
    run: async () => {
      const now = userState(await said(s.old, SHOW_STATE));
      const changes = changesOf(now, s.journal.state.oldState, userState(await said(s.new, SHOW_STATE)));
      await said(s.new, 'sh -s', changeScript(changes));
      await s.journal.keep({ oldState: now });
      return `${changes.length} keys changed`;
    },
  };
}

/** Where the telephones are, and for the doctor when each was last there: the old PBX forgets those that went away. */
function contactsKept(s: Sides): Step {
  return {
    id: 'contacts',
    says: 'where the telephones are',
    lines: [{ on: s.old, script: REGISTRY }],
    run: async () => {
      const known = new Set(Object.keys(s.build.model.device));
      const contacts = contactsOf(await said(s.old, REGISTRY)).filter((c) => known.has(c.device));
      const now = new Date().toISOString();
      const seen = { ...s.journal.state.seen, ...Object.fromEntries(contacts.map(({ device }) => [device, now])) };
      await s.journal.keep({ contacts, seen });
      return `${contacts.length} telephones are registered`;
    },
  };
}

/** Messages and greetings; the scripts of the package know which came before. */
export function voicemail(s: Sides, id: string): Step {
  const give = (): string => giving('voicemail', since(s.journal.state.voicemailAt), '');
  const take = `rm -rf ${STAGE} && install -d -m 0700 ${STAGE} && tar --no-same-owner -xf - -C ${STAGE}`;
  const merge = `if [ -d ${STAGE}/voicemail ]; then sh /usr/share/pbx-config/merge-voicemail ${STAGE}/voicemail; else echo '0 messages, 0 greetings'; fi; rm -rf ${STAGE}`;
  return {
    id,
    says: 'voicemail that came since the last copy',
    lines: [
      { on: s.old, script: give() },
      { on: s.new, script: take },
      { on: s.new, script: merge },
    ],
    run: async () => {
      const beganAt = new Date().toISOString();
      await s.old.pour(give(), s.new, take);
      const came = (await said(s.new, merge)).trim();
      await s.journal.keep({ voicemailAt: beganAt });
      return came;
    },
  };
}

function recordings(s: Sides): Step {
  const give = (): string => giving('monitor', since(s.journal.state.recordingsAt), '-mmin +1');
  const take = `cd ${SPOOL} && tar --no-same-owner --skip-old-files -xf - && chown -R asterisk:asterisk monitor`;
  return {
    id: 'recordings',
    says: 'recordings that came since the last copy',
    lines: [
      { on: s.old, script: give() },
      { on: s.new, script: take },
    ],
    run: async () => {
      const beganAt = new Date().toISOString();
      await s.old.pour(give(), s.new, take);
      await s.journal.keep({ recordingsAt: beganAt });
      return `since ${s.journal.state.recordingsAt}`;
    },
  };
}

/** Minutes since a copy began; null: all of it is new. */
function since(at: string | null): number | null {
  return at === null ? null : Math.ceil((Date.now() - Date.parse(at)) / 60_000) + MARGIN_MINUTES;
}

/** A tar of what changed in a folder of the spool: with find and tar of CentOS 5. */
function giving(folder: string, minutes: number | null, more: string): string {
  const changed = minutes === null ? '' : `-cmin -${minutes}`;
  return `cd ${SPOOL} && if [ -d ${folder} ]; then find ${folder} -type f ${changed} ${more} -print0 | tar --null -T - -cf -; else tar -T /dev/null -cf -; fi`;
}
