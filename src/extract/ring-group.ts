import { finding } from '../finding.ts';
import { ref } from '../model/ref.ts';
import { RING_STRATEGIES, type RingGroup } from '../model/ring-group.ts';
import { callerIdMode, memberList, musicOrRinging } from './group-member.ts';
import { MODULE_OFF } from './module-off.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { recordingOf } from './recording-of.ts';

/**
 * Longer than anybody waits, and a time that every Dial takes. The old macro reads `ringallv2` as follow-me's strategy and finds no time
 * there, so that such a group rings until the caller gives up (seen on the clinic's box: group 603).
 */
const RINGS_ON_SECONDS = 86_400;

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
    description: row.text('description'),
    strategy: how.strategy,
    firstMemberIsPrimary: how.primary,
    ringSeconds: how.ringsOn ? RINGS_ON_SECONDS : Math.max(0, row.int('grptime') ?? 0),
    members,
    announcement: recordingOf(source, notes, row, 'annmsg_id', about),
    noAnswer: source.destination(row.text('postdest'), row, about),
    callerNamePrefix: row.text('grppre'),
    alertInfo: row.text('alertinfo').trim(),
    confirms,
    confirmPrompt: recordingOf(source, notes, row, 'remotealert_id', about),
    tooLatePrompt: recordingOf(source, notes, row, 'toolate_id', about),
    musicClass: musicOrRinging(row.text('ringing')),
    skipsBusy: row.flag('cwignore'),
    ignoresForwards: row.flag('cfignore'),
    allowsPickup: row.flag('cpickup'),
    callerId: callerId(source, notes, id),
    recording: policy(row.text('recording')),
  };
}

interface How {
  strategy: RingGroup['strategy'];
  primary: boolean;
  ringsOn: boolean;
  approximated: string | null;
}

/** 'hunt-prim' and so on; what the macro does not know it rings all at once. */
function strategy(row: Row, confirms: boolean): How {
  const word = row.text('strategy').trim().toLowerCase();
  const bare = word.replace(/-prim$/, '');
  const how: How = { strategy: 'ringall', primary: word.endsWith('-prim'), ringsOn: false, approximated: null };
  const known = RING_STRATEGIES.find((one) => one === bare);
  if (known === 'memoryhunt' && confirms)
    return { ...how, approximated: 'memoryhunt with a key to confirm rings all members at once on the old box, and so it does here' };
  if (known !== undefined) return { ...how, strategy: known };
  if (bare === 'ringallv2') {
    return {
      ...how,
      ringsOn: true,
      approximated:
        "ringallv2 is no strategy of ring groups: the old box rings all members until the caller gives up, never goes on to the group's destination, and so it does here; only the second's delay of the later members is left out",
    };
  }
  return { ...how, approximated: `the old box does not know the strategy '${word}' and rings all members at once, and so it does here` };
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
