import type { Row } from './reader.ts';
import { FILE_SPACE, isOn, wholeNumber } from './source.ts';

/** An option of a section that was written by hand, as FreePBX's tables have theirs: id, keyword, data, flags. The ledger has its file. */
export function optionRow(section: string, path: string, cells: Readonly<Record<string, string>>): Row {
  const text = (column: string): string => cells[column] ?? '';
  return {
    space: 'file',
    name: FILE_SPACE,
    key: `${path} ${text('keyword')}`,
    table: `[${section}] of`,
    has: (column) => column in cells,
    text,
    int: (column) => wholeNumber(text(column)),
    flag: (column) => isOn(text(column)),
  };
}
