import { ref } from '../model/ref.ts';
import { mergedSections, queueNumbers } from './merged-section.ts';
import { optionRow } from './option-row.ts';
import type { Notes, Row, Source } from './reader.ts';

/** What queues_custom.conf and its like say of a queue that the tables have too. */
export interface OwnQueue {
  /** As the tables have options: keyword, data, flags. */
  readonly rows: readonly Row[];
  /** It goes on with what the tables say; else Asterisk took it instead of that. */
  readonly adds: boolean;
}

/** Flags of such rows are above those of tables: what is added comes later, and wins. */
const FIRST_FLAG = 100_000;

export function ownQueues(source: Source, notes: Notes): Map<string, OwnQueue> {
  const numbers = queueNumbers(source);
  const { sections, files } = mergedSections(source, 'queues.conf', numbers);
  const found = new Map<string, OwnQueue>();
  for (const [id, { options, adds }] of sections) {
    if (!numbers.has(id)) continue;
    const rows = options.map(({ option, value, file }, i) =>
      optionRow(id, file, { id, keyword: option.toLowerCase(), data: value, flags: String(FIRST_FLAG + i) }),
    );
    for (const file of files) if (options.some((o) => o.file === file.path)) notes.carried(file, ref('queue', id));
    found.set(id, { rows, adds });
  }
  return found;
}

/** The rows of a queue as the old Asterisk took them. */
export function rowsWithOwn(notes: Notes, own: OwnQueue | undefined, rows: readonly Row[]): readonly Row[] {
  if (own === undefined) return rows;
  if (own.adds) return [...rows, ...own.rows];
  // rows with the id -1 stand for other queues too
  for (const row of rows) if (row.text('id') !== '-1') notes.dropped(row, 'the site wrote the queue by hand, and Asterisk took that');
  return own.rows;
}
