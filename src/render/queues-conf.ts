import { finding } from '../finding.ts';
import type { Model } from '../model/kinds.ts';
import type { Queue } from '../model/queue.ts';
import { ref } from '../model/ref.ts';
import { addedOptions, ownSections } from './custom-configuration.ts';
import { hasOwnQueues } from './custom-queue.ts';
import { musicOf } from './music.ts';
import { idsOf } from './place.ts';
import { agentsOf, poolAgents } from './queue-member.ts';
import { defineView, type Notes } from './view.ts';

/** queues.conf: how callers wait and agents are rung. Only options that app_queue 22 knows: it warns of any other. */
export const queuesConfView = defineView({
  file: 'etc/asterisk/queues.conf',
  data: (model, notes) => {
    const ids = idsOf(model, 'queue');
    if (!hasQueues(model)) return null;
    notes.from(...ids.map((id) => ref('queue', id)));
    return {
      general: generalOptions(model, notes),
      queues: ids.map((id) => section(model, id, model.queue[id] as Queue, notes)),
      own: hasOwnQueues(model),
    };
  },
});

/** Whether Asterisk has queues at all, of the tables or by hand. */
export function hasQueues(model: Model): boolean {
  return idsOf(model, 'queue').length > 0 || hasOwnQueues(model);
}

/** What holds for all queues: the kit's choice, where the site has not made another. */
function generalOptions(model: Model, notes: Notes): { name: string; value: string }[] {
  const usual = ['persistentmembers', 'shared_lastcall', 'log_membername_as_agent'].map((name) => ({ name, value: 'yes' }));
  const own = addedOptions(model, notes, 'queues.conf', 'general');
  return [...usual.filter((o) => !own.some((set) => set.name === o.name)), ...own];
}

/** queuerules.conf, which app_queue warns of where it is missing. */
export const queueRulesView = defineView({
  file: 'etc/asterisk/queuerules.conf',
  data: (model, notes) => (hasQueues(model) ? { rules: ownSections(model, notes, 'queuerules.conf') } : null),
});

/** agents.conf: those who log in by AgentLogin(). */
export const agentsView = defineView({
  file: 'etc/asterisk/agents.conf',
  data: (model, notes) => {
    const pool = poolAgents(model);
    notes.from(...Object.keys(model.agent).map((id) => ref('agent', id)));
    return pool.length === 0 ? null : { pool: pool.map((id) => onLine(model, id)) };
  },
});

function onLine(model: Model, id: string): object {
  const held = model.agent[id];
  const options = {
    ackcall: held?.acknowledges === true ? 'yes' : null,
    wrapuptime: held?.restMs ?? null,
    autologoff: held?.logOffSeconds ?? null,
    musiconhold: held?.musicClass == null ? null : musicOf(model, held.musicClass),
  };
  return {
    id,
    name: held === undefined || held.name === '' ? `Agent/${id}` : held.name,
    options: Object.entries(options).flatMap(([name, value]) => (value === null ? [] : [{ name, value: String(value) }])),
  };
}

function section(model: Model, id: string, q: Queue, notes: Notes): object {
  const menu = q.breakoutIvr !== null && idsOf(model, 'ivr').includes(q.breakoutIvr) ? q.breakoutIvr : null;
  return {
    id,
    name: q.name,
    options: Object.entries({
      ...ringing(q),
      ...letIn(id, q, notes),
      ...pausing(q),
      ...announcing(q),
      ...(q.musicClass === null ? {} : { musicclass: musicOf(model, q.musicClass) }),
      ...(menu === null ? {} : { context: `ivr-${menu}` }),
    }).map(([name, value]) => ({ name, value })),
    members: agentsOf(model, q).map((a) => ({ ...a, penalty: String(a.penalty) })),
  };
}

const yes = (b: boolean): string => (b ? 'yes' : 'no');

function ringing(q: Queue): Record<string, string> {
  return {
    strategy: q.strategy,
    timeout: String(q.agentRingSeconds),
    retry: String(q.oneRound ? 0 : q.retrySeconds),
    timeoutpriority: q.timeoutPriority,
    timeoutrestart: yes(q.timeoutRestart),
    wrapuptime: String(q.wrapUpSeconds),
    memberdelay: String(q.memberDelaySeconds),
    weight: String(q.weight),
    autofill: yes(q.autoFill),
    ringinuse: yes(q.ringInUse),
    penaltymemberslimit: String(q.penaltyMembersLimit),
    servicelevel: String(q.serviceLevelSeconds),
    reportholdtime: yes(q.reportsHoldTime),
  };
}

function letIn(id: string, q: Queue, notes: Notes): Record<string, string> {
  return {
    maxlen: String(q.maxCallers),
    joinempty: emptiness(id, 'joinEmpty', q.joinEmpty, 'yes', notes),
    leavewhenempty: emptiness(id, 'leaveWhenEmpty', q.leaveWhenEmpty, 'no', notes),
  };
}

/** Words of app_queue's parse_empty_options(). */
const EMPTY = ['paused', 'penalty', 'inuse', 'ringing', 'invalid', 'wrapup', 'unavailable', 'unknown', 'loose', 'strict'];

function emptiness(id: string, field: string, asked: string, otherwise: string, notes: Notes): string {
  const words = asked.split(',').map((w) => w.trim().toLowerCase());
  const [only = ''] = words;
  if (words.length === 1 && ['yes', 'no'].includes(only)) return only;
  const known = words.filter((w) => EMPTY.includes(w));
  if (known.length !== words.length) {
    const means = `queue ${id} is taken for one that says '${known.join(',') || otherwise}'`;
    notes.finding(finding('OPTION_NOT_CARRIED', { about: ref('queue', id), where: `${field} ${asked}`, means }));
  }
  return known.length === 0 ? otherwise : known.join(',');
}

function pausing(q: Queue): Record<string, string> {
  return {
    autopause: q.autoPause,
    autopausedelay: String(q.autoPauseDelaySeconds),
    autopausebusy: yes(q.autoPauseOnBusy),
    autopauseunavail: yes(q.autoPauseWhenUnavailable),
  };
}

/** Prompts that app_queue lets a queue replace, and what a file's name may hold. */
const PROMPT =
  /^(queue-(youarenext|thereare|callswaiting|quantity1|quantity2|holdtime|minutes?|seconds|thankyou|callerannounce|reporthold)|periodic-announce)$/;
const FILE = /^[\w/.&,+-]*$/;

function announcing(q: Queue): Record<string, string> {
  const prompts = Object.entries(q.prompts).filter(([name, file]) => PROMPT.test(name) && FILE.test(file));
  return {
    'announce-frequency': String(q.announceSeconds),
    'announce-position': q.announcePosition,
    'announce-holdtime': q.announceHoldTime,
    'periodic-announce-frequency': String(q.periodicAnnounceSeconds),
    ...Object.fromEntries(prompts),
  };
}
