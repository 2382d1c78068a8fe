import { z } from 'zod';

/** How a number is meant. */
export const MATCHES = ['is', 'begins', 'ends', 'holds'] as const;
/** What Asterisk writes into `disposition`. */
export const DISPOSITIONS = ['ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED', 'CONGESTION'] as const;

/** Where a page begins: beside this row of the order by time and id. */
export interface Cursor {
  readonly way: 'older' | 'newer';
  /** 'YYYY-MM-DD HH:MM:SS', local time of the PBX. */
  readonly calldate: string;
  readonly id: string;
}

/** Which calls are asked for. */
export interface Search {
  /** Of whoever calls or is called; '' for any. */
  readonly number: string;
  readonly match: (typeof MATCHES)[number];
  /** A telephone on either side; '' for any. */
  readonly extension: string;
  /** 'YYYY-MM-DD', both days belong to it; null for no limit. */
  readonly from: string | null;
  readonly to: string | null;
  readonly disposition: (typeof DISPOSITIONS)[number] | null;
  /** Calls that name a recording, and no other. */
  readonly isRecorded: boolean;
  readonly at: Cursor | null;
}

export interface Statement {
  readonly sql: string;
  readonly values: readonly string[];
}

const LONGEST_NUMBER = 80;
const number = z
  .string()
  .trim()
  .max(LONGEST_NUMBER)
  .regex(/^\P{Cc}*$/u)
  .default('');
const day = z
  .union([z.literal(''), z.iso.date()])
  .default('')
  .transform((text) => (text === '' ? null : text));
const cursor = z.string().regex(/^\d{14}\.\d{1,20}$/);
/** What a form may send; a field that stands twice is refused. */
const query = z.object({
  number,
  match: z.enum(MATCHES).default('is'),
  extension: number,
  from: day,
  to: day,
  disposition: z
    .union([z.literal(''), z.enum(DISPOSITIONS)])
    .default('')
    .transform((one) => (one === '' ? null : one)),
  recorded: z.enum(['', '1']).default(''),
  older: cursor.optional(),
  newer: cursor.optional(),
});

/** Reads the query of a request; null where it makes no sense. */
export function readSearch(asked: unknown): Search | null {
  const read = query.safeParse(asked);
  if (!read.success) return null;
  const { recorded, older, newer, ...rest } = read.data;
  const at = older === undefined ? newer : older;
  return { ...rest, isRecorded: recorded === '1', at: at === undefined ? null : readCursor(older === undefined ? 'newer' : 'older', at) };
}

/** '20130603100310.42' */
export function cursorText(c: Omit<Cursor, 'way'>): string {
  return `${c.calldate.replaceAll(/\D/g, '')}.${c.id}`;
}

function readCursor(way: Cursor['way'], text: string): Cursor {
  const [, y, m, d, h, min, s, id = ''] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.(\d+)$/.exec(text) ?? [];
  return { way, calldate: `${y}-${m}-${d} ${h}:${min}:${s}`, id };
}

/** The search as the query of a link, without its cursor. */
export function searchQuery(s: Search): Record<string, string> {
  const fields = {
    number: s.number,
    match: s.match === 'is' ? '' : s.match,
    extension: s.extension,
    from: s.from ?? '',
    to: s.to ?? '',
    disposition: s.disposition ?? '',
    recorded: s.isRecorded ? '1' : '',
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

/** What a part of the statement demands. */
interface Condition {
  readonly sql: string;
  readonly values: readonly string[];
}

/** Each has a key that ends in the time (migrations/0005-search.sql). */
const OF_NUMBER = ['src', 'dst'];
const OF_EXTENSION = ['src', 'dst', 'caller_device', 'called_device'];

/**
 * Ids of at most `rows` calls, the nearest to the cursor first: newest first, or oldest first where the cursor says `newer`. Each way in reads its own key in the
 * order of time and stops after `rows`, so that the ten-thousandth page costs what the first one does.
 */
export function searchStatement(s: Search, rows: number): Statement {
  const narrow = [...timeConditions(s), ...otherConditions(s)];
  const isNumber = s.number !== '' && s.match === 'is';
  if (s.extension !== '' && isNumber) narrow.push(anyOf(OF_EXTENSION, '=', s.extension));
  if (s.number !== '' && !isNumber) narrow.push(anyOf(OF_NUMBER, 'LIKE', pattern(s)));
  const columns = isNumber ? OF_NUMBER : s.extension === '' ? [] : OF_EXTENSION;
  const wanted = isNumber ? s.number : s.extension;
  const waysIn = columns.map((column) => [{ sql: `${column} = ?`, values: [wanted] }, ...narrow]);
  const order = s.at?.way === 'newer' ? 'ORDER BY calldate, id' : 'ORDER BY calldate DESC, id DESC';
  const parts = (waysIn.length === 0 ? [narrow] : waysIn).map((conditions) => partOf(conditions, `${order} LIMIT ${rows}`));
  if (parts.length === 1) return { sql: parts[0]?.sql ?? '', values: parts[0]?.values ?? [] };
  const sql = `${parts.map((part) => `(${part.sql})`).join(' UNION ')} ${order} LIMIT ${rows}`;
  return { sql, values: parts.flatMap((part) => part.values) };
}

function partOf(conditions: readonly Condition[], end: string): Statement {
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.map((c) => c.sql).join(' AND ')}`;
  return { sql: `SELECT id, calldate FROM cdr${where} ${end}`, values: conditions.flatMap((c) => c.values) };
}

function timeConditions({ from, to, at }: Search): Condition[] {
  const conditions: Condition[] = [];
  if (from !== null) conditions.push({ sql: 'calldate >= ?', values: [from] });
  if (to !== null) conditions.push({ sql: 'calldate < ? + INTERVAL 1 DAY', values: [to] });
  if (at !== null) {
    const [upTo, beyond] = at.way === 'older' ? ['<=', '<'] : ['>=', '>'];
    conditions.push({ sql: `calldate ${upTo} ? AND (calldate ${beyond} ? OR id ${beyond} ?)`, values: [at.calldate, at.calldate, at.id] });
  }
  return conditions;
}

function otherConditions({ disposition, isRecorded }: Search): Condition[] {
  const conditions: Condition[] = [];
  if (disposition !== null) conditions.push({ sql: 'disposition = ?', values: [disposition] });
  if (isRecorded) conditions.push({ sql: "recordingfile NOT IN ('', 'deleted')", values: [] });
  return conditions;
}

function anyOf(columns: readonly string[], how: '=' | 'LIKE', value: string): Condition {
  const test = how === '=' ? '= ?' : "LIKE ? ESCAPE '|'";
  return { sql: `(${columns.map((column) => `${column} ${test}`).join(' OR ')})`, values: columns.map(() => value) };
}

function pattern({ number: text, match }: Search): string {
  const literal = text.replaceAll(/[|%_]/g, '|$&');
  return `${match === 'begins' ? '' : '%'}${literal}${match === 'ends' ? '' : '%'}`;
}
