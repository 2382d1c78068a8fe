import { dirname, join, resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { addCutover, type CutoverAsked } from './cutover-arguments.ts';
import { addHistory, type HistoryAsked } from './history-arguments.ts';
import { LAYERS, type Layer, layers } from './layer.ts';
import { type LoadAsked, type Loading, loading, withLoad } from './load-arguments.ts';
import { withOutput } from './output-option.ts';
import { addQuestions, type Question } from './question-arguments.ts';

/** What every command can be asked. */
export interface Manner {
  /** One JSON document on stdout. */
  readonly json: boolean;
  readonly quiet: boolean;
  /** OUT/debug.jsonl, and a stack trace with an error. */
  readonly debug: boolean;
  /** A broken destination ends the run with status 2, other findings that are more than information with 1. */
  readonly strict: boolean;
}

/** How a source is read; what is left out is as the source says itself. */
export interface Reading {
  readonly timeZone?: string;
  /** Folder that stands for its etc/asterisk. */
  readonly etc?: string;
  /** File that stands for its AstDB. */
  readonly astdb?: string;
  /** Folder laid out as the box, for what a dump or a live server lacks. */
  readonly files?: string;
  /** user@host of a machine from which a live server can be reached. */
  readonly via?: string;
  /** File that holds the password of the account on a live server. */
  readonly passwordFile?: string;
  /** What its text is where it is no UTF-8. */
  readonly charset?: string;
  /** How many times as high as usual the limits on archives and dumps are. */
  readonly limits?: number;
  /** Files of the model that were edited by hand are written over. */
  readonly overwrite: boolean;
  /** Nothing is written where a destination leads nowhere. */
  readonly strict: boolean;
}

/** What is checked. */
export interface Checking {
  /** Where it is left out: static and calls, and load where that is asked for. */
  readonly only?: readonly Layer[];
  /** How the load is measured. */
  readonly load?: Loading;
  /** Calls that take longer than a minute are placed as well. */
  readonly patient: boolean;
  /** Of each kind so many objects are called at most. */
  readonly sample?: number;
  /** The same calls are placed into a clone of this old PBX. */
  readonly against?: { readonly source: string; readonly reading: Reading; readonly asked: boolean };
}

/** The command line, read. */
export type Asked = Manner &
  (
    | { readonly command: 'extract'; readonly source: string; readonly out: string; readonly reading: Reading }
    | { readonly command: 'render'; readonly model: string; readonly out: string; readonly live: boolean }
    | { readonly command: 'verify'; readonly build: string; readonly out: string; readonly checking: Checking }
    | {
        readonly command: 'rehearse';
        readonly source: string;
        readonly out: string;
        readonly reading: Reading;
        readonly checking: Checking;
      }
    | HistoryAsked
    | CutoverAsked
  );

/** Nothing is to be done but to print `text`: help that was asked for, or (wrong: true) a command line that makes no sense. */
export interface Answer {
  readonly command: null;
  readonly wrong: boolean;
  readonly text: string;
  /** What to look at next. */
  readonly hint: string;
}

/** Reads the arguments after `migrate`. */
export function readArguments(argv: readonly string[]): Asked | Question | Answer {
  let asked: Asked | Question | null = null;
  const help: string[] = [];
  const program = buildProgram(
    (a) => {
      asked = a;
    },
    (text) => help.push(text),
  );
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return answer(error, help.join(''), program, argv);
  }
  if (asked === null) throw new Error('a command was parsed and did not say what to do');
  return asked;
}

function answer(error: CommanderError, help: string, program: Command, argv: readonly string[]): Answer {
  const command = program.commands.find((c) => argv.includes(c.name()));
  const hint = `See \`migrate ${command === undefined ? '' : `${command.name()} `}--help\`.`;
  if (error.exitCode === 0) return { command: null, wrong: false, text: help, hint };
  // 'commander.help': migrate alone, which commander answers with its help
  const why = error.code === 'commander.help' ? 'no command was given' : error.message.replace(/^error: /, '').replaceAll('\n', ' ');
  return { command: null, wrong: true, text: why, hint };
}

