#!/usr/bin/env node
// Stands in for ssh in a test: forwards one port as `-L 127.0.0.1:PORT:HOST:PORT` says, and writes down how it was called and that it ended.
import { appendFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';

const argv = process.argv.slice(2);
const log = process.env.STAND_IN_LOG;
appendFileSync(log, `${JSON.stringify(argv)}\n`);
if (argv.at(-1) === 'root@refuses') {
  process.stderr.write('Permission denied (publickey).\n');
  process.exit(255);
}
const [, near, host, far] = argv[argv.indexOf('-L') + 1].split(':');
createServer((socket) => {
  const other = connect(Number(far), host);
  socket.pipe(other).pipe(socket);
  for (const one of [socket, other]) one.on('error', () => undefined);
}).listen(Number(near), '127.0.0.1');
process.on('SIGTERM', () => {
  appendFileSync(log, '"ended"\n');
  process.exit(0);
});
