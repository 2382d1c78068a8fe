import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { Interrupted, MigrateError } from '../../error.ts';

/** What a script came to. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The old or the new machine, on which scripts of sh are run as root. */
export interface Machine {
  /** As it was named: 'local', 'root@pbx.example.com', 'docker:pbx'. */
  readonly name: string;
  /** The line that a person would type for the script. */
  typed(script: string): string;
  /** Runs it; `stdin` is written and closed. What fails has another code than 0: nothing is thrown. @throws MigrateError E_MACHINE, E_NO_PROGRAM (exit 3); Interrupted */
  run(script: string, o?: { readonly stdin?: string }): Promise<Ran>;
  /** What `from` prints here is the stdin of `into` there, however much it is. @throws as run(), and E_MACHINE where either fails */
  pour(from: string, there: Machine, into: string): Promise<void>;
}

/**
 * By which name a machine is reached: `local`, `docker:NAME` for a container, anything else is for the system's own ssh, with its own configuration and keys.
 * No secret passes through here: scripts stand in argument lists.
 * @throws MigrateError E_MACHINE for what names none
 */
export function machineNamed(name: string, signal: AbortSignal): Machine {
  if (name === 'local') return new Shell(name, ['sh', '-c'], (script) => script, signal);
  const container = /^docker:([\w.-]+)$/.exec(name)?.[1];
  if (container !== undefined) return new Shell(name, ['docker', 'exec', '-i', container, 'sh', '-c'], (script) => script, signal);
  if (/^(?:[^\s@-][^\s@]*@)?[^\s@:-][^\s@:]*$/.test(name)) {
    // a connection that hangs must not hold up a cutover
    const options = ['-o', 'ConnectTimeout=10', '-o', 'ServerAliveInterval=5', '-o', 'BatchMode=yes'];
    return new Shell(name, ['ssh', ...options, '--', name], (script) => `sh -c ${quoted(script)}`, signal);
  }
  throw new MigrateError({
    code: 'E_MACHINE',
    where: name,
    why: 'it names no machine',
    hint: 'Write local, root@pbx.example.com (or a host of ~/.ssh/config), or docker:NAME.',
  });
}

/** A word for sh, whatever it holds. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

class Shell implements Machine {
  readonly name: string;
  readonly #argv: readonly string[];
  readonly #wrapped: (script: string) => string;
  readonly #signal: AbortSignal;

  constructor(name: string, argv: readonly string[], wrapped: (script: string) => string, signal: AbortSignal) {
    this.name = name;
    this.#argv = argv;
    this.#wrapped = wrapped;
    this.#signal = signal;
  }

  typed(script: string): string {
    const { [0]: program = '', ...rest } = this.#argv;
    return [program, ...Object.values(rest), quoted(this.#wrapped(script))].join(' ');
  }

  start(script: string): ChildProcess {
    const [program = '', ...rest] = this.#argv;
    return spawn(program, [...rest, this.#wrapped(script)], { stdio: ['pipe', 'pipe', 'pipe'] });
  }

  async run(script: string, { stdin = '' }: { readonly stdin?: string } = {}): Promise<Ran> {
    const child = this.start(script);
    // a program may end without reading it; its status says whether that was right
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(stdin);
    return this.#ended(child, true);
  }

  async pour(from: string, there: Machine, into: string): Promise<void> {
    if (!(there instanceof Shell)) throw new Error('a machine of another make');
    const [giving, taking] = [this.start(from), there.start(into)];
    giving.stdin?.end();
    if (giving.stdout === null || taking.stdin === null) throw new Error('no pipes');
    const poured = pipeline(giving.stdout, taking.stdin).catch(() => undefined);
    const [gave, took] = await Promise.all([this.#ended(giving, false), there.#ended(taking, true), poured]);
    for (const [machine, script, { code, err }] of [
      [this, from, gave],
      [there, into, took],
    ] as const)
      if (code !== 0) throw failed(machine, script, err);
  }

  async #ended(child: ChildProcess, reads: boolean): Promise<Ran> {
    const said = { out: '', err: '' };
    if (reads)
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        said.out += text;
      });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said.err = (said.err + text).slice(-4000);
    });
    const end = (): void => void child.kill();
    this.#signal.addEventListener('abort', end, { once: true });
    try {
      const [code] = (await once(child, 'close')) as [number | null];
      if (this.#signal.aborted) throw new Interrupted();
      return { code: code ?? 255, ...said };
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
      const [program = ''] = this.#argv;
      throw new MigrateError({
        code: 'E_NO_PROGRAM',
        where: program,
        why: `${program} is not here`,
        hint: `Install it, or name ${this.name} in another way.`,
        exit: 3,
        cause,
      });
    } finally {
      this.#signal.removeEventListener('abort', end);
    }
  }
}

/** What a machine said to a script that had to succeed. */
export function failed(machine: Machine, script: string, said: string): MigrateError {
  const last = said.trim().split('\n').slice(-3).join('; ') || 'it says nothing';
  return new MigrateError({
    code: 'E_MACHINE',
    where: machine.name,
    why: `\`${script.length > 200 ? `${script.slice(0, 200)}...` : script}\` failed: ${last}`,
    hint: 'See to it on that machine, then give the same command again: what is done is not done twice.',
  });
}

/** What a script that must succeed printed. @throws MigrateError E_MACHINE */
export async function said(machine: Machine, script: string, stdin?: string): Promise<string> {
  const { code, out, err } = await machine.run(script, stdin === undefined ? {} : { stdin });
  if (code !== 0) throw failed(machine, script, err === '' ? out : err);
  return out;
}
