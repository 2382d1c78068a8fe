import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import type { Circumstances } from '../way/beginning.ts';
import { SHOWN } from '../way/shown.ts';
import type { Manner, Options } from './arguments.ts';

/** What is answered at once, without a stage. */
export type Question = Manner &
  (
    | { readonly command: 'collect' }
    | {
        readonly command: 'show';
        readonly model: string;
        readonly kind: string;
        readonly id: string;
        readonly circumstances: Omit<Circumstances, 'time'> & { readonly time?: string; readonly svg?: string };
      }
    | { readonly command: 'diff'; readonly before: string; readonly now: string }
  );

type Bare<T> = T extends unknown ? Omit<T, keyof Manner> : never;
type Says = (question: Bare<Question>, o: Options) => void;

interface ShowOptions extends Options {
  readonly at?: string;
  readonly caller?: string;
  readonly phones: Circumstances['phones'];
  readonly svg?: string;
  readonly model: string;
}

const COLLECT_STEPS = `
  migrate collect > collect.sh          here
  scp collect.sh root@box:              to the old box
  sh collect.sh /root                   there: it says what it will take, asks, and writes /root/migrate-....tar
It only reads, and needs nothing that a CentOS 5 lacks. The tar holds secrets. \`sh collect.sh --help\` has its options.`;
const SHOW_EXAMPLES = `
  migrate show did 74951234567                            at every hour that its way depends on
  migrate show did 74951234567 --at "2026-12-24 23:30"    at that hour of the box
  migrate show number 101 --phones busy                   dialled inside, and everybody is busy
  migrate show ivr 1 --svg menu.svg                       and a picture of it`;
const DIFF_STATUS = `
Exit status 1: calls or objects differ.`;

/** `migrate collect`, `migrate show` and `migrate diff` */
export function addQuestions(program: Command, asked: Says): void {
  const collect = program.command('collect').description('print a shell script for the old box that packs what extract reads');
  withForm(collect.addHelpText('after', COLLECT_STEPS)).action((o: Options) => asked({ command: 'collect' }, o));
  addShow(program, asked);
  const diff = program.command('diff').description('what differs between two models, in terms of callers');
  diff.argument('<before>', 'a model').argument('<now>', 'another').addHelpText('after', DIFF_STATUS);
  withForm(diff).action((before: string, now: string, o: Options) => asked({ command: 'diff', before, now }, o));
}

function addShow(program: Command, asked: Says): void {
  const show = program
    .command('show')
    .description('walk a call through a model, with every key of every menu, and tell what happens')
    .addArgument(new Argument('<kind>', 'what is called').choices(SHOWN))
    .argument('<id>', 'number or id of it')
    .option('--model <folder>', 'a folder that extract wrote', 'model')
    .option('--at <time>', 'local time of the box: "2026-12-24 23:30"', moment)
    .option('--caller <number>', 'who calls: an extension, or a number from outside', callerNumber)
    .addOption(new Option('--phones <what>', 'what telephones and carriers do').choices(['ignore', 'answer', 'busy']).default('ignore'))
    .option('--svg <file>', 'draw it into a file')
    .addHelpText('after', SHOW_EXAMPLES);
  withForm(show).action((kind: string, id: string, o: ShowOptions) => {
    const { at, caller, phones, svg, model } = o;
    const circumstances = {
      phones,
      ...(at === undefined ? {} : { time: at }),
      ...(caller === undefined ? {} : { caller }),
      ...(svg === undefined ? {} : { svg }),
    };
    asked({ command: 'show', model, kind, id, circumstances }, o);
  });
}

function withForm(command: Command): Command {
  return command.option('--json', 'one JSON document on stdout').option('--debug', 'a stack trace with an error');
}

function moment(text: string): string {
  const [, date, hour] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)$/.exec(text.trim()) ?? [];
  if (date === undefined || hour === undefined || !isTime(`${date}T${hour}`))
    throw new InvalidArgumentError('Write it as "2026-12-24 23:30".');
  return `${date} ${hour}`;
}

/** The 31st of February is none. */
function isTime(text: string): boolean {
  const ms = Date.parse(`${text}Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

function callerNumber(text: string): string {
  if (!/^\+?[0-9*#]+$/.test(text)) throw new InvalidArgumentError('It is a number.');
  return text;
}
