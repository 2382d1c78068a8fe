import type { AmiEvent } from '../../asterisk/ami.ts';
import { split } from '../../asterisk/arguments.ts';
import { sectionsOf } from '../../model/custom-configuration.ts';
import type { Model } from '../../model/kinds.ts';
import { numbering, reach } from '../../model/numbering.ts';
import type { Queue, QueueMember } from '../../model/queue.ts';
import { promptsOf } from '../../model/recording.ts';
import { ref } from '../../model/ref.ts';
import { type Config, setting } from './asked.ts';
import { type HeldDialplan, isHandMade } from './held-dialplan.ts';
import { defineCheck, differing, type Mismatch, missing, tooMuch } from './mismatch.ts';

/** Queues with their members, who is logged in, and their options: all of the model and no others. */
export const queueCheck = defineCheck(async ({ list, config, dialplan }, model) => {
  const events = await list('QueueStatus');
  const held = new Map(events.filter((e) => e['Event'] === 'QueueParams').map((e) => [e['Queue'] ?? '', e]));
  const file = await config('queues.conf');
  const found: Mismatch[] = [];
  for (const [id, queue] of Object.entries(model.queue)) {
    const params = held.get(id);
    held.delete(id);
    if (params === undefined) {
      found.push(missing(ref('queue', id), 'queue'));
      continue;
    }
    const members = events.filter((e) => e['Event'] === 'QueueMember' && e['Queue'] === id);
    found.push(
      ...membersOf(model, id, queue, members),
      ...turnsOf(model, id, queue, file),
      ...optionsOf({ model, file, dialplan }, id, queue, params),
      ...agentOptions({ model, file, dialplan }, id, queue),
    );
  }
  // those that the site wrote by hand have a check of their own
  const byHand = new Set(sectionsOf(model, 'queues.conf').map(({ name }) => name));
  return [...found, ...[...held.keys()].filter((id) => !byHand.has(id)).map((id) => tooMuch(ref('queue', id), 'queue'))];
});

interface Of {
  readonly model: Model;
  readonly file: Config;
  readonly dialplan: HeldDialplan;
}

function membersOf(model: Model, id: string, queue: Queue, held: readonly AmiEvent[]): Mismatch[] {
  const listed = (membership: string): string =>
    held
      .filter((e) => e['Membership'] === membership)
      .map((e) => memberText(calledNumber(e['Location'] ?? ''), Number(e['Penalty'] ?? 0), e['Paused'] === '1'))
      .sort()
      .join(', ');
  const expected = (members: readonly (QueueMember & { paused?: boolean })[]): string => {
    const known = members.filter((m) => isKnown(model, m)).map((m) => memberText(calledNumber(m.number), m.penalty, m.paused ?? false));
    return [...new Set(known)].sort().join(', ');
  };
  const sameAgent = (m: QueueMember, other: QueueMember): boolean => m.kind === other.kind && m.number === other.number;
  return differing(ref('queue', id), {
    members: [expected(queue.members), listed('static')],
    'logged in': [expected(queue.loggedIn.filter((m) => !queue.members.some((fixed) => sameAgent(m, fixed)))), listed('dynamic')],
    'agents whose lamp is not watched': ['', held.flatMap((e) => unwatched(model, e)).join(', ')],
  });
}

/** An extension that is rung through a channel which always is free: its lamp must say whether it is. */
function unwatched(model: Model, { Location = '', StateInterface }: AmiEvent): string[] {
  const number = calledNumber(Location);
  const devices = model.extension[number]?.devices ?? [];
  const hasLamp =
    /^Local\/[^@]+@from-queue/.test(Location) && devices.some((d) => ['sip', 'iax2'].includes(model.device[d]?.technology ?? ''));
  return hasLamp && StateInterface !== `hint:${number}@ext-local` ? [number] : [];
}

/** Strategies that go by the order in which members stand (app_queue.c: `queuepos`). */
const IN_TURN = new Set(['linear', 'rrordered', 'rrmemory']);

/** Who comes after whom. */
function turnsOf(model: Model, id: string, queue: Queue, file: Config): Mismatch[] {
  const lines = (file.get(id) ?? []).filter(([key]) => key === 'member');
  // that nobody is there is told by `members`
  if (!IN_TURN.has(queue.strategy) || lines.length === 0) return [];
  const held = lines.map(([, value]) => calledNumber(split(value.replace(/^>\s*/, ''), ',')[0]?.trim() ?? ''));
  const expected = queue.members.filter((m) => isKnown(model, m)).map((m) => calledNumber(m.number));
  return differing(ref('queue', id), { 'order of members': [[...new Set(expected)].join(', '), [...new Set(held)].join(', ')] });
}

