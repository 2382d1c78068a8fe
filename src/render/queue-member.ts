import { sectionsOf } from '../model/custom-configuration.ts';
import type { Model } from '../model/kinds.ts';
import { numbering, reach } from '../model/numbering.ts';
import type { Queue, QueueMember } from '../model/queue.ts';
import { ref } from '../model/ref.ts';
import type { AstdbRow } from './astdb.ts';
import { customDial, extensionHint } from './dial-string.ts';
import { idsOf } from './place.ts';

/** An agent as app_queue takes him. */
export interface Agent {
  /** What is dialled: 'Local/101@from-queue/n'. */
  readonly dial: string;
  readonly penalty: number;
  /** Name in queue_log and reports. */
  readonly name: string;
  /** Whose state says whether he is free: 'hint:101@ext-local'; '': what is dialled itself. */
  readonly state: string;
}

/**
 * A member for queues.conf or AstDB; null where he can never be rung. A number is dialled through from-queue, so that its forwards and follow me count as the queue has it, and
 * its hint says whether it is free: a Local channel always is. Source: FreePBX's queues.conf from 1.8 on; app_queue.c of 22.
 */
export function agentOf(model: Model, m: QueueMember, name = ''): Agent | null {
  switch (m.kind) {
    case 'number':
      return dialledAgent(model, m, name);
    case 'agent':
      return {
        dial: `Local/${m.number}@agents`,
        penalty: m.penalty,
        name: name === '' ? `Agent/${m.number}` : name,
        state: `Agent:${m.number}`,
      };
    case 'dial': {
      const dial = customDial(m.number);
      return dial === null ? null : { dial, penalty: m.penalty, name: name === '' ? m.number : name, state: '' };
    }
  }
}

function dialledAgent(model: Model, m: QueueMember, name: string): Agent | null {
  if (!/^[0-9*#+]+$/.test(m.number) || !leadsSomewhere(model, m.number)) return null;
  const e = model.extension[m.number];
  const dial = `Local/${m.number}@from-queue/n`;
  return {
    dial,
    penalty: m.penalty,
    name: name !== '' ? name : (e?.name ?? '') !== '' ? (e?.name ?? '') : dial,
    state: e !== undefined && extensionHint(model, e) !== '' ? `hint:${m.number}@ext-local` : '',
  };
}

function leadsSomewhere(model: Model, number: string): boolean {
  const own = ['extension', 'ring-group', 'queue', 'conference'] as const;
  return own.some((kind) => model[kind][number] !== undefined) || reach(model, numbering(model), number, '').leads !== 'nowhere';
}

/** The static members of a queue that can be rung, each once. */
export function agentsOf(model: Model, q: Queue): Agent[] {
  const agents = q.members.flatMap((m) => agentOf(model, m) ?? []);
  return agents.filter((a, i) => agents.findIndex((other) => other.dial === a.dial) === i);
}

/** Numbers of the agents that log in by themselves (app_agent_pool), of all queues. */
export function poolAgents(model: Model): string[] {
  const members = Object.values(model.queue).flatMap((q) => [...q.members, ...q.loggedIn]);
  const numbers = members.filter((m) => m.kind === 'agent' && /^\d+$/.test(m.number)).map((m) => m.number);
  return [...new Set([...numbers, ...agentsByHand(model), ...knownAgents(model)])].sort();
}

/** Those of agents.conf: the call centre's programs may make them members of a queue later. */
function knownAgents(model: Model): string[] {
  return idsOf(model, 'queue').length === 0 ? [] : Object.keys(model.agent).filter((id) => /^\d+$/.test(id));
}

/** Those who have a password, which AgentLogin() itself asks nobody for any more. */
export function agentsWithPassword(model: Model): string[] {
  return knownAgents(model).filter((id) => (model.secrets[`agent/${id}/password`] ?? '') !== '');
}

/** Those of queues that the site wrote by hand: what calls them comes with the queues of the tables. */
function agentsByHand(model: Model): string[] {
  if (idsOf(model, 'queue').length === 0) return [];
  return sectionsOf(model, 'queues.conf').flatMap(({ section }) =>
    section.options.flatMap((o) => /^\s*Agent\/(\d+)\s*(?:[,|]|$)/i.exec(o.value)?.slice(1, 2) ?? []),
  );
}

/**
 * Who is logged in, and who may: rows that app_queue and the codes for logging in read. Queue/PersistentMembers/400 is, for each agent,
 * interface;penalty;paused;name;state interface;reason;wrap-up time, joined by '|' (app_queue.c of 22, dump_queue_members).
 */
export function queueRows(model: Model): AstdbRow[] {
  return idsOf(model, 'queue').flatMap((id) => {
    const q = model.queue[id] as Queue;
    const from = ref('queue', id);
    const fixed = new Set(agentsOf(model, q).map((a) => a.dial));
    const logged = q.loggedIn.flatMap((m) => {
      const agent = agentOf(model, m, m.name);
      return agent === null || fixed.has(agent.dial)
        ? []
        : [
            [agent.dial, agent.penalty, m.paused ? 1 : 0, plain(agent.name), agent.state === '' ? agent.dial : agent.state, '', 0].join(
              ';',
            ),
          ];
    });
    return [
      ...(logged.length === 0 ? [] : [{ key: `/Queue/PersistentMembers/${id}`, value: logged.join('|'), from }]),
      { key: `/QPENALTY/${id}/dynmemberonly`, value: q.onlyListedLogIn ? 'yes' : 'no', from },
      ...q.dynamicMembers.map((m) => ({ key: `/QPENALTY/${id}/agents/${m.number}`, value: String(m.penalty), from })),
    ];
  });
}

/** These part the fields and the agents, and nothing escapes them. */
function plain(name: string): string {
  return name.replace(/[;,|]/g, ' ');
}
