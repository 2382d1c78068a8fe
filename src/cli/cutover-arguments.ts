import type { Command } from 'commander';
import type { Options } from './arguments.ts';
import { withOutput } from './output-option.ts';

export type CutoverAsked = { readonly command: 'package'; readonly build: string; readonly out: string };

type Says = (a: CutoverAsked, o: Options) => void;

const PACKAGE_STEPS = `
On the new machine:
  apt-get install ./pbx-config_VERSION_all.deb
  pbx-config secrets pbx-secrets_VERSION.tar
It is quiet until \`pbx-config live\`: it registers with no carrier, sends no mail, runs no timer, and serves no telephone but those of \`pbx-config pilot\`.`;

/** `migrate package` */
export function addCutover(program: Command, asked: Says): void {
  const command = program.command('package').description('make a build installable: a Debian package, and its secrets beside it');
  command.argument('<build>', 'a folder that render wrote').requiredOption('-o, --out <folder>', 'where both go');
  withOutput(command.addHelpText('after', PACKAGE_STEPS)).action((build: string, o: Options) => {
    asked({ command: 'package', build, out: o.out as string }, o);
  });
}
