import { randomBytes } from 'node:crypto';
import Manager from 'asterisk-manager';
import { Interrupted, type MigrateError } from '../error.ts';
import { loginRefused, loss, noConnection, refused, timedOut } from './ami-error.ts';
import { type AmiEvent, type AmiFields, fromLibrary, toLibrary } from './ami-packet.ts';
import { type Originate, type OriginateResult, originateFields, originateResult } from './originate.ts';

export type { AmiEvent, AmiFields } from './ami-packet.ts';
export type { Originate, OriginateResult } from './originate.ts';

/**
 * The manager interface of one Asterisk. `asterisk-manager` is used for the socket and for parsing only: one instance a connection, thrown away when it is lost.
 * All that it does wrong (ASTERISK.md, section 9) is kept from the caller here: nothing is subscribed but its `rawevent`, which comes once a packet.
 */
export interface Ami {
  /** One action, one reply. @throws MigrateError E_AMI_REFUSED, E_AMI_VALUE, E_AMI_TIMEOUT, E_AMI_LOST. */
  action(fields: AmiFields, o?: { timeoutMs?: number }): Promise<AmiEvent>;
  /** The events of a list action, without the closing one. Some lists answer Error when empty ("No endpoints found"): E_AMI_REFUSED. `timeoutMs` between two events. */
  list(fields: AmiFields, o?: { timeoutMs?: number }): Promise<AmiEvent[]>;
  /** What a CLI command prints, without colours. @throws MigrateError E_AMI_REFUSED with the output when the command is unknown or failed. */
  command(cli: string, o?: { timeoutMs?: number }): Promise<string>;
  /** Places a call and waits for its outcome; a call that fails is a result, not an error. */
  originate(o: Originate): Promise<OriginateResult>;
  /** Each event once, by name in any case, or all with '*'. Returns what ends it. An error thrown by the handler is not caught. */
  on(event: string, handler: (event: AmiEvent) => void): () => void;
  /** Settles when the connection is lost; never after close(). */
  readonly lost: Promise<MigrateError>;
  /** Ends the connection; what is pending fails with E_AMI_LOST. */
  close(): Promise<void>;
}

export interface AmiAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly secret: string;
  /** Ends the connection; pending actions fail with Interrupted. */
  readonly signal?: AbortSignal;
  /** For the login and for each action that gives none of its own. Default 10,000. */
  readonly timeoutMs?: number;
}

/**
 * Connects and logs in.
 * @throws MigrateError E_AMI_CONNECT (nothing listens), E_AMI_LOGIN (refused), E_AMI_TIMEOUT, E_AMI_LOST; Interrupted.
 */
export async function connectAmi(address: AmiAddress): Promise<Ami> {
  const connection = new Connection(address);
  try {
    await connection.open();
  } catch (error) {
    connection.destroy();
    throw error;
  }
  return connection;
}

interface Pending {
  take(packet: AmiEvent): void;
  fail(error: Error): void;
}

type State = 'connecting' | 'login' | 'open' | 'closed';

class Connection implements Ami {
  readonly lost: Promise<MigrateError>;
  private readonly address: AmiAddress;
  private readonly where: string;
  private readonly timeoutMs: number;
  private readonly manager: ReturnType<typeof Manager>;
  private readonly socket = new AbortController();
  private readonly pending = new Map<string, Pending>();
  private readonly handlers = new Map<string, Set<(event: AmiEvent) => void>>();
  private readonly idPrefix = `m${randomBytes(6).toString('hex')}-`;
  private readonly closed: Promise<void>;
  private nextId = 0;
  private state: State = 'connecting';
  private lastError: Error | null = null;
  private tellLost: (error: MigrateError) => void = () => undefined;
  private tellClosed: () => void = () => undefined;
  private failOpening: (error: Error) => void = () => undefined;

  constructor(address: AmiAddress) {
    this.address = address;
    this.where = `AMI ${address.host}:${address.port}`;
    this.timeoutMs = address.timeoutMs ?? 10_000;
    this.lost = new Promise((resolve) => {
      this.tellLost = resolve;
    });
    this.closed = new Promise((resolve) => {
      this.tellClosed = resolve;
    });
    checkCredentials(address, this.where);
    this.manager = Manager(undefined, undefined, address.user, address.secret);
    this.manager.on('rawevent', (packet) => this.take(fromLibrary(packet)));
    this.manager.on('error', (error) => {
      this.lastError = error;
    });
    this.manager.on('close', () => this.onClose());
  }

  async open(): Promise<void> {
    const { signal } = this.address;
    if (signal?.aborted) throw new Interrupted();
    signal?.addEventListener('abort', this.onAbort, { once: true });
    const timer = setTimeout(() => this.failOpening(timedOut(`${this.where}, login`, this.timeoutMs)), this.timeoutMs);
    try {
      await new Promise<void>((resolve, reject) => {
        this.failOpening = reject;
        // The socket is the library's own: an AbortSignal is the one way to end it in every state.
        this.manager.connect({ host: this.address.host, port: this.address.port, signal: this.socket.signal }, undefined, () => {
          this.state = 'login';
          this.manager.login((refusal) =>
            refusal === undefined ? resolve() : reject(loginRefused(`${this.where}, user ${this.address.user}`, fromLibrary(refusal))),
          );
        });
      });
      this.state = 'open';
    } finally {
      clearTimeout(timer);
    }
  }

