import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type Docker from 'dockerode';
import { frames } from './demux.ts';
import { startExec } from './exec.ts';

export type ForwardTarget = { port: number } | { socket: string };

const PROBE_MS = 300;
/** After one side has said its last word, the other has this long for its own. */
const HALF_CLOSED_SECONDS = 30;

/** A port on 127.0.0.1 that leads into a container, until closed. */
export class Forward {
  readonly port: number;
  readonly #server: Server;
  readonly #open: Set<Duplex>;

  private constructor(server: Server, open: Set<Duplex>) {
    this.#server = server;
    this.#open = open;
    this.port = (server.address() as AddressInfo).port;
  }

  /** @param join carries one connection until both sides are closed; what it opens, it hands to `opened`. */
  static async listen(join: (client: Socket, opened: (stream: Duplex) => void) => Promise<void>): Promise<Forward> {
    const open = new Set<Duplex>();
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
      const mine: Duplex[] = [];
      const opened = (stream: Duplex): void => {
        mine.push(stream);
        open.add(stream);
        stream.on('error', () => undefined);
        stream.once('close', () => open.delete(stream));
      };
      opened(client);
      // A broken connection is seen by the client as just that.
      join(client, opened).catch(() => {
        for (const stream of mine) stream.destroy();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Forward(server, open);
  }

  close(): void {
    this.#server.close();
    for (const stream of this.#open) stream.destroy();
  }
}

/** Straight to the container's address. */
export function direct(ip: string, port: number): (client: Socket, opened: (stream: Duplex) => void) => Promise<void> {
  return async (client, opened) => {
    const inside = connect({ host: ip, port, allowHalfOpen: true, noDelay: true });
    opened(inside);
    await Promise.all([pipeline(client, inside), pipeline(inside, client)]);
  };
}

/** Through an exec of socat inside the container, one a connection. */
export function tunnel(
  container: Docker.Container,
  to: ForwardTarget,
): (client: Socket, opened: (stream: Duplex) => void) => Promise<void> {
  const address = 'port' in to ? `TCP:127.0.0.1:${to.port}` : `UNIX-CONNECT:${to.socket}`;
  return async (client, opened) => {
    const { stream } = await startExec(container, ['socat', '-t', String(HALF_CLOSED_SECONDS), '-', address], { stdin: true });
    opened(stream);
    await Promise.all([pipeline(client, stream), pipeline(stdout(stream), client)]);
    stream.destroy();
  };
}

async function* stdout(stream: Duplex): AsyncGenerator<Buffer> {
  for await (const frame of frames(stream)) if (frame.channel === 1) yield frame.bytes;
}

/** True where the address answers at all: a refused connection does, since the port may open later. */
export async function isReachable(ip: string, port: number): Promise<boolean> {
  if (ip === '') return false;
  const socket = connect({ host: ip, port });
  const probe = new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
    socket.setTimeout(PROBE_MS, () => resolve(false));
  });
  const reachable = await probe;
  socket.destroy();
  return reachable;
}