function buildProgram(asked: (a: Asked | Question) => void, say: (text: string) => void): Command {
  const program = new Command('migrate')
    .description('Moves a working PBX off Elastix 2.x to plain Asterisk 22, and proves the result.')
    // before the commands: they inherit it
    .exitOverride()
    .configureOutput({ writeOut: say, writeErr: () => undefined, getOutHelpWidth: () => 100 })
    .addHelpText('after', EXIT_STATUS);
  addQuestions(program, (q, o) => asked({ ...q, ...manner(o) }));
  addExtract(program, asked);
  addRender(program, asked);
  addVerify(program, asked);
  addRehearse(program, asked);
  addCutover(program, (a, o) => asked({ ...a, ...manner(o) }));
  addHistory(program, (a, o) => asked({ ...a, ...manner(o) }), timeZone);
  return program;
}

const EXIT_STATUS = `
Exit status: 0 done and nothing wrong; 1 done and something was found (a failed call; with --strict any finding that
is more than information); 2 bad usage or input (with --strict a broken destination, and nothing is written); 3 the environment lacks something; 130 interrupted.`;
const SOURCE =
  'a dump (.sql, .sql.gz, .bz2, .xz), a backup or collected archive (.tar, .tgz), a box folder, or mysql://user@host:port/asterisk';

function addExtract(program: Command, asked: (a: Asked) => void): void {
  const command = program.command('extract').description('read an Elastix, write the model and the ledger').argument('<source>', SOURCE);
  withManner(withReading(command.requiredOption('-o, --out <folder>', 'the model'))).action((source: string, o: Options) => {
    asked({ command: 'extract', source, out: o.out as string, reading: reading(o), ...manner(o) });
  });
}

function addRender(program: Command, asked: (a: Asked) => void): void {
  const command = program
    .command('render')
    .description('write the configuration of plain Asterisk')
    .argument('<model>', 'a folder that extract wrote');
  command.requiredOption('-o, --out <folder>', 'the build').option('--live', 'for the cutover: it registers with carriers and sends mail');
  withManner(command).action((model: string, o: Options) => {
    asked({ command: 'render', model, out: o.out as string, live: o.live === true, ...manner(o) });
  });
}

function addVerify(program: Command, asked: (a: Asked) => void): void {
  const command = program.command('verify').description('bring a build up in Docker, check it, place its calls, write the report');
  command.argument('<build>', 'a folder that render wrote').option('-o, --out <folder>', 'the report (default: BUILD/../report)');
  command.option('--against <box>', 'place the same calls into a clone of the old box: a folder or archive with its etc/asterisk');
  withManner(withChecking(command)).action((build: string, o: Options) => {
    const out = o.out ?? join(dirname(resolve(build)), 'report');
    const against = typeof o.against === 'string' ? { against: { source: o.against, reading: reading(o), asked: true } } : {};
    asked({ command: 'verify', build, out, checking: { ...checking(o), ...against }, ...manner(o) });
  });
}

function addRehearse(program: Command, asked: (a: Asked) => void): void {
  const command = program
    .command('rehearse')
    .description('the three in one: FOLDER/model, FOLDER/build, FOLDER/report')
    .argument('<source>', SOURCE);
  command
    .requiredOption('-o, --out <folder>', 'where all of it goes')
    .option('--against', 'place the same calls into a clone of the old PBX (done by itself where the source holds its whole etc/asterisk)')
    .option('--no-against', 'do not');
  withManner(withChecking(withReading(command))).action((source: string, o: Options) => {
    const against = o.against === false ? {} : { against: { source, reading: reading(o), asked: o.against === true } };
    asked({
      command: 'rehearse',
      source,
      out: o.out as string,
      reading: reading(o),
      checking: { ...checking(o), ...against },
      ...manner(o),
    });
  });
}

