import { finding } from '../finding.ts';
import { ref } from '../model/ref.ts';
import type { TimeGroup } from '../model/time-group.ts';
import { droppedWithModule } from './module-off.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { readTimes } from './time-line.ts';

const TABLES = ['timegroups_groups', 'timegroups_details'];

/** Time groups (ELASTIX.md, section 10), and the hours that FreePBX 2.4 and older kept in the time condition itself. */
export default defineReader({
  kind: 'time-group',
  tables: TABLES,
  astdb: [],
  files: [],
  // a detail is named by nobody, neither by its id nor by the name that IssabelPBX shows
  dead: { timegroups_details: ['id', 'name'] },
  read: (source, notes) => {
    const groups: Record<string, TimeGroup> = {};
    if (droppedWithModule(source, notes, 'timeconditions', { tables: TABLES })) return groups;
    for (const row of source.rows('timegroups_groups')) {
      const id = row.text('id');
      notes.carried(row, ref('time-group', id));
      groups[id] = { description: row.text('description'), times: [] };
    }
    for (const row of source.rows('timegroups_details')) addLine(notes, row, groups);
    for (const row of source.rows('timeconditions')) {
      const id = ownGroup(row);
      if (id !== null) groups[id] = { description: row.text('displayname'), times: lineOf(notes, row, id, row.text('time')) };
    }
    tellEmpty(source, notes, groups);
    return groups;
  },
});

/** Id of the group that is made for hours which stand in the time condition itself ('09:00-18:00|mon-fri|*|*'); null where a group is named. */
export function ownGroup(condition: Row): string | null {
  return condition.text('time').includes('|') ? `of-${condition.text('timeconditions_id')}` : null;
}

function addLine(notes: Notes, row: Row, groups: Readonly<Record<string, TimeGroup>>): void {
  const id = row.text('timegroupid');
  const group = groups[id];
  const text = row.text('time');
  if (group === undefined) {
    notes.ownerless(row, ref('time-group', id));
    return;
  }
  const times = lineOf(notes, row, id, text);
  group.times.push(...times);
  if (times.length > 0) notes.carried(row, ref('time-group', id));
  else notes.dropped(row, 'no moment fits it, so that Asterisk never matches it');
}

function lineOf(notes: Notes, row: Row, id: string, text: string): TimeGroup['times'] {
  const times = readTimes(text);
  if (times.length === 0) {
    const means = `The hours '${text}' fit no moment: Asterisk cannot read them, and calls go as if they were not there.`;
    notes.finding(finding('TIME_UNREADABLE', { about: ref('time-group', id), where: `${row.table} ${row.key}`, means }));
  }
  return times;
}

/** A group without lines never matches; only one that something names is worth a word. */
function tellEmpty(source: Source, notes: Notes, groups: Readonly<Record<string, TimeGroup>>): void {
  const used = new Set([
    ...source.rows('timeconditions').map((row) => row.text('time').trim()),
    ...source.rows('outbound_routes').map((row) => row.text('time_group_id').trim()),
  ]);
  for (const [id, group] of Object.entries(groups)) {
    if (group.times.length > 0 || !used.has(id)) continue;
    notes.finding(
      finding('TIME_GROUP_MISSING', {
        about: ref('time-group', id),
        where: `timegroups_details ${id}`,
        means: `Time group '${group.description}' holds no hours: what asks for it never finds it matched.`,
      }),
    );
  }
}
