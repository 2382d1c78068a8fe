import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { moveAddress } from './address.ts';
import { WEB_STARTS } from './freeze.ts';
import { said } from './machine.ts';
import { type Sides, START_OLD } from './sides.ts';
import { type Step, scriptStep } from './step.ts';
import { changeScript, changesOf, SHOW_STATE, userState } from './user-state.ts';

/** From the new PBX to the old one. What it recorded meanwhile lies in a folder of the journal. */
export function backSteps(s: Sides): Step[] {
  const start = s.asked.startOld ?? START_OLD;
  const folder = join(s.journal.folder, 'back');
  const web = 'the web pages of the old PBX are there again';
  return [
    scriptStep({ id: 'new-quiet', says: 'the new PBX is quiet again', on: s.new, script: 'pbx-config quiet', result: 'quiet' }),
    ...moveAddress(s, 'to-old'),
    scriptStep({ id: 'old-starts', says: 'the old Asterisk starts', on: s.old, script: start, writesOld: true, result: 'started' }),
    stateBack(s),
    {
      ...kept(s, folder, 'call-records', RECORDS(s.journal.state.liveAt), 'call-records.sql'),
      says: 'call records of the time between are kept',
    },
    { ...kept(s, folder, 'voicemail', VOICEMAIL(s.journal.state.liveAt), 'voicemail.tar'), says: 'voicemail of the time between is kept' },
    {
      ...kept(s, folder, 'recordings', RECORDINGS(s.journal.state.liveAt), 'recordings.txt'),
      says: 'recordings of the time between are listed',
    },
    scriptStep({ id: 'web-starts', says: web, on: s.old, script: WEB_STARTS, writesOld: true, result: 'there was no web server' }),
  ];
}

/** Forwards that were set on the new side are set on the old one. */
function stateBack(s: Sides): Step {
  return {
    id: 'state-back',
    says: 'forwards and the like that were set on the new PBX go along',
    writesOld: true,
    lines: [
      { on: s.new, script: SHOW_STATE },
      { on: s.old, script: SHOW_STATE },
      { on: s.old, script: 'asterisk -rx \'database put FAMILY KEY "VALUE"\'' },
    ],
    run: async () => {
      const now = userState(await said(s.new, SHOW_STATE));
      const there = userState(await said(s.old, SHOW_STATE));
      const changes = changesOf(now, s.journal.state.newStateAtGo ?? now, there);
      await said(s.old, 'sh -s', changeScript(changes));
      await s.journal.keep({ oldState: null });
      return `${changes.length} keys changed`;
    },
  };
}

/** Minutes since the new side went live, and one: of find. */
function minutes(at: string | null): number {
  return at === null ? 0 : Math.ceil((Date.now() - Date.parse(at)) / 60_000) + 1;
}

/** Both sides count in the zone of the machine, as calldate does; CDRs still in the batch come first, until no more do. */
const RECORDS = (at: string | null): string =>
  `asterisk -rx 'cdr submit' > /dev/null
count() { mariadb asteriskcdrdb -NBe 'SELECT COUNT(*) FROM cdr'; }
was=; now=$(count) || exit 1; until [ "$now" = "$was" ]; do sleep 1; was=$now; now=$(count); done
mariadb-dump --no-create-info --complete-insert --skip-extended-insert --where="calldate >= FROM_UNIXTIME(${Math.floor(Date.parse(at ?? '') / 1000) || 0})" asteriskcdrdb cdr`;
const VOICEMAIL = (at: string | null): string =>
  `cd /var/spool/asterisk && find voicemail -type f -cmin -${minutes(at)} -print0 2> /dev/null | tar --null -T - -cf - | base64`;
const RECORDINGS = (at: string | null): string =>
  `cd /var/spool/asterisk && find monitor -type f -cmin -${minutes(at)} 2> /dev/null | sort`;

/** What a script of the new machine prints, as a file here. */
function kept(s: Sides, folder: string, id: string, script: string, name: string): Step {
  return {
    id: `kept-${id}`,
    says: id,
    lines: [{ on: s.new, script }],
    run: async () => {
      const text = await said(s.new, script);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, name);
      await writeFile(path, name.endsWith('.tar') ? Buffer.from(text, 'base64') : text, { mode: 0o600 });
      return path;
    },
  };
}
