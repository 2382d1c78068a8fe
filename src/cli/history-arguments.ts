import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Options } from './arguments.ts';
import { withOutput } from './output-option.ts';

/** How call records are copied. */
export interface Copying {
  readonly out: string;
  readonly timeZone?: string;
  /** Rows a second at most. */
  readonly rate?: number;
  /** user@host of a machine from which the old server can be reached, by ssh. */
  readonly via?: string;
  readonly passwordFile?: string;
  /** Files of the queues' log. */
  readonly queueLog?: readonly string[];
}

/** How recordings are archived. */
export interface Archiving {
  readonly out: string;
  readonly archive?: string;
  /** kbit/s; null: files move as they are. */
  readonly kbits: number | null;
  readonly minAgeSeconds: number;
  readonly jobs?: number;
  readonly window?: string;
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly dryRun: boolean;
}

/** How recordings are served. */
export interface Serving {
  readonly out: string;
  readonly archive?: string;
  readonly passwordFile?: string;
  /** File of logins, as `htpasswd -B` writes it. */
  readonly logins?: string;
  readonly listen: { readonly host: string; readonly port: number };
}

export type HistoryAsked =
  | { readonly command: 'cdr copy'; readonly source: string; readonly to: string; readonly copying: Copying }
  | { readonly command: 'recordings archive'; readonly folder: string; readonly to: string; readonly archiving: Archiving }
  | { readonly command: 'recordings serve'; readonly folder: string; readonly from: string; readonly serving: Serving };

interface HistoryOptions extends Options {
  readonly to: string;
  readonly out: string;
  readonly rate?: number;
  readonly queueLog?: readonly string[];
  readonly archive?: string;
  readonly bitrate: number;
  readonly keep?: boolean;
  readonly minAge: number;
  readonly jobs?: number;
  readonly window?: string;
  readonly owner?: { uid: number; gid: number };
  readonly dryRun?: boolean;
  readonly from: string;
  readonly logins?: string;
  readonly listen: { host: string; port: number };
}

const SOURCE =
  'mysql://user@host:port/asteriskcdrdb, a dump of that database (.sql, .gz, .bz2, .xz), a box folder, or an archive of one (.tar, .tgz)';
const TARGET = 'mysql://user@host:port/asteriskcdrdb of the new PBX (password: MIGRATE_TARGET_PASSWORD)';
/** What cron jobs of Elastix sites made of recordings. */
const OLD_PRACTICE_KBITS = 16;
/** What MPEG-2.5 has, which is the MP3 of 8,000 samples a second. */
const BITRATES = [8, 16, 24, 32, 40, 48, 56, 64];
const OLD_ENOUGH_MINUTES = 60;

/** The port that BUILD/etc/nginx passes requests to. */
const LISTEN = { host: '127.0.0.1', port: 8086 };

type Says = (a: HistoryAsked, o: Options) => void;

/** `migrate cdr copy`, `migrate recordings archive` and `migrate recordings serve` */
export function addHistory(program: Command, asked: Says, timeZone: (text: string) => string): void {
  addCdrCopy(program, asked, timeZone);
  const recordings = program.command('recordings').description('history: recorded calls');
  addRecordingsArchive(recordings, asked);
  addRecordingsServe(recordings, asked);
}

function addCdrCopy(program: Command, asked: Says, timeZone: (text: string) => string): void {
  const cdr = program.command('cdr').description('history: call records');
  const copy = cdr
    .command('copy')
    .description('copy call records into the new database, resume, copy what came since; prove by month that all is there')
    .argument('<source>', SOURCE)
    .requiredOption('--to <address>', TARGET)
    .option('-o, --out <folder>', 'where cdr-copy.json goes', 'history')
    .option('--rate <rows>', 'read no more rows a second from the old server', atLeastOne)
    .option('--via <user@host>', 'reach the old server through that machine, by ssh')
    .option('--password-file <file>', 'password of the account on the old server, in its first line')
    .option('--queue-log <files...>', "the queues' log of the old box (default: var/log/asterisk/queue_log* of a box folder)")
    .option('--time-zone <zone>', 'zone of the old box, for example Europe/Moscow', timeZone);
  withOutput(copy).action((source: string, o: HistoryOptions) => {
    const { out, rate, timeZone: zone, via, passwordFile, queueLog } = o;
    const server = { ...(via === undefined ? {} : { via }), ...(passwordFile === undefined ? {} : { passwordFile }) };
    const logs = queueLog === undefined ? {} : { queueLog };
    const copying = { out, ...server, ...logs, ...(rate === undefined ? {} : { rate }), ...(zone === undefined ? {} : { timeZone: zone }) };
    asked({ command: 'cdr copy', source, to: o.to, copying }, o);
  });
}

