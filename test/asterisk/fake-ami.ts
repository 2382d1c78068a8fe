import { createServer, type Server, type Socket } from 'node:net';

type Headers = Record<string, string[]>;

/** A manager interface that says what a test tells it to. Names of headers in lower case. */
export class FakeAmi {
  readonly received: Headers[] = [];
  readonly sockets = new Set<Socket>();
  /** Answers an action; null says nothing. */
  answer: (action: Headers, socket: Socket) => string | null = (a) => reply(a, 'Success');
  login: (action: Headers) => string = (a) => reply(a, 'Success', 'Message: Authentication accepted');
  port = 0;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((socket) => this.#serve(socket));
  }

  static async start(): Promise<FakeAmi> {
    const fake = new FakeAmi();
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    fake.port = (fake.#server.address() as { port: number }).port;
    return fake;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  say(text: string): void {
    for (const socket of this.sockets) socket.write(text.replaceAll('\n', '\r\n'));
  }

  #serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(socket));
    socket.setEncoding('utf8');
    socket.write('Asterisk Call Manager/9.0.0\r\n');
    let buffer = '';
    socket.on('data', (data: string) => {
      buffer += data;
      for (let end = buffer.indexOf('\r\n\r\n'); end >= 0; end = buffer.indexOf('\r\n\r\n')) {
        const action = headersOf(buffer.slice(0, end));
        buffer = buffer.slice(end + 4);
        this.received.push(action);
        const said = action['action']?.[0] === 'login' ? this.login(action) : this.answer(action, socket);
        if (said !== null) socket.write(said.replaceAll('\n', '\r\n'));
      }
    });
  }
}

export function reply(action: Headers, response: string, ...lines: string[]): string {
  return [`Response: ${response}`, `ActionID: ${idOf(action)}`, ...lines, '', ''].join('\n');
}

export function event(action: Headers, name: string, ...lines: string[]): string {
  return [`Event: ${name}`, `ActionID: ${idOf(action)}`, ...lines, '', ''].join('\n');
}

export function idOf(action: Headers): string {
  return action['actionid']?.[0] ?? '';
}

function headersOf(text: string): Headers {
  const headers: Headers = {};
  for (const line of text.split('\r\n')) {
    const at = line.indexOf(':');
    const name = line.slice(0, at).toLowerCase();
    headers[name] = [...(headers[name] ?? []), line.slice(at + 1).replace(/^ /, '')];
  }
  return headers;
}
