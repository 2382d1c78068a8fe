import { finding } from '../finding.ts';
import { naturalOrder } from '../model/kinds.ts';
import type { Queue, QueueMember } from '../model/queue.ts';
import { type Ref, ref } from '../model/ref.ts';
import { inSequence } from './in-sequence.ts';
import type { Notes, Row, Source } from './reader.ts';
import { wholeNumber } from './source.ts';

/** Rows of keyword member, in their order: 'Local/101@from-queue/n,5', after the comma the penalty. */
export function staticMembers(notes: Notes, rows: readonly Row[], about: Ref): QueueMember[] {
  const members: QueueMember[] = [];
  const ordered = inSequence(
    rows.filter((row) => row.text('keyword') === 'member'),
    'flags',
  );
  for (const row of ordered) {
    const [whom = '', penalty = ''] = row.text('data').split(/[,|]/);
    const read = readInterface(whom);
    if (read === null) {
      notes.dropped(row, 'it names nobody');
      const means = 'One of its members cannot be read and rings no more.';
      notes.finding(finding('MEMBER_MISSING', { about, where: `${row.table} ${row.key}`, means }));
    } else if (members.some((m) => m.kind === read.kind && m.number === read.number)) {
      notes.dropped(row, 'the same member once more');
    } else {
      notes.carried(row, about);
      members.push({ ...read, penalty: penaltyOf(penalty) });
    }
  }
  return members;
}

/**
 * Who is meant: 'Local/101@from-queue/n' (2.8 and later) and 'Local/101@from-internal/n' are a number that is dialled, 'Agent/1001' an agent of
 * agents.conf; anything else, 'SIP/101' or 'Agent/@1' for a group of agents, is kept as it stands. null: nobody.
 */
function readInterface(text: string): Pick<QueueMember, 'kind' | 'number'> | null {
  const bare = text.trim();
  const dialled = /^(?:Local\/)?([\d*#+]+)(?:@from-(?:queue|internal)[\w-]*(?:\/n?)?)?$/i.exec(bare)?.[1];
  if (dialled !== undefined) return { kind: 'number', number: dialled };
  const agent = /^Agent\/(\d+)$/i.exec(bare)?.[1];
  if (agent !== undefined) return { kind: 'agent', number: agent };
  return /^\w+\/\S/.test(bare) ? { kind: 'dial', number: bare } : null;
}

/** Who may log in by code stands in AstDB alone: QPENALTY/<queue>/agents/<number> and .../dynmemberonly. */
export function mayLogIn(source: Source, notes: Notes, id: string): Pick<Queue, 'dynamicMembers' | 'onlyListedLogIn'> {
  const about = ref('queue', id);
  const dynamicMembers: Queue['dynamicMembers'] = [];
  let onlyListedLogIn = false;
  for (const entry of source.astdb('QPENALTY')) {
    const [queue, what, number] = entry.key.split('/');
    if (queue !== id) continue;
    if (what === 'agents' && number !== undefined && number !== '') dynamicMembers.push({ number, penalty: penaltyOf(entry.value) });
    else if (what === 'dynmemberonly') onlyListedLogIn = entry.value.trim().toLowerCase() === 'yes';
    else {
      notes.dropped(entry, 'no dialplan of FreePBX reads it');
      continue;
    }
    notes.carried(entry, about);
  }
  return { dynamicMembers: dynamicMembers.sort((a, b) => naturalOrder(a.number, b.number)), onlyListedLogIn };
}

/** Queue/PersistentMembers/<queue>: 'interface;penalty;paused;name;state interface', joined by '|' (app_queue.c, dump_queue_members). */
export function loggedIn(source: Source, notes: Notes, id: string): Queue['loggedIn'] {
  const about = ref('queue', id);
  const entry = source.astdbEntry('Queue', `PersistentMembers/${id}`);
  if (entry === null) return [];
  notes.carried(entry, about);
  const found: Queue['loggedIn'] = [];
  for (const part of entry.value.split('|').filter((text) => text.trim() !== '')) {
    const [whom = '', penalty = '', paused = '', name = ''] = part.split(';');
    const read = readInterface(whom);
    if (read !== null) found.push({ ...read, penalty: penaltyOf(penalty), name: name === whom ? '' : name, paused: paused.trim() === '1' });
    else {
      const means = 'One of the agents who were logged in cannot be read and must log in anew.';
      notes.finding(finding('MEMBER_MISSING', { about, where: `Queue/PersistentMembers/${id}`, means }));
    }
  }
  return found;
}

function penaltyOf(text: string): number {
  return Math.max(0, wholeNumber(text) ?? 0);
}
