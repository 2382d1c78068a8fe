import type { Command } from 'commander';

/** The options of every command about what it prints. */
export function withOutput(command: Command): Command {
  return command
    .option('--json', 'one JSON document on stdout')
    .option('--quiet', 'no progress and no summary, only errors')
    .option('--debug', 'write debug.jsonl into the output folder, and a stack trace with an error');
}
