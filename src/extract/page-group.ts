import { finding } from '../finding.ts';
import type { PageGroup } from '../model/page-group.ts';
import { ref } from '../model/ref.ts';
import { settingRow } from './box-setting.ts';
import { droppedWithModule } from './module-off.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';

/** Paging groups of FreePBX (ELASTIX.md, section 11). */
export default defineReader({
  kind: 'page-group',
  tables: ['paging_config', 'paging_groups'],
  astdb: [],
  files: [],
  read: (source, notes) => {
    const groups: Record<string, PageGroup> = {};
    const usual = settingRow(source, 'default_page_grp');
    if (usual !== null) notes.dropped(usual, 'the group into which the old web pages put new telephones');
    if (droppedWithModule(source, notes, 'paging', { tables: ['paging_config', 'paging_groups'] })) return groups;
    for (const row of source.rows('paging_config')) {
      const id = row.text('page_group').trim();
      if (id === '' || groups[id] !== undefined)
        notes.dropped(row, id === '' ? 'a group without a number' : 'a second row for the same number');
      else groups[id] = readGroup(source, notes, row, id);
    }
    for (const row of source.rows('paging_groups'))
      if (groups[row.text('page_number').trim()] === undefined) notes.ownerless(row, ref('page-group', row.text('page_number').trim()));
    return groups;
  },
});

function readGroup(source: Source, notes: Notes, row: Row, id: string): PageGroup {
  const about = ref('page-group', id);
  const force = row.int('force_page') ?? 0;
  const members = source.rows('paging_groups').filter((member) => member.text('page_number').trim() === id);
  if (force === 2) notes.approximated(row, about, 'telephones in a call are called as well, not spoken into');
  else notes.carried(row, about);
  return {
    description: row.text('description'),
    devices: members.flatMap((member) => deviceOf(source, notes, member, id)),
    evenBusy: force !== 0,
    talksBack: row.flag('duplex'),
  };
}

/** 'X' behind a device has no meaning any more. */
function deviceOf(source: Source, notes: Notes, member: Row, id: string): string[] {
  const device = member.text('ext').trim().replace(/x$/i, '');
  const about = ref('page-group', id);
  if (source.rows('devices').some((row) => row.text('id') === device)) {
    notes.carried(member, about);
    return [device];
  }
  notes.dropped(member, 'there is no such telephone');
  const means = `Page group ${id} is meant to reach telephone ${device}, which does not exist: nobody hears it there.`;
  notes.finding(finding('MEMBER_MISSING', { about, where: `${member.table} ${member.key}`, means }));
  return [];
}
