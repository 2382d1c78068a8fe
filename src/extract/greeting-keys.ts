import { finding } from '../finding.ts';
import { ref } from '../model/ref.ts';
import { defineReader, type Source } from './reader.ts';

/** 'unavail', 'busy' or 'temp', and what is said of it. Source: VmX of the module voicemail, AMPUSER/<extension>/vmx. */
const KEY = /^([^/]+)\/vmx\/([^/]+)\/(.+)$/;
const GREETINGS: Readonly<Record<string, string>> = { unavail: 'unavailable', busy: 'busy', temp: 'temporary' };

/** Keys that callers may press while they hear somebody's greeting (VmX): reported, not carried. */
export default defineReader({
  kind: null,
  tables: [],
  astdb: ['AMPUSER'],
  files: [],
  read: (source, notes) => {
    const known = new Set(source.rows('users').map((row) => row.text('extension').trim()));
    const switchedOn = new Map<string, Set<string>>();
    for (const entry of source.astdb('AMPUSER')) {
      const [, id = '', greeting = '', what = ''] = KEY.exec(entry.key) ?? [];
      if (id === '' || !known.has(id)) continue;
      const isOn = isEnabled(source, id, greeting);
      notes.dropped(entry, isOn ? 'a greeting has no keys of its own on the new box: told as a finding' : 'switched off');
      if (isOn && what === 'state') switchedOn.set(id, new Set([...(switchedOn.get(id) ?? []), greeting]));
    }
    for (const [id, greetings] of switchedOn) {
      const told = [...greetings].flatMap((greeting) => [`${GREETINGS[greeting] ?? greeting} greeting${keysOf(source, id, greeting)}`]);
      const means = `Who came to the mailbox of ${id} could press a key while the greeting played, and be sent on (${told.join('; ')}). Here the greeting has no keys: he leaves a message, or hangs up.`;
      notes.finding(finding('GREETING_KEYS_NOT_CARRIED', { about: ref('extension', id), where: `AMPUSER/${id}/vmx`, means }));
    }
    return {};
  },
});

function isEnabled(source: Source, id: string, greeting: string): boolean {
  return source.astdbEntry('AMPUSER', `${id}/vmx/${greeting}/state`)?.value.trim().toLowerCase() === 'enabled';
}

/** ': 1 for 89161112233'. */
function keysOf(source: Source, id: string, greeting: string): string {
  const keys = ['0', '1', '2'].flatMap((key) => {
    const to = source.astdbEntry('AMPUSER', `${id}/vmx/${greeting}/${key}/ext`)?.value.trim() ?? '';
    return to === '' ? [] : [`${key} for ${to}`];
  });
  return keys.length === 0 ? '' : `: ${keys.join(', ')}`;
}
