import { finding } from '../finding.ts';
import { ref } from '../model/ref.ts';
import type { RingGroup } from '../model/ring-group.ts';
import { RING_STRATEGIES } from '../model/ring-list.ts';
import { MODULE_OFF } from './module-off.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { callerIdMode, type HowTheyRing, memberList, ringListOf, ringStrategy } from './ring-list.ts';

/**
 * Longer than anybody waits, and a time that every Dial takes. The old macro reads `ringallv2` as follow-me's strategy and finds no time
 * there, so that such a group rings until the caller gives up (seen on the clinic's box: group 603).
 */
const RINGS_ON_SECONDS = 86_400;

const ENDLESS =
  "it has no time to ring, which Asterisk takes for no end: the old box rings its members until the caller gives up, and never goes on to the group's destination; so it does here";

/** Ring groups (ELASTIX.md, section 6). The module switched off: its table stays, nobody can reach a group. */
export default defineReader({
  kind: 'ring-group',
  tables: ['ringgroups'],
  astdb: ['RINGGROUP'],
  files: [],
  read: (source, notes) => {
    const groups: Record<string, RingGroup> = {};
    for (const row of source.rows('ringgroups')) {
      const id = row.text('grpnum').trim();
      if (id === '') notes.dropped(row, 'a group without a number');
      else if (source.moduleOff('ringgroups')) notes.dropped(row, MODULE_OFF);
      else if (groups[id] !== undefined) notes.twice(row, ref('ring-group', id));
      else groups[id] = readGroup(source, notes, row, id);
    }
    return groups;
  },
});

function readGroup(source: Source, notes: Notes, row: Row, id: string): RingGroup {
  const about = ref('ring-group', id);
  const members = memberList(row.text('grplist'));
  const confirms = row.flag('needsconf');
  const how = strategy(row, confirms);
  if (how.approximated === null) notes.carried(row, about);
  else {
    notes.approximated(row, about, how.approximated);
    notes.finding(finding('RING_GROUP_APPROXIMATED', { about, where: `ringgroups ${row.key}`, means: `${how.approximated}.` }));
  }
  return {
    ...ringListOf(source, notes, row, about),
    description: row.text('description'),
    strategy: how.strategy,
    firstMemberIsPrimary: how.primary,
    ringSeconds: how.ringsOn ? RINGS_ON_SECONDS : Math.max(0, row.int('grptime') ?? 0),
    members,
    alertInfo: row.text('alertinfo').trim(),
    confirms,
    skipsBusy: row.flag('cwignore'),
    ignoresForwards: row.flag('cfignore'),
    allowsPickup: row.flag('cpickup'),
    callerId: callerId(source, notes, id),
    recording: policy(row.text('recording')),
  };
}

/** ringallv2 is follow me's alone. */
function strategy(row: Row, confirms: boolean): HowTheyRing<RingGroup['strategy']> & { ringsOn: boolean } {
  const known = ringStrategy(row.text('strategy'), confirms, RING_STRATEGIES);
  const how = (row.int('grptime') ?? 0) > 0 ? known : { ...known, ringsOn: true, approximated: known.approximated ?? ENDLESS };
  const word = row.text('strategy').trim().toLowerCase();
  if (word !== 'ringallv2' && word !== 'ringallv2-prim') return { ringsOn: false, ...how };
  return {
    ...how,
    ringsOn: true,
    approximated:
      "ringallv2 is no strategy of ring groups: the old box rings all members until the caller gives up, never goes on to the group's destination, and so it does here; only the second's delay of the later members is left out",
  };
}

function policy(text: string): RingGroup['recording'] {
  const word = text.trim().toLowerCase();
  return word === 'always' || word === 'never' ? word : 'dontcare';
}

/** Which number outside members see stands in AstDB alone. */
function callerId(source: Source, notes: Notes, id: string): NonNullable<RingGroup['callerId']> {
  const held = (name: string) => {
    const entry = source.astdbEntry('RINGGROUP', `${id}/${name}`);
    if (entry !== null) notes.carried(entry, ref('ring-group', id));
    return entry?.value.trim() ?? '';
  };
  return callerIdMode(held('changecid'), held('fixedcid'));
}
