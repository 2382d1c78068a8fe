import { isIPv4 } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { Options } from './arguments.ts';
import { withOutput } from './output-option.ts';

export type CutoverAsked =
  | { readonly command: 'package'; readonly build: string; readonly out: string }
  | { readonly command: 'cutover plan'; readonly build: string; readonly report: string; readonly out: string }
  | { readonly command: 'doctor'; readonly build: string; readonly machine: string }
  | { readonly command: 'cutover'; readonly phase: Phase; readonly build: string; readonly moving: Moving };

export type Phase = 'freeze' | 'sync' | 'go' | 'back' | 'pilot';

/** How a phase of a cutover is done. */
export interface Moving {
  /** local, user@host, docker:NAME */
  readonly old: string;
  readonly new: string;
  readonly dryRun: boolean;
  readonly consent: string | null;
  readonly despite: string | null;
  readonly report: string;
  /** Call records: the old server and the new one. */
  readonly records: { readonly from: string; readonly to: string; readonly via?: string } | null;
  readonly recordings: boolean;
  readonly address: { readonly cidr: string; readonly oldInterface: string; readonly newInterface: string } | null;
  readonly stopOld?: string;
  readonly startOld?: string;
  readonly pilots: readonly string[];
  /** Addresses by which the two PBXs reach each other while pilots are tried. */
  readonly between: { readonly old: string; readonly new: string } | null;
}

interface CutoverOptions extends Options {
  readonly report?: string;
}

interface PhaseOptions extends CutoverOptions {
  readonly old?: string;
  readonly new: string;
  readonly dryRun?: boolean;
  readonly consent?: string;
  readonly despite?: string;
  readonly recordsFrom?: string;
  readonly recordsTo?: string;
  readonly recordings?: boolean;
  readonly address?: string;
  readonly oldInterface: string;
  readonly newInterface: string;
  readonly stopOld?: string;
  readonly startOld?: string;
  readonly between?: { readonly old: string; readonly new: string };
}

type Says = (a: CutoverAsked, o: Options) => void;

const PACKAGE_STEPS = `
On the new machine:
  apt-get install ./pbx-config_VERSION_all.deb
  pbx-config secrets pbx-secrets_VERSION.tar
It is quiet until \`pbx-config live\`: it registers with no carrier, sends no mail, runs no timer, and serves no telephone but those of \`pbx-config pilot\`.`;

const PHASES: Readonly<Record<Exclude<Phase, 'pilot'>, string>> = {
  freeze: 'close the web pages of the old PBX, so that what was verified stays what it is; calls go on',
  sync: 'copy what is new on the old PBX: call records, forwards, voicemail, recordings; as often as you like',
  go: 'the night: copy the rest, stop the old PBX, take over telephones and address, go live',
  back: 'the way back: the new PBX is quiet, the old one starts; what came meanwhile is kept',
};
const PHASE_NOTES = `
Machines are reached as root by ssh with its own configuration (root@pbx.example.com), here (local), or in a container (docker:NAME).
What changes the old machine wants --consent with the words that the error tells. Passwords of call records: MIGRATE_MYSQL_PASSWORD (old), MIGRATE_TARGET_PASSWORD (new).
A phase that was broken off goes on where it was, given once more. BUILD/.cutover/journal.jsonl has a line for all that was done.`;

/** `migrate package`, `migrate cutover ...` and `migrate doctor` */
export function addCutover(program: Command, asked: Says): void {
  addPackage(program, asked);
  const cutover = program.command('cutover').description('from the old PBX to the new one, and back');
  addPlan(cutover, asked);
  for (const [phase, says] of Object.entries(PHASES) as [Exclude<Phase, 'pilot'>, string][]) addPhase(cutover, phase, says, asked);
  addPilot(cutover, asked);
  addDoctor(program, asked);
}

function addPackage(program: Command, asked: Says): void {
  const command = program.command('package').description('make a build installable: a Debian package, and its secrets beside it');
  command.argument('<build>', 'a folder that render wrote').requiredOption('-o, --out <folder>', 'where both go');
  withOutput(command.addHelpText('after', PACKAGE_STEPS)).action((build: string, o: Options) => {
    asked({ command: 'package', build, out: o.out as string }, o);
  });
}

/** What lies beside a build as `rehearse` lays it out. */
const beside = (build: string, name: string): string => join(dirname(resolve(build)), name);

function addPlan(cutover: Command, asked: Says): void {
  const command = cutover
    .command('plan')
    .description('write CUTOVER.md and cutover.json: what moves, who must be told what, and in which order');
  command.argument('<build>', 'a folder that render wrote');
  command.option('--report <folder>', 'what verify wrote of it (default: BUILD/../report)');
  command.option('-o, --out <folder>', 'where both go (default: BUILD/../cutover)');
  withOutput(command).action((build: string, o: CutoverOptions) => {
    const [report, out] = [o.report ?? beside(build, 'report'), o.out ?? beside(build, 'cutover')];
    asked({ command: 'cutover plan', build, report, out }, o);
  });
}

