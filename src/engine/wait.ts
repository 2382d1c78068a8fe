import type { Container, WaitCondition } from './container.ts';

const DEFAULT_TIMEOUT_MS = 60_000;

/** Something inside the container listens on the TCP port. Asks with bash, which every Debian image has. */
export class PortAnswers implements WaitCondition {
  readonly name: string;
  readonly timeoutMs: number;
  readonly #port: number;

  constructor(port: number, timeoutMs: number = DEFAULT_TIMEOUT_MS) {
    this.name = `port ${port} answers`;
    this.timeoutMs = timeoutMs;
    this.#port = port;
  }

  async holds(c: Container): Promise<boolean> {
    return (await c.exec(['bash', '-c', 'exec 3<>/dev/tcp/127.0.0.1/"$0"', String(this.#port)])).code === 0;
  }
}

/** The program ends with status 0: `asterisk -rx 'core waitfullybooted'`, for one. */
export class CommandSucceeds implements WaitCondition {
  readonly name: string;
  readonly timeoutMs: number;
  readonly #argv: readonly string[];

  constructor(argv: readonly string[], timeoutMs: number = DEFAULT_TIMEOUT_MS) {
    this.name = `\`${argv.join(' ')}\` succeeds`;
    this.timeoutMs = timeoutMs;
    this.#argv = argv;
  }

  async holds(c: Container): Promise<boolean> {
    return (await c.exec([...this.#argv])).code === 0;
  }
}

/** The container has printed something that the pattern matches. */
export class LogSays implements WaitCondition {
  readonly name: string;
  readonly timeoutMs: number;
  readonly #pattern: RegExp;

  constructor(pattern: RegExp, timeoutMs: number = DEFAULT_TIMEOUT_MS) {
    this.name = `the log says ${pattern}`;
    this.timeoutMs = timeoutMs;
    this.#pattern = pattern;
  }

  async holds(c: Container): Promise<boolean> {
    return (await c.logs()).search(this.#pattern) >= 0;
  }
}

/** Asterisk has loaded all its modules and takes calls. */
export function asteriskIsUp(timeoutMs?: number): WaitCondition {
  return new CommandSucceeds(['asterisk', '-rx', 'core waitfullybooted'], timeoutMs);
}

/** MariaDB answers a query on its socket; the init file is done by then, since the server listens only afterwards. */
export function mariadbIsUp(timeoutMs?: number): WaitCondition {
  return new CommandSucceeds(['mariadb', '--no-defaults', '--socket=/run/mysqld/mysqld.sock', '-e', 'SELECT 1'], timeoutMs);
}