  async action(fields: AmiFields, o: { timeoutMs?: number } = {}): Promise<AmiEvent> {
    const name = actionName(fields);
    return this.send(name, fields, o.timeoutMs, (packet, done) => {
      if (packet['event'] === undefined) done.resolve(packet);
    });
  }

  async list(fields: AmiFields, o: { timeoutMs?: number } = {}): Promise<AmiEvent[]> {
    const events: AmiEvent[] = [];
    return this.send<AmiEvent[]>(actionName(fields), fields, o.timeoutMs, (packet, done) => {
      const event = packet['event'];
      if (event === undefined) return;
      // 1.4 to 1.8 do not put EventList into every closing event, but all of them are named so.
      if (packet['eventlist']?.toLowerCase() === 'complete' || /Complete$/i.test(event)) done.resolve(events);
      else events.push(packet);
    });
  }

  async command(cli: string, o: { timeoutMs?: number } = {}): Promise<string> {
    const reply = await this.action({ Action: 'Command', Command: cli }, o);
    return withoutColours(reply['output'] ?? '');
  }

  async originate(o: Originate): Promise<OriginateResult> {
    const { fields, longestMs } = originateFields(o);
    const packet = await this.send<AmiEvent>('Originate', fields, longestMs + this.timeoutMs, (p, done) => {
      if (p['event']?.toLowerCase() === 'originateresponse') done.resolve(p);
    });
    return originateResult(packet);
  }

  on(event: string, handler: (event: AmiEvent) => void): () => void {
    const name = event.toLowerCase();
    const set = this.handlers.get(name) ?? new Set();
    // A function of its own, so that one handler subscribed twice is called twice and ended one by one.
    const own = (e: AmiEvent): void => handler(e);
    set.add(own);
    this.handlers.set(name, set);
    return () => {
      set.delete(own);
    };
  }

  async close(): Promise<void> {
    if (this.state === 'closed') return this.closed;
    this.end(loss(this.where, 'the connection was closed here'));
    this.manager.disconnect();
    const timer = setTimeout(() => this.socket.abort(), 500);
    await this.closed;
    clearTimeout(timer);
  }

  /** Ends the socket at once. */
  destroy(): void {
    this.end(loss(this.where, 'the connection was not made'));
    this.socket.abort();
  }

  private send<T>(
    action: string,
    fields: AmiFields,
    timeoutMs = this.timeoutMs,
    take: (packet: AmiEvent, done: { resolve(value: T): void }) => void,
  ): Promise<T> {
    if (this.state !== 'open') return Promise.reject(loss(this.where, 'the connection is closed'));
    const id = this.idPrefix + this.nextId++;
    const message = toLibrary(fields, id);
    return new Promise<T>((resolve, reject) => {
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        this.pending.delete(id);
        this.manager.removeAllListeners(id);
        settle();
      };
      const timer = setTimeout(() => end(() => reject(timedOut(`${this.where}, action ${action}`, timeoutMs))), timeoutMs);
      this.pending.set(id, {
        fail: (error) => end(() => reject(error)),
        take: (packet) => {
          timer.refresh();
          const refusal = refusalOf(packet);
          if (refusal !== null) return end(() => reject(refused(`${this.where}, action ${action}`, refusal)));
          take(packet, { resolve: (value) => end(() => resolve(value)) });
        },
      });
      this.manager.action(message, () => undefined);
    });
  }

  private take(packet: AmiEvent): void {
    const event = packet['event'];
    const id = packet['actionid'];
    if (id !== undefined) this.pending.get(id)?.take(packet);
    if (event === undefined) return;
    for (const name of [event.toLowerCase(), '*']) {
      for (const handler of [...(this.handlers.get(name) ?? [])]) callApart(handler, packet);
    }
  }

  private readonly onAbort = (): void => {
    this.failOpening(new Interrupted());
    this.end(new Interrupted());
    this.socket.abort();
  };

  private onClose(): void {
    const why = this.lastError === null ? 'Asterisk closed the connection' : textOf(this.lastError);
    const error = this.state === 'connecting' ? noConnection(this.where, why) : loss(this.where, why);
    this.failOpening(error);
    if (this.state === 'open') this.tellLost(error);
    this.end(error);
    this.tellClosed();
  }

  private end(error: Error): void {
    this.state = 'closed';
    this.address.signal?.removeEventListener('abort', this.onAbort);
    for (const pending of [...this.pending.values()]) pending.fail(error);
  }
}

function actionName(fields: AmiFields): string {
  return (
    Object.entries(fields)
      .find(([name]) => name.toLowerCase() === 'action')?.[1]
      .toString() ?? '(none)'
  );
}

/** The library writes user and secret unchecked. */
function checkCredentials(address: AmiAddress, where: string): void {
  toLibrary({ Username: address.user, Secret: address.secret }, where);
}

/** Node says nothing but a code where several addresses of a name refused. */
function textOf(error: Error & { code?: string }): string {
  return error.message === '' ? (error.code ?? error.name) : error.message;
}

/** An event may hold a `Response` of its own (OriginateResponse): only a reply can refuse. */
function refusalOf(packet: AmiEvent): string | null {
  if (packet['event'] !== undefined || packet['response']?.toLowerCase() !== 'error') return null;
  return withoutColours(packet['output'] ?? packet['message'] ?? 'refused without a message');
}

function withoutColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ESC begins a colour
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}

/** A handler that throws must not stop the library in the middle of its buffer: what it throws comes up on its own. */
function callApart(handler: (event: AmiEvent) => void, packet: AmiEvent): void {
  try {
    handler(packet);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
