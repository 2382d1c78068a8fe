import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Interrupted, MigrateError } from '../error.ts';

/** A way to a server that only the old box itself can reach, as a port of this machine. */
export interface Tunnel {
  readonly port: number;
  close(): Promise<void>;
}

const POLL_MS = 100;
/** A person may have to type a password. */
const LONGEST_MS = 120_000;

/**
 * A tunnel by the system's own ssh, with its own configuration, keys and known hosts. It asks for what it needs on the terminal: no secret
 * passes through here, and none stands in its arguments.
 * @param via user@host, as ssh takes it. @param to where the server answers, as the old box sees it
 * @throws MigrateError E_TUNNEL, E_NO_PROGRAM (exit 3); Interrupted
 */
export async function openTunnel(via: string, to: { readonly host: string; readonly port: number }, signal: AbortSignal): Promise<Tunnel> {
  if (!/^(?:[^\s@-][^\s@]*@)?[^\s@-][^\s@]*$/.test(via)) {
    throw new MigrateError({
      code: 'E_TUNNEL',
      where: via,
      why: 'it names no account and host for ssh',
      hint: 'Write it as root@pbx.example.com, or as a host of ~/.ssh/config.',
    });
  }
  const port = await freePort();
  const forward = `127.0.0.1:${port}:${to.host}:${to.port}`;
  const ssh = spawn('ssh', ['-N', '-T', '-o', 'ExitOnForwardFailure=yes', '-o', 'ServerAliveInterval=15', '-L', forward, '--', via], {
    stdio: ['inherit', 'ignore', 'pipe'],
  });
  const tunnel = new Ssh(ssh, via);
  try {
    await tunnel.waitFor(port, signal);
    return { port, close: () => tunnel.end() };
  } catch (error) {
    await tunnel.end();
    throw error;
  }
}

/** The running program: what it said, and whether it still runs. */
class Ssh {
  readonly #child: ChildProcess;
  readonly #via: string;
  readonly #killAtExit = (): void => void this.#child.kill();
  #said = '';
  #failed: NodeJS.ErrnoException | null = null;
  #ended = false;

  constructor(child: ChildProcess, via: string) {
    this.#child = child;
    this.#via = via;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-500);
    });
    child.once('error', (error) => {
      this.#failed = error;
      this.#ended = true;
    });
    child.once('close', () => {
      this.#ended = true;
    });
    process.once('exit', this.#killAtExit);
  }

  async waitFor(port: number, signal: AbortSignal): Promise<void> {
    for (const until = Date.now() + LONGEST_MS; Date.now() < until; ) {
      if (signal.aborted) throw new Interrupted();
      if (this.#ended) throw this.#told();
      if (await answers(port)) return;
      await pause(POLL_MS);
    }
    throw this.#told();
  }

  async end(): Promise<void> {
    process.removeListener('exit', this.#killAtExit);
    if (this.#ended) return;
    const closed = once(this.#child, 'close');
    this.#child.kill();
    await closed;
  }

  #told(): MigrateError {
    if (this.#failed?.code === 'ENOENT') {
      return new MigrateError({
        code: 'E_NO_PROGRAM',
        where: 'ssh',
        why: 'ssh is not here',
        hint: 'Install it: apt-get install openssh-client.',
        exit: 3,
        cause: this.#failed,
      });
    }
    return new MigrateError({
      code: 'E_TUNNEL',
      where: this.#via,
      why: `ssh gives no tunnel: ${this.#said.trim().split('\n').at(-1) || 'it does not answer in time'}`,
      hint: `Try \`ssh ${this.#via} true\` by hand. A CentOS 5 needs in ~/.ssh/config: HostKeyAlgorithms +ssh-rsa, PubkeyAcceptedAlgorithms +ssh-rsa, KexAlgorithms +diffie-hellman-group14-sha1.`,
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (yes: boolean): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
}
