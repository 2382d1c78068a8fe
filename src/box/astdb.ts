import initSqlJs from 'sql.js';
import { MigrateError } from '../error.ts';
import { type Decoded, type DecodeText, decodeText, isPlain } from './charset.ts';

export interface AstDbKey {
  /** First element of the path: 'AMPUSER'. */
  readonly family: string;
  /** The rest: '101/recording/in/external'. */
  readonly key: string;
  readonly value: string;
  /** How the value became text, where that was not plain. */
  readonly read?: Decoded;
}

/**
 * What `database show` prints: `/AMPUSER/101/cidname    : Name   `. Asterisk pads the key to 50 bytes and the value to 25, so
 * spaces at the end of a short value say nothing.
 */
export function parseAstDbText(bytes: Uint8Array, decode: DecodeText = decodeText): AstDbKey[] {
  const found = new Map<string, string>();
  let last: string | null = null;
  for (const line of Buffer.from(bytes).toString('latin1').split(/\r?\n/)) {
    const colon = separator(line);
    if (colon >= 0) {
      last = withoutPadding(line.slice(0, colon));
      found.set(last, value(line.slice(colon + 1)));
    } else if (/^\d+ results? found\.?\s*$/.test(line)) last = null;
    // a value may hold line ends of its own
    else if (last !== null && line.trim() !== '') found.set(last, `${found.get(last)}\n${withoutPadding(line)}`);
  }
  return keys(
    [...found].map(([path, held]) => [bytesOf(path), bytesOf(held)]),
    decode,
  );
}

/** Where the colon stands that ends the key, or -1. Keys may hold colons of their own (dundi/cache/00:50:...). */
function separator(line: string): number {
  if (!line.startsWith('/')) return -1;
  if (line[50] === ':') return 50;
  const padded = /^(.*?)\s+:( |$)/.exec(line);
  if (padded !== null) return line.indexOf(':', padded[1]?.length ?? 0);
  return line.search(/:( |$)/);
}

function value(field: string): string {
  const bare = field.startsWith(' ') ? field.slice(1) : field;
  return bare.length > 25 ? bare : withoutPadding(bare);
}

/** Spaces alone: read as latin1, the last byte of a Cyrillic letter may look like white space of another kind. */
function withoutPadding(text: string): string {
  return text.replace(/ +$/, '');
}

function bytesOf(latin1: string): Uint8Array {
  return Buffer.from(latin1, 'latin1');
}

/** astdb.sqlite3 of Asterisk 10 and later: one table, `astdb(key, value)`. @throws MigrateError E_ASTDB where it is not one. */
export async function readAstDbSqlite(bytes: Uint8Array, where: string, decode: DecodeText = decodeText): Promise<AstDbKey[]> {
  const sqlite = await initSqlJs();
  try {
    const database = new sqlite.Database(bytes);
    try {
      // as blobs: sql.js would otherwise replace what is no UTF-8
      const rows = database.exec('SELECT CAST(key AS BLOB), CAST(value AS BLOB) FROM astdb')[0]?.values ?? [];
      return keys(
        rows.map(([path, held]) => [blob(path), blob(held)]),
        decode,
      );
    } finally {
      database.close();
    }
  } catch (cause) {
    throw new MigrateError({
      code: 'E_ASTDB',
      where,
      why: 'no AstDB of Asterisk 10 or later can be read from this file',
      hint: "Run `asterisk -rx 'database show' > astdb.txt` on the old box and give that.",
      cause,
    });
  }
}

function blob(cell: unknown): Uint8Array {
  return cell instanceof Uint8Array ? cell : Buffer.from(cell === null || cell === undefined ? '' : String(cell));
}

/**
 * One pair of quotes around a whole value was written by old `database put` calls and is not part of it;
 * the quotes of '"Name" <number>' are.
 */
export function withoutOldQuotes(held: string): string {
  const inner = /^"([^"]*)"$/.exec(held);
  return inner?.[1] ?? held;
}

function keys(pairs: [Uint8Array, Uint8Array][], decode: DecodeText): AstDbKey[] {
  return pairs
    .map(([path, held]) => {
      const bare = decode(path).text.replace(/^\//, '');
      const read = decode(held);
      const slash = bare.indexOf('/');
      return {
        family: slash < 0 ? bare : bare.slice(0, slash),
        key: slash < 0 ? '' : bare.slice(slash + 1),
        value: withoutOldQuotes(read.text),
        ...(isPlain(read) ? {} : { read }),
      };
    })
    .sort((a, b) => order(a.family, b.family) || order(a.key, b.key));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
