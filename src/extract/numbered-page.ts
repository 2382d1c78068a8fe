import type { Row, Source } from './reader.ts';
import { type DialplanPage, gotoLine, writtenSection } from './written-section.ts';

/** A page whose rows are the numbers of one context: 'app-tts,3,1' is row 3. Each says some lines, then goes on to where its column `dest` leads. */
export function numberedPage(o: {
  readonly module: string;
  readonly table: string;
  /** Tables that its lines are also made of. */
  readonly others?: readonly string[];
  readonly context: string;
  /** Columns that hold a row's number, and what people called it. */
  readonly id: string;
  readonly name: string;
  /** Applications with their arguments. */
  readonly lines: (row: Row) => readonly string[];
  readonly notes?: (row: Row) => string;
}): DialplanPage {
  const numbered = (source: Source): Row[] => source.rows(o.table).filter((row) => /^\d+$/.test(row.text(o.id).trim()));
  return {
    module: o.module,
    tables: [o.table, ...(o.others ?? [])],
    sections: (source) => {
      const rows = numbered(source);
      if (rows.length === 0) return [];
      const lines = rows.flatMap((row) => {
        const id = row.text(o.id).trim();
        const said = o.lines(row).map((line, i) => `exten => ${id},${i === 0 ? '1' : 'n'},${line}`);
        return [...said, ...gotoLine(id, row.text('dest'))];
      });
      const names = rows.map((row) => ({
        extension: row.text(o.id).trim(),
        description: row.text(o.name).trim(),
        notes: o.notes?.(row) ?? '',
      }));
      return [{ section: writtenSection(o.context, o.module, lines), rows, names, joins: [] }];
    },
    leads: (source, context, extension) =>
      context === o.context && source.hasTable(o.table) ? numbered(source).some((row) => row.text(o.id).trim() === extension) : null,
  };
}
