import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { compressionOf, decompress, headOf, MAGIC_BYTES } from '../box/compression.ts';
import type { DumpStream } from '../box/dump-stream.ts';
import { MigrateError } from '../error.ts';
import { partsOf, queueLog } from './queue-log.ts';

/** Where Asterisk writes it, below a box folder. */
const FOLDER = 'var/log/asterisk';
const ROWS_OF_A_STATEMENT = 500;
/** What a packed line becomes as SQL, about. */
const GROWS = 30;

/** Files of the queues' log in a box folder, those that logrotate put aside with them; none where there are none. */
export async function queueLogsIn(source: string): Promise<string[]> {
  const names = await readdir(join(source, FOLDER)).catch(() => []);
  return names
    .filter((name) => /^queue_log(?:[.-]\d+)*(?:\.(?:gz|bz2|xz))?$/.test(name))
    .sort()
    .map((name) => join(source, FOLDER, name));
}

/**
 * Files of the queues' log as a dump of the table, so that they are copied and proved as a table is. A line is `TIME|CALLID|QUEUE|AGENT|EVENT|DATA...`, TIME in seconds since
 * 1970, which becomes local time in the database's own zone. A line of another form becomes a row without a date, which ends among the rejected ones, whole.
 * @throws MigrateError E_QUEUE_LOG where a file cannot be read
 */
export async function queueLogDump(paths: readonly string[]): Promise<DumpStream> {
  let bytes = 0;
  for (const path of paths) bytes += (await stat(path).catch((cause: unknown) => refuse(path, cause))).size;
  let broken: unknown = null;
  async function* sql(): AsyncGenerator<string> {
    yield tableText();
    try {
      for (const path of paths) yield* insertions(path);
    } catch (error) {
      // the SQL ends here; check() tells
      broken = error;
    }
  }
  return {
    name: paths.join(', '),
    sql: Readable.from(sql()),
    aboutBytes: bytes * GROWS,
    check: () => {
      if (broken !== null) throw broken;
    },
  };
}

function tableText(): string {
  const columns = Object.entries(queueLog.columns).map(
    ([name, shape]) => `${name} ${shape.is === 'time' ? 'datetime NULL' : 'text NOT NULL'}`,
  );
  return `CREATE TABLE ${queueLog.name} (${columns.join(', ')}) DEFAULT CHARSET=latin1;\n`;
}

async function* insertions(path: string): AsyncGenerator<string> {
  let rows: string[] = [];
  const statement = (): string => `INSERT INTO ${queueLog.name} VALUES ${rows.join(',')};\n`;
  for await (const line of linesOf(path)) {
    if (line === '') continue;
    rows.push(rowOf(line));
    if (rows.length < ROWS_OF_A_STATEMENT) continue;
    yield statement();
    rows = [];
  }
  if (rows.length > 0) yield statement();
}

/** @param line its bytes, each as one character */
function rowOf(line: string): string {
  const [time = '', callid = '', queue = '', agent = '', event = '', ...data] = line.split('|');
  const isEvent = /^\d{9,10}$/.test(time) && event !== '';
  const parts = isEvent ? partsOf(data.join('|')) : [line];
  const cells = [...(isEvent ? [callid, queue, agent, event] : ['', '', '', '']), ...parts, '', '', '', '', ''].slice(0, 9);
  return `(${[isEvent ? `FROM_UNIXTIME(${time})` : 'NULL', ...cells.map(bytesLiteral)].join(',')})`;
}

/** Bytes as they are, whatever charset they are in: no letter of a name is taken for SQL. */
function bytesLiteral(bytes: string): string {
  return bytes === '' ? "''" : `x'${Buffer.from(bytes, 'latin1').toString('hex')}'`;
}

async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  try {
    const how = compressionOf(await headOf(path, MAGIC_BYTES));
    const file = createReadStream(path);
    for await (const piece of how === null ? file : decompress(file, how)) {
      const lines = (rest + Buffer.from(piece as Uint8Array).toString('latin1')).split(/\r?\n/);
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (cause) {
    refuse(path, cause);
  }
  yield rest;
}

function refuse(path: string, cause: unknown): never {
  if (cause instanceof MigrateError) throw cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  throw new MigrateError({
    code: 'E_QUEUE_LOG',
    where: path,
    why,
    hint: 'Copy the file again from /var/log/asterisk of the old box.',
    cause,
  });
}
