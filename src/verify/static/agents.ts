import { ref } from '../../model/ref.ts';
import { setting } from './asked.ts';
import { defineCheck, differing } from './mismatch.ts';
import { onOneLine } from './step-data.ts';

/** Agents who wait on the line (agents.conf): their names, and how calls are given to them. Without a queue nobody calls them. */
export const agentCheck = defineCheck(async ({ config }, model) => {
  if (Object.keys(model.queue).length === 0 || Object.keys(model.agent).length === 0) return [];
  const file = await config('agents.conf');
  return Object.entries(model.agent)
    .filter(([id]) => /^\d+$/.test(id))
    .flatMap(([id, agent]) =>
      differing(ref('agent', id), {
        name: [onOneLine(agent.name) || `Agent/${id}`, setting(file, id, 'fullname')],
        'is asked to take each call': [agent.acknowledges, setting(file, id, 'ackcall') ?? 'no'],
        'milliseconds of rest': [agent.restMs ?? 'none', setting(file, id, 'wrapuptime') ?? 'none'],
        'seconds to take a call': [agent.logOffSeconds ?? 'none', setting(file, id, 'autologoff') ?? 'none'],
      }),
    );
});
