import { z } from 'zod';
import { destination } from './destination.ts';
import { off, on, optionalText, optionalWhole, or, text, whole } from './field.ts';

export const QUEUE_STRATEGIES = ['ringall', 'rrmemory', 'leastrecent', 'fewestcalls', 'random', 'linear', 'wrandom'] as const;

/** Who is rung: an extension or number dialled as queues do, an agent of agents.conf, or anything that Dial() takes, in the old language. */
const member = z.strictObject({
  kind: or(z.enum(['number', 'agent', 'dial']), 'number'),
  /** Number, agent's number, or dial string. */
  number: z.string(),
  penalty: or(whole, 0),
});

/** Callers wait in line for agents. Password for logging in: 'queue/402/password'. */
export const queue = z.strictObject({
  name: text,
  strategy: z.enum(QUEUE_STRATEGIES),
  /** Always there, in this order. */
  members: or(z.array(member), []),
  /** Who may log in by the queue's code, and with which penalty. */
  dynamicMembers: or(z.array(z.strictObject({ number: z.string(), penalty: or(whole, 0) })), []),
  /** Nobody else may. */
  onlyListedLogIn: off,
  asksPassword: off,
  /** Logged in when the source was read; it lives on in AstDB as Queue/PersistentMembers. */
  loggedIn: or(z.array(z.strictObject({ ...member.shape, name: text, paused: off })), []),
  /** Seconds after which the caller goes on to `next`; null: he waits for ever. */
  maxWaitSeconds: optionalWhole,
  /** Where the call goes when nobody took it, or the caller may not wait. */
  next: or(destination, { to: 'end', how: 'hangup' } as const),
  /** Seconds that one agent rings; 0: without end. */
  agentRingSeconds: or(whole, 15),
  /** Seconds between two rounds. */
  retrySeconds: or(whole, 5),
  /** After one round it is over (Elastix: retry 'none'). */
  oneRound: off,
  wrapUpSeconds: or(whole, 0),
  memberDelaySeconds: or(whole, 0),
  weight: or(whole, 0),
  /** Callers in line at most; 0: any number. */
  maxCallers: or(whole, 0),
  /** Words of Asterisk's queues.conf: yes, no, strict, loose, or a list such as 'penalty,paused'. */
  joinEmpty: or(z.string(), 'yes'),
  leaveWhenEmpty: or(z.string(), 'no'),
  /** Rings agents who are in a call. */
  ringInUse: on,
  /** Extensions that are in a call are not rung, even with call waiting on. */
  skipsBusy: off,
  /** as-dialled: agents' forwards and follow-me count. no-forwards: they do not. extensions-only: telephones are rung and nothing else. */
  reaches: or(z.enum(['as-dialled', 'no-forwards', 'extensions-only']), 'as-dialled'),
  /** Music class; null: the caller's own. */
  musicClass: optionalText,
  callersHear: or(z.enum(['music', 'ringing', 'ringing-when-agent-rings']), 'music'),
  callerNamePrefix: text,
  alertInfo: text,
  /** Recording played to the caller before he waits. */
  joinAnnouncement: optionalText,
  /** When it is left out: 'free': an agent is free; 'ready': one could be. */
  skipsJoinAnnouncement: or(z.enum(['free', 'ready']), null),
  /** Recording played to the agent who takes a call. */
  agentAnnouncement: optionalText,
  /** Seconds between telling the caller his place; 0: never. */
  announceSeconds: or(whole, 0),
  announcePosition: or(z.enum(['yes', 'no', 'limit', 'more']), 'no'),
  announceHoldTime: or(z.enum(['yes', 'no', 'once']), 'no'),
  /** Prompts of that announcement where they differ from Asterisk's own: { 'queue-thankyou': '' }. */
  prompts: or(z.record(z.string(), z.string()), {}),
  periodicAnnounceSeconds: or(whole, 0),
  /** Menu that callers may leave to, by its keys, while they wait. */
  breakoutIvr: optionalText,
  /** The agent is told how long the caller waited. */
  reportsHoldTime: off,
  autoFill: on,
  /** Agents who do not answer are paused: yes, no, all (in all their queues). */
  autoPause: or(z.enum(['yes', 'no', 'all']), 'no'),
  autoPauseOnBusy: off,
  autoPauseWhenUnavailable: off,
  autoPauseDelaySeconds: or(whole, 0),
  timeoutRestart: off,
  /** Which of two times ends an agent's ringing, the queue's own ('conf') or what is left of the caller's ('app'). */
  timeoutPriority: or(z.enum(['app', 'conf']), 'app'),
  serviceLevelSeconds: or(whole, 60),
  penaltyMembersLimit: or(whole, 0),
  /** Calls are recorded in this format, of Asterisk's names; null: the queue records none. */
  recordingFormat: optionalText,
  /** Agents outside press 1 to accept. */
  confirms: off,
  confirmPrompt: optionalText,
  /** Which agents' numbers are allowed (a regular expression); '': all. */
  agentFilter: text,
  /** The queue takes callers without answering their call. */
  withoutAnswer: off,
  /** Lamps of telephones show who is logged in. */
  hasHints: off,
});
export type Queue = z.output<typeof queue>;
export type QueueMember = z.output<typeof member>;
