import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { Interrupted, MigrateError } from '../error.ts';
import type { Container, TarEntry, Usage, WaitCondition } from './container.ts';
import { frames } from './demux.ts';
import { type Engine, reason, refusal } from './engine.ts';
import { finishExec, startExec } from './exec.ts';
import { getFiles, putFiles } from './files.ts';
import { direct, Forward, type ForwardTarget, isReachable, tunnel } from './forward.ts';
import { interruptible, pause } from './interrupt.ts';

/** SIGTERM lets Asterisk write its batch of call records; this is how long it may take. */
const STOP_SECONDS = 15;
const LAST_LINES = 20;
const POLL_FIRST_MS = 50;
const POLL_LONGEST_MS = 500;

/** A running container of a run; every wait ends with Interrupted when the run's signal is raised. */
export class DockerContainer implements Container {
  readonly id: string;
  readonly name: string;
  readonly ip: string;
  readonly #docker: Docker.Container;
  readonly #engine: Engine;
  readonly #signal: AbortSignal;
  readonly #forwards: Forward[] = [];

  constructor(o: { engine: Engine; docker: Docker.Container; name: string; ip: string; signal: AbortSignal }) {
    this.id = o.docker.id;
    this.name = o.name;
    this.ip = o.ip;
    this.#docker = o.docker;
    this.#engine = o.engine;
    this.#signal = o.signal;
  }

  async exec(
    argv: string[],
    o: { stdin?: Uint8Array | Readable; user?: string } = {},
  ): Promise<{ code: number; out: string; err: string }> {
    const options = { stdin: o.stdin !== undefined, ...(o.user === undefined ? {} : { user: o.user }) };
    const running = await this.#asked(`run ${argv[0]}`, startExec(this.#docker, argv, options));
    return this.#asked(`run ${argv[0]}`, finishExec(running, o.stdin, this.#signal), () => running.stream.destroy());
  }

  async put(path: string, entries: TarEntry[]): Promise<void> {
    await this.#asked(`put files into ${path}`, putFiles(this.#docker, path, entries));
  }

  async *get(path: string): AsyncGenerator<TarEntry> {
    for await (const entry of getFiles(this.#docker, path)) {
      if (this.#signal.aborted) throw new Interrupted();
      yield entry;
    }
  }

  async forward(to: ForwardTarget): Promise<{ port: number }> {
    const forced = process.env['MIGRATE_FORWARD'] === 'tunnel';
    // The address of a container of a remote engine may well be somebody else's here.
    const straight = 'port' in to && !forced && this.#engine.isLocal && (await isReachable(this.ip, to.port));
    const forward = await Forward.listen(straight ? direct(this.ip, to.port) : tunnel(this.#docker, to));
    this.#forwards.push(forward);
    return { port: forward.port };
  }

  async waitFor(condition: WaitCondition): Promise<void> {
    const until = Date.now() + condition.timeoutMs;
    for (let wait = POLL_FIRST_MS; ; wait = Math.min(wait * 2, POLL_LONGEST_MS)) {
      if (await this.#holds(condition)) return;
      if (Date.now() > until)
        throw await this.#failure('E_WAIT_TIMEOUT', `after ${condition.timeoutMs / 1000} s still not: ${condition.name}`);
      await pause(this.#signal, wait);
    }
  }

  async #holds(condition: WaitCondition): Promise<boolean> {
    let thrown: unknown = null;
    try {
      if (await condition.holds(this)) return true;
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      thrown = error;
    }
    const state = await this.#asked('look after it', this.#docker.inspect());
    if (!state.State.Running) {
      throw await this.#failure('E_CONTAINER_DIED', `the container ended with status ${state.State.ExitCode} before: ${condition.name}`);
    }
    if (thrown !== null) throw thrown;
    return false;
  }

  async usage(): Promise<Usage> {
    // one-shot: without it the engine waits a second for a second look; its types know of no such option
    const options = { stream: false, 'one-shot': true } as unknown as { stream: false };
    const { cpu_stats, memory_stats } = await this.#asked('tell what it uses', this.#docker.stats(options));
    const { usage = 0, stats } = memory_stats;
    // `total_rss` on v1, `anon` on v2: files that were written, and the kernel's own notes of them, are given back where somebody needs the room
    const { total_rss, anon } = (stats ?? {}) as { total_rss?: number; anon?: number };
    return {
      cpuSeconds: cpu_stats.cpu_usage.total_usage / 1e9,
      memoryMiB: (total_rss ?? anon ?? usage) / 2 ** 20,
    };
  }

  async logs(): Promise<string> {
    const raw = await this.#asked('read its log', this.#docker.logs({ stdout: true, stderr: true, follow: false }));
    const parts: Buffer[] = [];
    for await (const frame of frames([raw] as unknown as AsyncIterable<Buffer>)) parts.push(frame.bytes);
    return Buffer.concat(parts).toString('utf8');
  }

  async remove(): Promise<void> {
    this.closeForwards();
    await ignoring([304, 404, 409], this.#docker.stop({ t: STOP_SECONDS }));
    await ignoring([404, 409], this.#docker.remove({ v: true, force: true }));
  }

  /** Ends all connections into the container; the ports are free again. */
  closeForwards(): void {
    for (const forward of this.#forwards.splice(0)) forward.close();
  }

  async #failure(code: 'E_WAIT_TIMEOUT' | 'E_CONTAINER_DIED', what: string): Promise<MigrateError> {
    const said = await this.logs().catch(() => '');
    const last = said.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
    return new MigrateError({
      code,
      where: this.name,
      why: last === '' ? `${what}; it printed nothing` : `${what}; it printed last:\n${last}`,
      hint: 'The last lines above say why, as a rule.',
      exit: 3,
    });
  }

  async #asked<T>(what: string, work: Promise<T>, release?: () => void): Promise<T> {
    try {
      return await interruptible(this.#signal, work, release);
    } catch (error) {
      if (refusal(error) === null) throw error;
      const hint = 'Look whether the container still runs: `docker ps -a`.';
      throw new MigrateError({
        code: 'E_ENGINE',
        where: this.name,
        why: `the engine would not ${what}: ${reason(error)}`,
        hint,
        exit: 3,
        cause: error,
      });
    }
  }
}

/** Waits for an engine call and takes the named refusals for success. */
export async function ignoring(statuses: readonly number[], work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const status = refusal(error);
    if (status === null || !statuses.includes(status)) throw error;
  }
}