export interface Options extends LoadAsked {
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
  readonly strict?: boolean;
  readonly timeZone?: string;
  readonly etc?: string;
  readonly astdb?: string;
  readonly files?: string;
  readonly via?: string;
  readonly passwordFile?: string;
  readonly charset?: string;
  readonly limits?: number;
  readonly overwrite?: boolean;
  readonly force?: boolean;
  readonly only?: Layer[];
  readonly patient?: boolean;
  readonly sample?: number;
  readonly live?: boolean;
  readonly against?: string | boolean;
}

function withManner(command: Command): Command {
  return withOutput(
    command.option('--strict', 'a broken destination ends the run with status 2, other findings that are more than information with 1'),
  );
}

function withReading(command: Command): Command {
  return command
    .option('--time-zone <zone>', 'zone of the old box, for example Europe/Moscow', timeZone)
    .option('--files <folder>', 'laid out as the box (etc/, var/), for what a dump or a live server lacks')
    .option('--etc <folder>', 'its etc/asterisk, where it lies elsewhere')
    .option('--force', 'write over files of the model that were edited by hand')
    .addOption(new Option('--overwrite', 'as --force').hideHelp())
    .option('--astdb <file>', 'its AstDB, where it lies elsewhere')
    .option('--via <user@host>', 'reach a live server through that machine, by ssh')
    .option('--password-file <file>', 'password of the account on a live server, in its first line')
    .option('--charset <name>', 'what its text is where it is no UTF-8, for example windows-1251', charset)
    .option('--limits <times>', 'how many times as high as usual the limits on archives and dumps are', times);
}

function withChecking(command: Command): Command {
  return withLoad(
    command
      .option('--only <layers>', `of ${LAYERS.join(',')} only these`, layers)
      .option('--patient', 'place the calls that take longer than a minute, too')
      .option('--sample <number>', 'for a quick look: of each kind call so many objects at most, spread over all', many),
  );
}

function manner(o: Options): Manner {
  return { json: o.json === true, quiet: o.quiet === true, debug: o.debug === true, strict: o.strict === true };
}

function reading(o: Options): Reading {
  const { timeZone, etc, astdb, files, via, passwordFile, charset, limits } = o;
  return {
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(etc === undefined ? {} : { etc }),
    ...(astdb === undefined ? {} : { astdb }),
    ...(files === undefined ? {} : { files }),
    ...(via === undefined ? {} : { via }),
    ...(passwordFile === undefined ? {} : { passwordFile }),
    ...(charset === undefined ? {} : { charset }),
    ...(limits === undefined ? {} : { limits }),
    overwrite: o.overwrite === true || o.force === true,
    strict: o.strict === true,
  };
}

function checking(o: Options): Checking {
  const load = loading(o, o.only?.includes('load') === true);
  return {
    ...(o.only === undefined ? {} : { only: o.only }),
    patient: o.patient === true,
    ...(o.sample === undefined ? {} : { sample: o.sample }),
    ...(load === null ? {} : { load }),
  };
}

function charset(text: string): string {
  try {
    return new TextDecoder(text).encoding;
  } catch {
    throw new InvalidArgumentError('It is no charset that is known: windows-1251, koi8-r, iso-8859-7, ...');
  }
}

function many(text: string): number {
  const value = Number(text);
  if (!/^[0-9]+$/.test(text) || value < 1 || value > 10_000) throw new InvalidArgumentError('It is a whole number from 1 to 10000.');
  return value;
}

function times(text: string): number {
  const value = Number(text);
  if (!/^[0-9]+(?:\.[0-9]+)?$/.test(text) || value < 1 || value > 10_000) throw new InvalidArgumentError('It is a number from 1 to 10000.');
  return value;
}

function timeZone(text: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
  } catch {
    throw new InvalidArgumentError('It is no IANA time zone.');
  }
  // Intl takes 'europe/moscow' and '+03:00' as well; Asterisk and systemd look for a file of that name
  if (!/^[A-Z]/.test(text)) throw new InvalidArgumentError('Write it as IANA does: Europe/Moscow.');
  return text;
}
