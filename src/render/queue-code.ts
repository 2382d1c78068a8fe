import { finding } from '../finding.ts';
import type { Model } from '../model/kinds.ts';
import type { Queue } from '../model/queue.ts';
import { ref } from '../model/ref.ts';
import { codeOf, prompts } from './code.ts';
import { idsOf } from './place.ts';
import { defineView, type Notes } from './view.ts';

/** extensions.d/queue-code.conf: how agents log in, log out and pause. */
export const queueCodeView = defineView({
  file: 'etc/asterisk/extensions.d/queue-code.conf',
  data: (model, notes) => {
    const ids = idsOf(model, 'queue');
    if (ids.length === 0) return null;
    const of = (name: string): string | null => codeOf(model, `queues/${name}`)?.code ?? null;
    const [toggle, pause, callers] = [of('que_toggle'), of('que_pause_toggle'), of('que_callers')];
    return {
      queues: ids.map((id) => ({
        ...queue(id, model.queue[id] as Queue, notes),
        toggle: toggle === null ? null : `${toggle}${id}`,
        pause: pause === null ? null : `${pause}${id}`,
      })),
      toggle,
      toggleMore: `_${toggle}*X.`,
      pause,
      pauseMore: `_${pause}*X.`,
      callers: callers === null ? [] : watched(model, ids, callers),
      names: names(model),
      fixed: ids.flatMap((id) =>
        (model.queue[id]?.members ?? []).filter((m) => m.kind === 'number').map((m) => ({ id: `${id}*${m.number}` })),
      ),
      askLogin: prompts(model, 'agent-login'),
      askLogout: prompts(model, 'agent-logoff'),
      authenticates: ids.some((id) => model.queue[id]?.asksPassword),
    };
  },
});

/** The contexts of that file. */
export function queueCodeContexts(model: Model): string[] {
  if (idsOf(model, 'queue').length === 0) return [];
  const has = (name: string): boolean => codeOf(model, `queues/${name}`) !== null;
  return [
    'app-queue-login',
    ...(has('que_toggle') ? ['app-queue-toggle'] : []),
    ...(has('que_pause_toggle') ? ['app-queue-pause-toggle'] : []),
    ...(has('que_callers') && watched(model, idsOf(model, 'queue'), '').length > 0 ? ['app-queue-caller-count'] : []),
  ];
}

function queue(id: string, q: Queue, notes: Notes): object {
  // REGEX() cannot hold a quote
  const filter = q.agentFilter.includes('"') ? '' : q.agentFilter;
  if (filter !== q.agentFilter) {
    notes.finding(
      finding('OPTION_NOT_CARRIED', {
        about: ref('queue', id),
        where: 'agentFilter',
        means: `whoever may dial ${id}* may log in to queue ${id}, whatever his number: the pattern of allowed numbers cannot be written`,
      }),
    );
  }
  return {
    id,
    name: q.name,
    asksPassword: q.asksPassword,
    extensionsOnly: q.reaches === 'extensions-only',
    filter,
    login: `${id}*`,
    logout: `${id}**`,
  };
}

/** Names of agents in queue_log and reports. Commas and quotes part arguments, and these part fields in AstDB. */
function names(model: Model): { id: string; name: string }[] {
  return Object.entries(model.extension)
    .filter(([, e]) => e.name !== '')
    .map(([id, e]) => ({ id, name: e.name.replace(/[,;|"\\()]/g, ' ') }));
}

/** For agents, how many wait: '*47*101' in all his queues, '*47*101*400' in one. A key of a telephone that subscribes is lit while somebody waits. */
function watched(model: Model, ids: readonly string[], code: string): { exten: string; queues: string[]; hint: string }[] {
  const of = new Map<string, string[]>();
  for (const id of ids) {
    const q = model.queue[id] as Queue;
    for (const { number } of [...q.members.filter((m) => m.kind === 'number'), ...q.dynamicMembers]) {
      if (model.extension[number] !== undefined) of.set(number, [...new Set([...(of.get(number) ?? []), id])]);
    }
  }
  const line = (exten: string, queues: string[]): { exten: string; queues: string[]; hint: string } => ({
    exten,
    queues,
    hint: queues.map((q) => `Queue:${q}`).join('&'),
  });
  return [...of].flatMap(([agent, queues]) => [line(`${code}*${agent}`, queues), ...queues.map((q) => line(`${code}*${agent}*${q}`, [q]))]);
}