/** A number that leads nowhere, and a line that this Asterisk has no driver for, can never be rung. */
function isKnown(model: Model, m: QueueMember): boolean {
  if (m.kind === 'dial') return /^(?:(?:pj)?sip|iax2|local)\//i.test(m.number);
  return m.kind !== 'number' || reach(model, numbering(model), m.number, '').leads !== 'nowhere';
}

function memberText(number: string, penalty: number, paused: boolean): string {
  return `${number}${penalty === 0 ? '' : ` (penalty ${penalty})`}${paused ? ' paused' : ''}`;
}

/** 'Local/101@from-queue/n' calls 101, 'PJSIP/101' the telephone 101, 'Agent/1001' the agent 1001. */
function calledNumber(location: string): string {
  return /^(?:Local|PJSIP|SIP|IAX2|Agent)\/([^@/]+)/i.exec(location)?.[1] ?? location;
}

/** Arguments with which the dialplan sends callers into the queue. */
function queueCall(model: Model, dialplan: HeldDialplan, id: string): { announcement: string; seconds: string } {
  const calls = dialplan.steps().filter((s) => s.application.toLowerCase() === 'queue' && !isHandMade(model, s));
  const [, , , announcement = '', seconds = ''] = calls.map((s) => split(s.data, ',')).find(([name]) => name === id) ?? [];
  return { announcement, seconds };
}

function optionsOf({ model, file, dialplan }: Of, id: string, queue: Queue, params: AmiEvent): Mismatch[] {
  const option = (name: string, otherwise: string): string => setting(file, id, name) ?? setting(file, 'general', name) ?? otherwise;
  return differing(ref('queue', id), {
    strategy: [queue.strategy, params['Strategy']],
    'callers at most': [queue.maxCallers, params['Max']],
    weight: [queue.weight, params['Weight']],
    'service level': [queue.serviceLevelSeconds, params['ServiceLevel']],
    'who may join when nobody is there': [queue.joinEmpty, option('joinempty', 'yes')],
    'who must leave when nobody is there': [queue.leaveWhenEmpty, option('leavewhenempty', 'no')],
    'all free agents at once': [queue.autoFill, option('autofill', 'yes')],
    'seconds between announcements': [queue.announceSeconds, option('announce-frequency', '0')],
    'tells the place': [queue.announcePosition, option('announce-position', 'no')],
    'tells the time': [queue.announceHoldTime, option('announce-holdtime', 'no')],
    'seconds between further announcements': [queue.periodicAnnounceSeconds, option('periodic-announce-frequency', '0')],
    'seconds that a caller waits': [queue.maxWaitSeconds ?? '', queueCall(model, dialplan, id).seconds],
    ...Object.fromEntries(Object.entries(queue.prompts).map(([name, file]) => [`prompt ${name}`, [file, option(name, '')] as const])),
    'menu by keys': [
      queue.breakoutIvr !== null && dialplan.has(`ivr-${queue.breakoutIvr}`) ? `ivr-${queue.breakoutIvr}` : '',
      option('context', ''),
    ],
    'which time counts': [queue.timeoutPriority, option('timeoutpriority', 'app')],
  });
}

/** How agents are rung. */
function agentOptions({ model, file, dialplan }: Of, id: string, queue: Queue): Mismatch[] {
  const option = (name: string, otherwise: string): string => setting(file, id, name) ?? setting(file, 'general', name) ?? otherwise;
  const { announcement } = queueCall(model, dialplan, id);
  const announced = promptsOf(model, queue.agentAnnouncement);
  return differing(ref('queue', id), {
    'seconds that an agent rings': [queue.agentRingSeconds, option('timeout', '0')],
    'seconds between rounds': [queue.oneRound ? 0 : queue.retrySeconds, option('retry', '5')],
    'seconds after a call': [queue.wrapUpSeconds, option('wrapuptime', '0')],
    'seconds before agent and caller are joined': [queue.memberDelaySeconds, option('memberdelay', '0')],
    'rings agents in a call': [queue.ringInUse, option('ringinuse', 'yes')],
    'pauses who does not answer': [queue.autoPause, option('autopause', 'no')],
    'tells the agent how long the caller waited': [queue.reportsHoldTime, option('reportholdtime', 'no')],
    // Asterisk plays one file to the agent; who calls the queue may name it, too
    'announcement to the agent': [announced[0] ?? '', announcement === '' ? option('announce', '') : announcement],
    'pauses who is busy': [queue.autoPauseOnBusy, option('autopausebusy', 'no')],
    'pauses who is away': [queue.autoPauseWhenUnavailable, option('autopauseunavail', 'no')],
    'seconds before a pause': [queue.autoPauseDelaySeconds, option('autopausedelay', '0')],
    'members before penalties count': [queue.penaltyMembersLimit, option('penaltymemberslimit', '0')],
    'ringing begins anew when an agent is busy': [queue.timeoutRestart, option('timeoutrestart', 'no')],
  });
}
