import { setTimeout } from 'node:timers/promises';
import { MigrateError, throwIfAborted } from '../../error.ts';
import { isRegistered, registrationsOf } from '../doctor/registration.ts';
import { moveAddress } from './address.ts';
import { contactRow, contactsToGive } from './contacts.ts';
import { quoted, said } from './machine.ts';
import { type Sides, STOP_OLD } from './sides.ts';
import { type Step, scriptStep } from './step.ts';
import { syncSteps, voicemail } from './sync.ts';
import { SHOW_STATE, userState } from './user-state.ts';

const STATUS = 'pbx-config status';
const CALLS = "asterisk -rx 'core show channels concise'";
const HELD_CONTACTS = "asterisk -rx 'database show registrar/contact'";
const RESTART = `asterisk -rx 'core restart now' > /dev/null 2>&1 || true
sleep 1; n=0; until asterisk -rx 'core waitfullybooted' > /dev/null 2>&1; do n=$((n + 1)); [ $n -lt 60 ] || exit 1; sleep 1; done`;
const CHECK = "asterisk -rx 'pjsip show contacts' | grep -c '^ *Contact: ' || true";
const REGISTRATIONS = "asterisk -rx 'pjsip show registrations'";
const IAX_REGISTRATIONS = "asterisk -rx 'iax2 show registry' || true";
/** One a second; a carrier that has not answered by then is told of. */
const REGISTRATION_TRIES = 15;
/** Telephones register anew long before: the usual hour. */
const CONTACT_SECONDS = 3600;

/** From the old PBX to the new one. */
export function goSteps(s: Sides): Step[] {
  const stop = s.asked.stopOld ?? STOP_OLD;
  return [
    installed(s),
    inProgress(s),
    ...syncSteps(s),
    scriptStep({ id: 'old-stops', says: 'the old Asterisk stops', on: s.old, script: stop, writesOld: true, result: 'stopped' }),
    // what was being left while it stopped
    voicemail(s, 'last-voicemail'),
    ...moveAddress(s, 'to-new'),
    contactsGiven(s),
    live(s),
    carriersRegistered(s),
    checked(s),
  ];
}

function installed(s: Sides): Step {
  return {
    id: 'installed',
    says: 'the build that was verified is the one that is installed',
    lines: [{ on: s.new, script: STATUS }],
    run: async () => {
      const status = await said(s.new, STATUS);
      const held = /^build: (\S+)$/m.exec(status)?.[1] ?? '';
      if (held === s.build.manifest.modelSha256) return status.split('\n')[0] ?? '';
      throw new MigrateError({
        code: 'E_NOT_INSTALLED',
        where: s.new.name,
        why: 'the package that is installed there was made of another model',
        hint: 'Install the package of this build: `migrate package BUILD -o FOLDER`.',
      });
    },
  };
}

/** Calls that are up will be cut: their names go to the journal. */
function inProgress(s: Sides): Step {
  return {
    id: 'calls-in-progress',
    says: 'calls in progress on the old PBX',
    lines: [{ on: s.old, script: CALLS }],
    run: async () => {
      const calls = (await said(s.old, CALLS)).split('\n').filter((line) => line.includes('!'));
      const named = calls.map((line) => line.split('!').slice(0, 3).join(' '));
      return named.length === 0 ? 'none' : `${named.length} channels will be cut: ${named.join('; ')}`;
    },
  };
}

/** So that they are called before they register anew. */
function contactsGiven(s: Sides): Step {
  return {
    id: 'contacts-given',
    says: 'the new PBX is told where the telephones are',
    lines: [{ on: s.new, script: `asterisk -rx 'database put registrar/contact "NAME;@HASH" "{...}"'` }],
    run: async () => {
      const until = new Date(Date.now() + CONTACT_SECONDS * 1000);
      const contacts = contactsToGive(s.journal.state.contacts, await said(s.new, STATUS), await said(s.new, HELD_CONTACTS));
      const puts = contacts.map((contact) => {
        const { family, key, value } = contactRow(contact, until);
        const command = `database put ${family} "${key}" "${value.replaceAll('"', '\\"')}"`;
        return `asterisk -rx ${quoted(command)} > /dev/null`;
      });
      await said(s.new, 'sh -s', puts.join('\n'));
      return `${puts.length} contacts`;
    },
  };
}

function live(s: Sides): Step {
  const script = `pbx-config live || exit 1\n${RESTART}`;
  return {
    id: 'live',
    says: 'the new PBX registers with the carriers and serves every telephone',
    lines: [{ on: s.new, script }],
    run: async () => {
      await said(s.new, script);
      const state = userState(await said(s.new, SHOW_STATE));
      await s.journal.keep({ liveAt: new Date().toISOString(), newStateAtGo: state });
      return 'live';
    },
  };
}

/** Until then a carrier that goes by the registration sends its calls to nobody. */
function carriersRegistered(s: Sides): Step {
  return {
    id: 'carriers',
    says: 'carriers that the new PBX is registered with',
    lines: [
      { on: s.new, script: REGISTRATIONS },
      { on: s.new, script: IAX_REGISTRATIONS },
    ],
    run: async () => {
      for (let tries = 1; ; tries++) {
        const all = registrationsOf(await said(s.new, REGISTRATIONS), await said(s.new, IAX_REGISTRATIONS));
        const missing = all.filter((r) => !isRegistered(r));
        const names = missing.map(({ name, is }) => `${name}: ${is}`).join(', ');
        if (missing.length === 0 || tries === REGISTRATION_TRIES)
          return `${all.length - missing.length} of ${all.length} registered${missing.length === 0 ? '' : `; ${names}`}`;
        await setTimeout(1000, undefined, { signal: s.context.signal }).catch(() => undefined);
        throwIfAborted(s.context.signal);
      }
    },
  };
}

function checked(s: Sides): Step {
  return {
    id: 'checked',
    says: 'telephones that the new PBX can call',
    lines: [{ on: s.new, script: CHECK }],
    run: async () => `${(await said(s.new, CHECK)).trim()} of ${s.journal.state.contacts.length} contacts; \`migrate doctor\` says more`,
  };
}
