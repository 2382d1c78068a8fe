import { finding } from '../finding.ts';
import { type Ref, ref } from '../model/ref.ts';
import type { Override, TimeCondition } from '../model/time-condition.ts';
import { droppedWithModule } from './module-off.ts';
import { onwards } from './onwards.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { ownGroup } from './time-group.ts';

const OVERRIDES: Readonly<Record<string, Override>> = {
  true: 'matched',
  true_sticky: 'matched-sticky',
  false: 'unmatched',
  false_sticky: 'unmatched-sticky',
};

/** Time conditions (ELASTIX.md, section 10). Call flows that force one are told by the call flow. */
export default defineReader({
  kind: 'time-condition',
  tables: ['timeconditions'],
  astdb: ['TC'],
  files: [],
  // who may see it on the old web page, and where it stands there
  dead: { timeconditions: ['deptname', 'priority'] },
  read: (source, notes) => {
    const found: Record<string, TimeCondition> = {};
    if (droppedWithModule(source, notes, 'timeconditions', { tables: ['timeconditions'], astdb: ['TC'] })) return found;
    for (const row of source.rows('timeconditions')) {
      const id = row.text('timeconditions_id');
      found[id] = readCondition(source, notes, row, id);
    }
    for (const entry of source.astdb('TC')) if (found[entry.key] === undefined) notes.ownerless(entry, ref('time-condition', entry.key));
    return found;
  },
});

function readCondition(source: Source, notes: Notes, row: Row, id: string): TimeCondition {
  const about = ref('time-condition', id);
  notes.carried(row, about);
  return {
    name: row.text('displayname'),
    timeGroup: timeGroup(source, notes, row, about),
    whenMatched: onwards(source, notes, row, 'truegoto', about, 'within its hours'),
    otherwise: onwards(source, notes, row, 'falsegoto', about, 'outside its hours'),
    override: override(source, notes, row, id),
    hasHint: row.flag('generate_hint'),
  };
}

function timeGroup(source: Source, notes: Notes, row: Row, about: Ref): string | null {
  const own = ownGroup(row);
  if (own !== null) return own;
  const id = row.text('time').trim();
  const named = id === '' || id === '0' ? null : id;
  if (named === null || !source.rows('timegroups_groups').some((group) => group.text('id') === named)) {
    notes.finding(
      finding('TIME_GROUP_MISSING', {
        about,
        where: `timeconditions ${row.key}`,
        means: `Time condition '${row.text('displayname')}' has ${named === null ? 'no time group' : `time group ${named}, which does not exist`}: it never matches, and all calls go the other way.`,
      }),
    );
  }
  return named;
}

/** 2.8 knows no override: its tables have no hint either, and its dialplan never looks at TC. */
function override(source: Source, notes: Notes, row: Row, id: string): Override | null {
  const entry = source.astdbEntry('TC', id);
  if (entry === null) return null;
  if (!row.has('generate_hint')) {
    notes.dropped(entry, 'the dialplan of this generation does not look at it');
    return null;
  }
  notes.carried(entry, ref('time-condition', id));
  return OVERRIDES[entry.value.trim()] ?? null;
}
