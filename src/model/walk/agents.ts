import type { Queue, QueueMember } from '../queue.ts';
import { type Run, stateOf } from './call.ts';
import { isUnreachable, telephonesOf } from './telephones.ts';

/** Somebody who takes calls of a queue, and how Asterisk sees him. */
export interface Agent {
  readonly member: QueueMember;
  readonly status: 'free' | 'in-use' | 'unavailable' | 'invalid' | 'paused';
}

/** Who takes calls of a queue now: those who always do, then those who are logged in and are not among them. */
export function agentsOf(run: Pick<Run, 'model' | 'at'>, id: string, queue: Queue): Agent[] {
  const loggedIn = run.at.state.loggedIn?.[id] ?? queue.loggedIn;
  const agents = new Map<string, Agent>();
  for (const member of [...queue.members, ...loggedIn]) {
    const name = `${member.kind}/${member.number}`;
    if (!agents.has(name)) agents.set(name, { member, status: statusOf(run, member) });
  }
  return [...agents.values()];
}

/** An agent whose telephone is not known is one who can be reached: an outside number, say. */
function statusOf(run: Pick<Run, 'model' | 'at'>, member: QueueMember & { readonly paused?: boolean }): Agent['status'] {
  if (member.paused === true) return 'paused';
  if (member.kind === 'agent') return 'unavailable';
  if (member.kind === 'dial' || !(member.number in run.model.extension)) return 'free';
  const targets = telephonesOf(run.model, member.number);
  if (targets.length === 0) return 'invalid';
  if (isUnreachable(run, targets)) return 'unavailable';
  return stateOf(run, member.number).inCall ? 'in-use' : 'free';
}

/** Words of queues.conf, and the agents who count as not there for each. Source: app_queue.c of branch 22, parse_empty_options and get_member_status. */
const ABSENT: Readonly<Record<string, readonly Agent['status'][]>> = {
  paused: ['paused'],
  inuse: ['in-use'],
  invalid: ['invalid'],
  unavailable: ['unavailable'],
  loose: ['invalid'],
  strict: ['invalid', 'paused', 'unavailable'],
};
const NOT_THERE: readonly Agent['status'][] = ['invalid', 'paused'];
const YES = ['yes', 'true', 'y', 't', '1', 'on'];
const NO = ['no', 'false', 'n', 'f', '0', 'off'];

/**
 * Whether a queue counts as empty for who wants to join it, or to stay: `joinempty` and `leavewhenempty`. Without any agent it is empty for every word but those that
 * ask for nothing.
 */
export function isEmptyFor(words: string, to: 'join' | 'leave', agents: readonly Agent[]): boolean {
  const [never, usual] = to === 'join' ? [YES, NO] : [NO, YES];
  const absent = new Set<Agent['status']>();
  let asks = false;
  for (const word of words
    .toLowerCase()
    .split(',')
    .map((w) => w.trim())) {
    if (never.includes(word)) return false;
    const counted = usual.includes(word) ? NOT_THERE : ABSENT[word];
    asks ||= counted !== undefined || ['penalty', 'ringing', 'unknown', 'wrapup'].includes(word);
    for (const status of counted ?? []) absent.add(status);
  }
  return asks && agents.every((a) => absent.has(a.status));
}
