import { rewriteChannels } from '../asterisk/translate/channel-name.ts';
import { type CustomOption, sectionsOf } from '../model/custom-configuration.ts';
import type { Model } from '../model/kinds.ts';
import { aboutPeers } from './custom-about.ts';
import { type OwnOptions, ownSections, type WrittenOption } from './custom-configuration.ts';
import { musicOf } from './music.ts';
import { agentOf, poolAgents } from './queue-member.ts';
import { defineView } from './view.ts';

/** queues.d/custom.conf: queues that the site wrote by hand, which only its own dialplan and programs name. */
export const customQueueView = defineView({
  file: 'etc/asterisk/queues.d/custom.conf',
  data: (model, notes) => {
    if (!hasOwnQueues(model)) return null;
    const routines = new Set(Object.keys(model['custom-dialplan']));
    return { queues: ownSections(model, notes, 'queues.conf', (options) => (o) => queueOption(model, options, o, routines)) };
  },
});

/** Whether the site wrote queues by hand. */
export function hasOwnQueues(model: Model): boolean {
  return sectionsOf(model, 'queues.conf').some(({ section }) => !section.adds);
}

function queueOption(model: Model, options: OwnOptions, o: CustomOption, routines: ReadonlySet<string>): WrittenOption[] | null {
  const name = o.option.toLowerCase();
  const value = o.value.trim();
  if (name === 'member') return member(model, options, o);
  if (['music', 'musicclass', 'musiconhold'].includes(name)) return [{ name: 'musicclass', value: musicOf(model, value) }];
  if (name !== 'membermacro' && name !== 'membergosub') return null;
  const context = name === 'membermacro' ? `macro-${value}` : (value.split(',')[0] ?? '');
  // app_queue enters it at s,1 where the option names a context alone
  if (routines.has(context)) return [{ name: 'membergosub', value: name === 'membermacro' ? context : value }];
  options.tell(o.at, `What agents of the queue run before they take a call, '${value}', is not there: they take calls without it.`);
  return [];
}

/** `member => SIP/101,2,Anna,SIP/101`: whom to ring, penalty, name, and whose state says that he is free. */
function member(model: Model, options: OwnOptions, o: CustomOption): WrittenOption[] {
  const [whom = '', penalty = '', name = '', state = '', ...rest] = o.value.split(/[,|]/).map((part) => part.trim());
  const pool = /^Agent\/(\d+)$/i.exec(whom)?.[1];
  const agent =
    pool === undefined || !poolAgents(model).includes(pool) ? null : agentOf(model, { kind: 'agent', number: pool, penalty: 0 }, name);
  if (agent !== null) return [written([agent.dial, penalty, agent.name, agent.state])];
  const called = channelNow(model, options, o.at, whom);
  if (called === null) return [];
  const shown = /^(?:hint|Agent|Custom):/i.test(state) || state === '' ? state : (channelNow(model, options, o.at, state) ?? '');
  return [written([called, penalty, name, shown, ...rest])];
}

function written(parts: readonly string[]): WrittenOption {
  return { name: 'member', value: parts.join(',').replace(/,+$/, '') };
}

/** null: the new box has nobody of that name, which has been told. */
function channelNow(model: Model, options: OwnOptions, where: string, channel: string): string | null {
  let isThere = /^\w+\/\S/.test(channel);
  if (!isThere) options.tell(where, 'An agent of the queue cannot be read, and rings no more.');
  const now = rewriteChannels(channel, {
    about: aboutPeers(model),
    changed: () => undefined,
    problem: (_, means) => {
      isThere = false;
      options.tell(where, `An agent of the queue rings no more. ${means}`);
    },
  });
  return isThere ? now : null;
}
