import type { Model } from './kinds.ts';

/**
 * Whether a number may log in to a queue by its code: only those who are listed may, or only extensions, or only numbers like a pattern, where the queue says so; never the
 * queue itself (macro-agent-add). A pattern that is none keeps nobody out.
 */
export function mayLogIn(model: Model, queueId: string, agent: string): boolean {
  const queue = model.queue[queueId];
  if (queue === undefined || agent === queueId) return false;
  if (queue.reaches === 'extensions-only' && !(agent in model.extension)) return false;
  if (queue.onlyListedLogIn && !queue.dynamicMembers.some((m) => m.number === agent)) return false;
  return queue.agentFilter === '' || isLike(queue.agentFilter, agent);
}

function isLike(pattern: string, agent: string): boolean {
  try {
    return new RegExp(pattern).test(agent);
  } catch {
    return true;
  }
}
