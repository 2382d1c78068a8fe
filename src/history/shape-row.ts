import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { decodeText } from '../box/charset.ts';
import type { Cell } from '../box/sql.ts';
import { CELL_END, NULL_CELL, SECOND_CHARACTERS } from './figures.ts';
import { isLocalTime } from './local-time.ts';
import { type HistoryTable, type Layout, layoutOf, type Shape } from './table.ts';

const NONE: Record<string, string> = Object.freeze({}) as Record<string, string>;

/** A row of the old table, ready for the new one. */
export interface Shaped {
  /** MD5 over its bytes, hex. */
  readonly sourceRow: string;
  readonly time: string;
  /** As text, in the places of the layout. */
  readonly cells: string[];
  /** What the new table has no column for, as JSON. */
  readonly extra: string | null;
  /** Why it cannot stand in the new table. */
  readonly rejected: string | null;
}

/** Cells that were no plain UTF-8. */
export interface TextCounts {
  /** Read as doubly encoded UTF-8, cp1252 or cp1251. */
  guessed: number;
  /** Cut within a character by a narrow column; what was left of that character is gone. */
  cut: number;
}

/** Gives rows of one old table the shape of the new one. Millions of rows come through here: a row is looked at as a whole where that will do. */
export class RowShaper {
  readonly counts: TextCounts = { guessed: 0, cut: 0 };
  readonly layout: Layout;
  readonly #table: HistoryTable;
  readonly #columns: readonly string[];
  /** Place in the layout of each column of the old table; -1: it has none. */
  readonly #places: readonly number[];
  readonly #shapes: readonly Shape[];
  readonly #timeAt: number;
  /** The day that was found to exist last: rows come by time. */
  #day = '';

  /** @param columns of the old table, in the order in which cells come */
  constructor(table: HistoryTable, columns: readonly string[]) {
    this.#table = table;
    this.#columns = columns;
    this.layout = layoutOf(table, columns);
    this.#places = columns.map((column) => this.layout.at.get(column) ?? -1);
    this.#shapes = this.layout.columns.map((column) => table.columns[column] as Shape);
    this.#timeAt = this.layout.at.get(table.time) ?? 0;
  }

  /**
   * @param whole all bytes of the row, as figures.ts has the server put them together
   * @param apart its cells, where a separator within one makes `whole` say nothing
   * @returns null where that is so and `apart` is not given
   */
  shape(whole: Uint8Array, apart: readonly Cell[] | null): Shaped | null {
    const texts = apart === null ? this.#texts(whole) : apart.map((cell) => (cell === null ? '' : this.#text(cell)));
    if (texts.length !== this.#columns.length) return null;
    const cells: string[] = new Array(this.#shapes.length).fill('');
    let extra: Record<string, string> | null = null;
    for (let i = 0; i < texts.length; i++) {
      const place = this.#places[i] as number;
      const value = texts[i] as string;
      if (place >= 0) cells[place] = value;
      else if (value !== '' && !this.#table.left.includes(this.#columns[i] as string)) {
        extra ??= {};
        extra[this.#columns[i] as string] = value;
      }
    }
    const time = cells[this.#timeAt] as string;
    this.#table.arrange(cells, this.layout, extra ?? NONE);
    return {
      sourceRow: hash('md5', whole, 'hex'),
      time,
      cells,
      extra: extra === null || Object.keys(extra).length === 0 ? null : JSON.stringify(extra),
      rejected: this.#whyNot(cells),
    };
  }

  #texts(whole: Uint8Array): string[] {
    const bytes = Buffer.from(whole.buffer, whole.byteOffset, whole.length);
    const latin1 = bytes.toString('latin1');
    const parts = latin1.split(SEPARATOR);
    // no letter of a charset to guess, and no NULL
    if (isPrintable(latin1)) return parts;
    let at = 0;
    return parts.map((part) => {
      const cell = bytes.subarray(at, at + part.length);
      at += part.length + 1;
      return cell.length === 1 && cell[0] === NULL_CELL ? '' : this.#text(cell);
    });
  }

  #text(cell: Uint8Array): string {
    const { text, charset, cut } = decodeText(cell);
    if (charset !== 'utf-8') this.counts.guessed++;
    if (cut) this.counts.cut++;
    return text;
  }

  #whyNot(cells: readonly string[]): string | null {
    for (let i = 0; i < cells.length; i++) {
      const why = this.#misfit(this.#shapes[i] as Shape, cells[i] as string);
      if (why !== null) return `${this.layout.columns[i]}: ${why}`;
    }
    return null;
  }

  #misfit(shape: Shape, value: string): string | null {
    switch (shape.is) {
      case 'text':
        // a pair of surrogates is one character of the column: counted only where it may matter
        if (value.length <= shape.longest || [...value].length <= shape.longest) return null;
        return `${[...value].length} characters, and the column takes ${shape.longest}`;
      case 'integer':
        return value === '' || isInteger(value) ? null : 'it is no whole number of 32 bits';
      case 'time':
        return this.#timeMisfit(value);
    }
  }

  #timeMisfit(value: string): string | null {
    if (value.startsWith(this.#day) && this.#day !== '' && /^ (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(value.slice(this.#day.length)))
      return null;
    if (!isLocalTime(value)) return value === '' || value.startsWith('0000') ? 'there is no date' : 'there is no such date';
    this.#day = value.slice(0, '2013-06-03'.length);
    return null;
  }
}

const SEPARATOR = String.fromCharCode(CELL_END);

function isPrintable(row: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the separator of cells is one
  return !/[^\x1f-\x7e]/.test(row);
}

const LARGEST = 2_147_483_647;

function isInteger(value: string): boolean {
  return /^-?\d{1,10}$/.test(value) && Math.abs(Number(value)) <= LARGEST;
}

/** A value as an SQL literal of its column; integers that were NULL or empty are 0. */
export function literal(shape: Shape, value: string): string {
  if (shape.is === 'integer') return value === '' ? '0' : value;
  return textLiteral(value);
}

/** For a session without NO_BACKSLASH_ESCAPES; most texts hold nothing that needs a backslash. */
export function textLiteral(value: string): string {
  return /['\\\0]/.test(value) ? `'${value.replace(/['\\]/g, '\\$&').replaceAll('\0', '\\0')}'` : `'${value}'`;
}

/** CRC32 of the compared columns: the same sum that figures.ts has both servers make. */
export function comparedCrc(table: HistoryTable, layout: Layout, cells: readonly string[]): number {
  const cell = (column: string): string => cells[layout.at.get(column) ?? -1] ?? '';
  const isThere = (column: string): boolean => layout.at.has(column);
  const plain = table.compared.plain.filter(isThere).map((column) => {
    const value = cell(column);
    return table.columns[column]?.is === 'integer' ? value || '0' : value.slice(0, SECOND_CHARACTERS);
  });
  const texts = table.compared.texts.filter(isThere).map(cell).join('|');
  return crc32([...plain, /[^ -~]/.test(texts) ? '' : texts].join('|'));
}
