import type { ModelKind, ObjectOf } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { droppedWithModule } from './module-off.ts';
import { defineReader, type Notes, type Reader, type Row, type Source } from './reader.ts';

/**
 * A reader of objects that have a row each in one table, by its id: what a call passes on its way to somewhere else. A second row of the same id is left out, as one
 * of them alone could be reached.
 */
export function passingReader<K extends ModelKind>(o: {
  readonly kind: K;
  /** FreePBX's name of the module: where it is off, its dialplan is not made. */
  readonly module: string;
  readonly table: string;
  /** Column that holds the id. */
  readonly id: string;
  /** Columns that mean nothing to calls. */
  readonly dead?: readonly string[];
  readonly one: (source: Source, row: Row, id: string, notes: Notes) => ObjectOf<K>;
}): Reader<K> {
  return defineReader({
    kind: o.kind,
    tables: [o.table],
    astdb: [],
    files: [],
    ...(o.dead === undefined ? {} : { dead: { [o.table]: o.dead } }),
    read: (source, notes) => {
      const found: Record<string, ObjectOf<K>> = {};
      if (droppedWithModule(source, notes, o.module, { tables: [o.table] })) return found;
      for (const row of source.rows(o.table)) {
        const id = row.text(o.id).trim();
        if (id === '') notes.dropped(row, 'it has no number of its own, so that nothing leads to it');
        else if (found[id] !== undefined) notes.dropped(row, 'a second row for the same number');
        else {
          notes.carried(row, ref(o.kind, id));
          found[id] = o.one(source, row, id, notes);
        }
      }
      return found;
    },
  });
}