function addRecordingsArchive(recordings: Command, asked: Says): void {
  const archive = recordings
    .command('archive')
    .description('encode recordings, move them to archive/YYYY/MM/DD, pair them with their calls; resume')
    .argument('<folder>', 'recordings of the old box or the new: /var/spool/asterisk/monitor, as a rule')
    .requiredOption('--to <address>', TARGET)
    .option('--archive <folder>', 'the archive (default: `archive` beside the folder)')
    .option('--bitrate <kbits>', 'of the MP3, mono', bitrate, OLD_PRACTICE_KBITS)
    .option('--keep', 'move files as they are')
    .option('--min-age <minutes>', 'younger files are left alone', wholeNumber, OLD_ENOUGH_MINUTES)
    .option('--jobs <number>', 'recordings at a time (default: one a processor, and one more)', atLeastOne)
    .option('--window <hours>', 'work only in these hours: 01:00-06:00', nightWindow)
    .option('--owner <uid:gid>', 'who owns what is archived (default: who owned the recording)', owner)
    .option('--dry-run', 'say what would be done, and the size before and after')
    .option('-o, --out <folder>', 'where recordings-archive.jsonl goes', 'history');
  withOutput(archive).action((folder: string, o: HistoryOptions) => {
    const { out, jobs, window, bitrate, keep, minAge } = o;
    const places = {
      out,
      ...(o.archive === undefined ? {} : { archive: o.archive }),
      ...(o.owner === undefined ? {} : { owner: o.owner }),
    };
    const when = { minAgeSeconds: minAge * 60, ...(jobs === undefined ? {} : { jobs }), ...(window === undefined ? {} : { window }) };
    const archiving = { ...places, ...when, kbits: keep === true ? null : bitrate, dryRun: o.dryRun === true };
    asked({ command: 'recordings archive', folder, to: o.to, archiving }, o);
  });
}

function addRecordingsServe(recordings: Command, asked: Says): void {
  const serve = recordings
    .command('serve')
    .description('search calls and listen to them in a browser; answer the links of the old box; until it is stopped')
    .argument('<folder>', 'into which calls are recorded: /var/spool/asterisk/monitor, as a rule')
    .requiredOption('--from <address>', TARGET)
    .option('--archive <folder>', 'the archive (default: `archive` beside the folder)')
    .option('--password-file <file>', 'password of the account on the database, in its first line')
    .option('--logins <file>', 'who may listen, as `htpasswd -B` writes it (or one login as name:password in MIGRATE_WEB_LOGIN)')
    .addOption(
      new Option('--listen <host:port>', 'where to answer; other machines come through a server that speaks TLS')
        .argParser(hostAndPort)
        .default(LISTEN, `${LISTEN.host}:${LISTEN.port}`),
    )
    .option('-o, --out <folder>', 'where debug.jsonl goes', 'history');
  withOutput(serve).action((folder: string, o: HistoryOptions) => {
    const { out, listen, archive, passwordFile, logins } = o;
    const files = { ...(passwordFile === undefined ? {} : { passwordFile }), ...(logins === undefined ? {} : { logins }) };
    const serving = { out, listen, ...files, ...(archive === undefined ? {} : { archive }) };
    asked({ command: 'recordings serve', folder, from: o.from, serving }, o);
  });
}

function hostAndPort(text: string): { host: string; port: number } {
  const found = /^(?:\[([0-9a-fA-F:]+)\]|([\w.-]+)):(\d{1,5})$/.exec(text);
  const port = Number(found?.[3]);
  if (found === null || port > 65_535) throw new InvalidArgumentError('Write it as 127.0.0.1:8086.');
  return { host: found[1] ?? found[2] ?? '', port };
}

function bitrate(text: string): number {
  const known = BITRATES.find((kbits) => String(kbits) === text);
  if (known === undefined) throw new InvalidArgumentError(`For the sound of a telephone LAME has ${BITRATES.join(', ')}.`);
  return known;
}

function owner(text: string): { uid: number; gid: number } {
  const found = /^(\d{1,9}):(\d{1,9})$/.exec(text);
  if (found === null) throw new InvalidArgumentError('Write numbers: 995:995 (`id asterisk` tells them).');
  return { uid: Number(found[1]), gid: Number(found[2]) };
}

function nightWindow(text: string): string {
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/.test(text)) throw new InvalidArgumentError('Write it as 01:00-06:00.');
  return text;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is a whole number.');
  return Number(text);
}

function atLeastOne(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It is a whole number above 0.');
  return Number(text);
}
