#!/usr/bin/env node
import { open, StrayError } from './door.ts';
import { stages } from './stages.ts';

const INTERRUPTED = 130;
const controller = new AbortController();
const argv = process.argv.slice(2);

// Ctrl-C and kill: the stages clean up and end. Whoever asks twice does not want to wait.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    if (!argv.includes('--quiet')) process.stderr.write('interrupted: cleaning up (once more to leave at once)\n');
    controller.abort();
  });
}

// Node would end with 1, which says that the work was done; and containers would stay.
process.on('uncaughtException', (error) => {
  if (!controller.signal.aborted) controller.abort(new StrayError(error));
});

// `migrate ... | head`: the reader has gone, and the work and its clean-up go on
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && !controller.signal.aborted) controller.abort(new StrayError(error));
  });
}

const { MIGRATE_MYSQL_PASSWORD, MIGRATE_TARGET_PASSWORD, MIGRATE_WEB_LOGIN } = process.env;
const passwords = [MIGRATE_MYSQL_PASSWORD, MIGRATE_TARGET_PASSWORD, MIGRATE_WEB_LOGIN?.replace(/^[^:]*:/, '')];
const status = await open(argv, {
  stages,
  signal: controller.signal,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  terminal: process.stderr.isTTY === true && process.env['CI'] === undefined,
  secrets: passwords.filter((password) => password !== undefined),
});

// A stage may have left a socket open, so the process does not wait for an empty loop: but what was written must be out.
await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))));
// a result that could not be written (a full disk) is no result
process.exit(controller.signal.reason instanceof StrayError && status < 2 ? 3 : status);
