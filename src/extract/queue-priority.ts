import type { QueuePriority } from '../model/queue-priority.ts';
import { ref } from '../model/ref.ts';
import { onwards } from './onwards.ts';
import { passingReader } from './passing.ts';

/** Priorities that a call takes along into queues (queueprio; the same columns in all generations). What is no number Queue() takes for 0. */
export default passingReader({
  kind: 'queue-priority',
  module: 'queueprio',
  table: 'queueprio',
  id: 'queueprio_id',
  one: (source, row, id, notes): QueuePriority => ({
    description: row.text('description'),
    priority: row.int('queue_priority') ?? 0,
    next: onwards(source, notes, row, 'dest', ref('queue-priority', id)),
  }),
});
