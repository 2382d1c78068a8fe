import { type Command, InvalidArgumentError } from 'commander';
import type { Options } from './arguments.ts';

/** How call records are copied. */
export interface Copying {
  readonly out: string;
  readonly timeZone?: string;
  /** Rows a second at most. */
  readonly rate?: number;
}

export interface HistoryAsked {
  readonly command: 'cdr copy';
  readonly source: string;
  readonly to: string;
  readonly copying: Copying;
}

interface HistoryOptions extends Options {
  readonly to: string;
  readonly out: string;
  readonly rate?: number;
}

const SOURCE = 'mysql://user@host:port/asteriskcdrdb, a dump of that database (.sql, .sql.gz), or a box folder';
const MANNERS = [
  ['--json', 'one JSON document on stdout'],
  ['--quiet', 'no progress and no summary, only errors'],
  ['--debug', 'write debug.jsonl into the output folder, and a stack trace with an error'],
] as const;

/** `migrate cdr copy` */
export function addHistory(program: Command, asked: (a: HistoryAsked, o: Options) => void, timeZone: (text: string) => string): void {
  const cdr = program.command('cdr').description('history: call records');
  const copy = cdr
    .command('copy')
    .description('copy call records into the new database, resume, copy what came since; prove by month that all is there')
    .argument('<source>', SOURCE)
    .requiredOption('--to <address>', 'mysql://user@host:port/asteriskcdrdb of the new PBX (password: MIGRATE_TARGET_PASSWORD)')
    .option('-o, --out <folder>', 'where cdr-copy.json goes', 'history')
    .option('--rate <rows>', 'read no more rows a second from the old server', atLeastOne)
    .option('--time-zone <zone>', 'zone of the old box, for example Europe/Moscow', timeZone);
  for (const [flag, text] of MANNERS) copy.option(flag, text);
  copy.action((source: string, o: HistoryOptions) => {
    const { out, rate, timeZone: zone } = o;
    const copying = { out, ...(rate === undefined ? {} : { rate }), ...(zone === undefined ? {} : { timeZone: zone }) };
    asked({ command: 'cdr copy', source, to: o.to, copying }, o);
  });
}

function atLeastOne(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It is a whole number above 0.');
  return Number(text);
}
