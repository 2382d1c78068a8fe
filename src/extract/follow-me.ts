import { finding } from '../finding.ts';
import type { FollowMe } from '../model/follow-me.ts';
import { ref } from '../model/ref.ts';
import { RING_STRATEGIES } from '../model/ring-list.ts';
import { MODULE_OFF } from './module-off.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { callerIdMode, memberList, ringListOf, ringStrategy } from './ring-list.ts';
import { wholeNumber } from './source.ts';

/**
 * Follow me (ELASTIX.md, section 7): the dialplan rings what AstDB says (AMPUSER/<x>/followme/...), which owners set in their portal; the table is
 * what the web page showed last. ddial=EXTENSION is off.
 */
export default defineReader({
  kind: 'follow-me',
  tables: ['findmefollow'],
  astdb: ['AMPUSER'],
  files: [],
  read: (source, notes) => {
    const found: Record<string, FollowMe> = {};
    const isOff = source.moduleOff('findmefollow');
    for (const row of source.rows('findmefollow')) {
      const id = row.text('grpnum').trim();
      if (isOff) notes.dropped(row, MODULE_OFF);
      else if (id === '') notes.dropped(row, 'no extension is named');
      else found[id] = readFollowMe(source, notes, row, id);
    }
    for (const entry of source.astdb('AMPUSER')) {
      const [id = '', what] = entry.key.split('/');
      if (what === 'followme' && found[id] === undefined) notes.dropped(entry, isOff ? MODULE_OFF : 'the extension has no follow me');
    }
    return found;
  },
});

function readFollowMe(source: Source, notes: Notes, row: Row, id: string): FollowMe {
  const about = ref('follow-me', id);
  const live = (name: string) => {
    const entry = source.astdbEntry('AMPUSER', `${id}/followme/${name}`);
    if (entry !== null) notes.carried(entry, about);
    return entry?.value.trim() ?? '';
  };
  const [prering, grptime, grplist] = [row.text('pre_ring'), row.text('grptime'), row.text('grplist')];
  const confirms = confirmation(live('grpconf'), row.flag('needsconf'));
  const how = ringStrategy(row.text('strategy'), confirms, [...RING_STRATEGIES, 'ringallv2']);
  if (how.approximated === null) notes.carried(row, about);
  else {
    notes.approximated(row, about, how.approximated);
    notes.finding(finding('FOLLOW_ME_APPROXIMATED', { about, where: `findmefollow ${row.key}`, means: `${how.approximated}.` }));
  }
  tellAlone(source, notes, id);
  return {
    ...ringListOf(source, notes, row, about),
    enabled: live('ddial') !== 'EXTENSION',
    strategy: how.strategy,
    firstMemberIsPrimary: how.primary,
    preRingSeconds: seconds(live('prering') || prering),
    ringSeconds: seconds(live('grptime') || grptime),
    members: memberList(live('grplist') || grplist),
    alertInfo: row.text('dring').trim(),
    confirms,
    callerId: callerIdMode(live('changecid'), live('fixedcid')),
  };
}

function seconds(text: string): number {
  return Math.max(0, wholeNumber(text) ?? 0);
}

/** ENABLED or DISABLED in AstDB; without the key, as the table has it. */
function confirmation(live: string, inTable: boolean): boolean {
  return live === '' ? inTable : live.toUpperCase() === 'ENABLED';
}

function tellAlone(source: Source, notes: Notes, id: string): void {
  if (source.rows('users').some((row) => row.text('extension') === id)) return;
  notes.finding(
    finding('FOLLOW_ME_WITHOUT_EXTENSION', {
      about: ref('follow-me', id),
      where: `findmefollow ${id}`,
      means: `There is no extension ${id} whose calls could go on: on the new box nobody reaches its follow me.`,
    }),
  );
}
