import type { QueueStep } from './step.ts';

/**
 * What the caller hears while he waits in a queue until `untilMs`, announcement by announcement: between two rounds, when it is time for one. `roundMs`: how long one
 * round takes; null: it never ends, and nothing is said. Source: app_queue.c of branch 22, queue_exec and say_position.
 */
export function saidInLine(step: QueueStep, untilMs: number, roundMs: number | null, promptMs: number): string[] {
  if (step.announces === null || roundMs === null) return [];
  const { prompts, seconds, afterSeconds } = step.announces;
  const heard: string[] = [];
  const pauseMs = Math.max(1, step.retrySeconds) * 1000;
  let due = afterSeconds * 1000;
  for (let at = roundMs + pauseMs; at < untilMs; at += roundMs + pauseMs) {
    if (at < due) continue;
    heard.push(...prompts);
    due = at + seconds * 1000;
    at += prompts.length * promptMs;
  }
  return heard;
}
