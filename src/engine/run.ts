import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type Docker from 'dockerode';
import type { Context } from '../context.ts';
import { Interrupted, MigrateError, throwIfAborted } from '../error.ts';
import type { Container, TarEntry } from './container.ts';
import { type ContainerSpec, createOptions } from './container-spec.ts';
import { DockerContainer } from './docker-container.ts';
import { type Engine, reason, refusal } from './engine.ts';
import { putFiles } from './files.ts';
import { buildImage } from './images.ts';
import { interruptible } from './interrupt.ts';
import { createNetwork, type Network } from './network.ts';
import { LABEL_OWNER, LABEL_ROLE, LABEL_RUN, LABEL_UNTIL, ownerLabel, thisOwner } from './owner.ts';
import { removeLabelled, sweep } from './sweep.ts';

const ID_BYTES = 4;

/**
 * All that one run has in the engine, labelled, and gone when the run ends, is interrupted, or has outlived its time.
 *
 *     const run = await Run.start(engine, context, { longestMs: 600_000 });
 *     try {
 *       const pbx = await run.container({ role: 'pbx', image: await ensureImage(engine, 'asterisk', context), network: await run.network() });
 *       await pbx.waitFor(asteriskIsUp());
 *     } finally {
 *       await run.end();
 *     }
 */
export class Run {
  readonly id: string;
  /** All containers of the run have ended by then. */
  readonly until: Date;
  readonly #engine: Engine;
  readonly #context: Context;
  readonly #making = new Set<Promise<unknown>>();
  readonly #containers: DockerContainer[] = [];
  readonly #names = new Set<string>();
  #network: Promise<Network> | null = null;
  #ended: Promise<void> | null = null;

  private constructor(engine: Engine, context: Context, longestMs: number) {
    this.id = randomBytes(ID_BYTES).toString('hex');
    this.until = new Date(Date.now() + longestMs);
    this.#engine = engine;
    this.#context = context;
  }

  /**
   * Sweeps what earlier runs left, and begins one that lasts `longestMs` at most.
   * @throws Interrupted
   */
  static async start(engine: Engine, context: Context, o: { longestMs: number }): Promise<Run> {
    throwIfAborted(context.signal);
    setMaxListeners(0, context.signal);
    const run = new Run(engine, context, o.longestMs);
    context.signal.addEventListener('abort', run.#onAbort, { once: true });
    await interruptible(context.signal, sweep(engine, context));
    return run;
  }

  readonly #onAbort = (): void => {
    this.end().catch((error: unknown) => this.#context.log('info', `run ${this.id} left something in the engine: ${reason(error)}`));
  };

  /** The run's one private network, made at the first call. */
  network(): Promise<Network> {
    this.#network ??= this.#make(() => createNetwork(this.#engine, `migrate-${this.id}`, this.#labels({})));
    return this.#network;
  }

  /** An image that only this run has, of a Dockerfile that stands on ARG BASE; gives its tag. */
  image(name: string, o: { readonly base: string; readonly files: readonly TarEntry[] }): Promise<string> {
    return this.#make(async () => {
      const tag = `migrate-${this.id}/${name}`;
      await buildImage(this.#engine, { tag, ...o, labels: this.#labels({}) }, this.#context);
      return tag;
    });
  }

  /** A volume of the run; gives the name for ContainerSpec.volumes. */
  volume(name: string): Promise<string> {
    return this.#make(async () => {
      const full = `migrate-${this.id}-${name}`;
      await this.#engine.docker.createVolume({ Name: full, Labels: this.#labels({}) });
      return full;
    });
  }

  /**
   * A started container with its files in place. What runs inside may need a while: waitFor() tells.
   * @throws MigrateError E_ENGINE; Interrupted
   */
  container(spec: ContainerSpec): Promise<Container> {
    const name = this.#nameFor(spec.role);
    return this.#make(async () => {
      try {
        return await this.#startContainer(spec, name);
      } catch (cause) {
        if (refusal(cause) === null) throw cause;
        const hint = 'Where the image is missing, `make setup` builds it.';
        throw new MigrateError({
          code: 'E_ENGINE',
          where: name,
          why: `the engine starts no container: ${reason(cause)}`,
          hint,
          exit: 3,
          cause,
        });
      }
    });
  }

  /** Removes everything of the run, running or not. May be called at any time and any number of times. */
  end(): Promise<void> {
    this.#ended ??= this.#removeAll();
    return this.#ended;
  }

  async #startContainer(spec: ContainerSpec, name: string): Promise<DockerContainer> {
    const { docker } = this.#engine;
    const { Config } = await docker.getImage(spec.image).inspect();
    const made = await docker.createContainer(
      createOptions(spec, {
        name,
        labels: this.#labels({ [LABEL_ROLE]: spec.role }),
        entrypoint: asList(Config.Entrypoint),
        command: asList(Config.Cmd),
        lifeSeconds: Math.max(1, Math.ceil((this.until.getTime() - Date.now()) / 1000)),
      }),
    );
    for (const { path, entries } of spec.files ?? []) {
      this.#throwIfEnded();
      await putFiles(made, path, entries);
    }
    this.#throwIfEnded();
    await made.start();
    const ip = await this.#addressOf(made, spec);
    const container = new DockerContainer({ engine: this.#engine, docker: made, name, ip, signal: this.#context.signal });
    this.#containers.push(container);
    return container;
  }

  async #addressOf(made: Docker.Container, spec: ContainerSpec): Promise<string> {
    if (spec.networkOf !== undefined) return spec.networkOf.ip;
    if (spec.network === undefined) return '';
    const { NetworkSettings } = await made.inspect();
    return NetworkSettings.Networks[spec.network.name]?.IPAddress ?? '';
  }

  #nameFor(role: string): string {
    let name = `migrate-${this.id}-${role}`;
    for (let n = 2; this.#names.has(name); n++) name = `migrate-${this.id}-${role}-${n}`;
    this.#names.add(name);
    return name;
  }

  #labels(more: Record<string, string>): Record<string, string> {
    return { [LABEL_RUN]: this.id, [LABEL_OWNER]: ownerLabel(thisOwner()), [LABEL_UNTIL]: this.until.toISOString(), ...more };
  }

  /** The end waits for what is being made, so that nothing appears behind its back. */
  async #make<T>(work: () => Promise<T>): Promise<T> {
    this.#throwIfEnded();
    const making = work();
    this.#making.add(making);
    const settled = (): void => void this.#making.delete(making);
    making.then(settled, settled);
    const made = await interruptible(this.#context.signal, making);
    this.#throwIfEnded();
    return made;
  }

  #throwIfEnded(): void {
    throwIfAborted(this.#context.signal);
    if (this.#ended !== null) throw new Interrupted();
  }

  async #removeAll(): Promise<void> {
    this.#context.signal.removeEventListener('abort', this.#onAbort);
    for (const container of this.#containers) container.closeForwards();
    const remove = (): Promise<number> => removeLabelled(this.#engine, `${LABEL_RUN}=${this.id}`, () => true);
    if (this.#making.size > 0) {
      // What is being filled or started ends at once when its container is gone; what is created only now goes afterwards.
      await remove().catch(() => undefined);
      await Promise.allSettled([...this.#making]);
    }
    await remove();
    for (const container of this.#containers) container.closeForwards();
  }
}

function asList(value: string | string[] | null | undefined): string[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
