import { numberedPage } from './numbered-page.ts';
import type { Row } from './reader.ts';

/** Lines that a call writes into queue_log on its way (writequeuelog of IssabelPBX: writequeuelog_get_config). */
export const queueLogPage = numberedPage({
  module: 'writequeuelog',
  table: 'writequeuelog',
  context: 'app-writequeuelog',
  id: 'qlog_id',
  name: 'description',
  lines: (row) => [
    `Noop(${plain(row, 'description')})`,
    `QueueLog(${['qlog_queue', 'qlog_uniqueid', 'qlog_agent', 'qlog_event', 'qlog_extra'].map((column) => row.text(column).trim()).join(',')})`,
  ],
});

/** A text that no argument list can take apart. */
function plain(row: Row, column: string): string {
  return row
    .text(column)
    .replace(/[^\p{L}\p{N} .-]/gu, ' ')
    .trim();
}