function addPhase(cutover: Command, phase: Exclude<Phase, 'pilot'>, says: string, asked: Says): void {
  const command = cutover.command(phase).description(says).argument('<build>', 'the build that is installed on the new machine');
  command.requiredOption('--old <machine>', 'the old machine').requiredOption('--new <machine>', 'the new machine');
  command.option('--dry-run', 'print the commands, and do nothing').option('--consent <words>', 'that the old machine may be changed');
  if (phase === 'sync' || phase === 'go') {
    command.option('--records-from <mysql>', 'call records of the old PBX: mysql://user@host/asteriskcdrdb');
    command.option('--records-to <mysql>', 'those of the new one').option('--recordings', 'recordings, too');
    command.option('--via <user@host>', 'reach the old database through that machine, by ssh');
  }
  if (phase === 'go') {
    command.option('--report <folder>', 'what verify wrote of the build (default: BUILD/../report)');
    command.option('--despite <reason>', 'go live though the last verification is not green');
  }
  if (phase === 'go' || phase === 'back') {
    command.option('--address <cidr>', 'address that moves: 192.168.1.5/24; reach the machines by another one', cidr);
    command.option('--old-interface <name>', 'interface of the old machine that has it', networkInterface, 'eth0');
    command.option('--new-interface <name>', 'and of the new one', networkInterface, 'eth0');
    command.option('--stop-old <script>', 'how the old PBX stops, where not by amportal or its init script');
    command.option('--start-old <script>', 'and starts');
  }
  withOutput(command.addHelpText('after', PHASE_NOTES)).action((build: string, o: PhaseOptions) => {
    asked({ command: 'cutover', phase, build, moving: moving(build, o, []) }, o);
  });
}

function addPilot(cutover: Command, asked: Says): void {
  const command = cutover.command('pilot').description('serve some telephones by the new PBX while the old one serves the rest');
  command
    .argument('<build>', 'the build that is installed on the new machine')
    .argument('[names...]', 'their names; none: nobody is served');
  command.requiredOption('--new <machine>', 'the new machine').option('--dry-run', 'print the commands, and do nothing');
  command.option('--old <machine>', 'the old machine, where pilots and the rest shall reach each other');
  command.option('--between <old,new>', 'addresses by which the two PBXs reach each other: 192.168.1.5,192.168.1.6', twoAddresses);
  command.option('--consent <words>', 'that the old machine may be changed');
  withOutput(command.addHelpText('after', PHASE_NOTES)).action((build: string, pilots: string[], o: PhaseOptions) => {
    asked({ command: 'cutover', phase: 'pilot', build, moving: moving(build, o, pilots) }, o);
  });
}

function addDoctor(program: Command, asked: Says): void {
  const command = program
    .command('doctor')
    .description('look at the running PBX and say how it does: telephones, carriers, records, clock, disc, drift from the build');
  command
    .argument('<build>', 'the build that is installed there')
    .option('--new <machine>', 'the machine: local, user@host, docker:NAME', 'local');
  withOutput(command.addHelpText('after', '\nIt only reads. Exit status 1: something is wrong.')).action(
    (build: string, o: PhaseOptions) => {
      asked({ command: 'doctor', build, machine: o.new }, o);
    },
  );
}

function moving(build: string, o: PhaseOptions, pilots: readonly string[]): Moving {
  const { recordsFrom: from, recordsTo: to, via, address } = o;
  return {
    old: o.old ?? 'local',
    new: o.new,
    dryRun: o.dryRun === true,
    consent: o.consent ?? null,
    despite: o.despite ?? null,
    report: o.report ?? beside(build, 'report'),
    records: from === undefined || to === undefined ? null : { from, to, ...(via === undefined ? {} : { via }) },
    recordings: o.recordings === true,
    address: address === undefined ? null : { cidr: address, oldInterface: o.oldInterface, newInterface: o.newInterface },
    ...(o.stopOld === undefined ? {} : { stopOld: o.stopOld }),
    ...(o.startOld === undefined ? {} : { startOld: o.startOld }),
    pilots,
    between: o.between ?? null,
  };
}

function cidr(text: string): string {
  if (!/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(text)) throw new InvalidArgumentError('Write it as 192.168.1.5/24.');
  return text;
}

function twoAddresses(text: string): { old: string; new: string } {
  const [old = '', now = '', ...more] = text.split(',');
  if (!isIPv4(old) || !isIPv4(now) || more.length > 0) throw new InvalidArgumentError('Write both: 192.168.1.5,192.168.1.6');
  return { old, new: now };
}

function networkInterface(text: string): string {
  if (!/^[\w.:-]+$/.test(text)) throw new InvalidArgumentError('It is no name of an interface.');
  return text;
}
