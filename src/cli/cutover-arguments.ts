import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Options } from './arguments.ts';
import { withOutput } from './output-option.ts';

export type CutoverAsked =
  | { readonly command: 'package'; readonly build: string; readonly out: string }
  | { readonly command: 'cutover plan'; readonly build: string; readonly report: string; readonly out: string };

interface CutoverOptions extends Options {
  readonly report?: string;
}

type Says = (a: CutoverAsked, o: Options) => void;

const PACKAGE_STEPS = `
On the new machine:
  apt-get install ./pbx-config_VERSION_all.deb
  pbx-config secrets pbx-secrets_VERSION.tar
It is quiet until \`pbx-config live\`: it registers with no carrier, sends no mail, runs no timer, and serves no telephone but those of \`pbx-config pilot\`.`;

/** `migrate package` and `migrate cutover plan` */
export function addCutover(program: Command, asked: Says): void {
  addPackage(program, asked);
  const cutover = program.command('cutover').description('from the old PBX to the new one, and back');
  addPlan(cutover, asked);
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
