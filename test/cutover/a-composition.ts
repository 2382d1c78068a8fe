import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { silentContext } from '../../src/context.ts';
import { packageBuild } from '../../src/cutover/package/package.ts';
import type { Container, TarEntry } from '../../src/engine/container.ts';
import type { ContainerSpec } from '../../src/engine/container-spec.ts';
import type { Run } from '../../src/engine/run.ts';
import { CommandSucceeds } from '../../src/engine/wait.ts';

const service = z.object({
  image: z.string(),
  build: z.string(),
  network_mode: z.string(),
  init: z.boolean(),
  restart: z.string(),
  command: z.array(z.string()),
  volumes: z.array(z.string()),
  secrets: z.array(z.string()).default([]),
  cap_add: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()), interval: z.string() }),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
});

/** compose.yaml, as far as it is used; what else it says of a service has nothing to do with what runs there. */
const compose = z.object({
  services: z.object({ database: z.looseObject(service.shape), pbx: z.looseObject(service.shape) }),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
  volumes: z.record(z.string(), z.object({ name: z.string() })),
});

/** A build, packed; its compose.yaml as read, and the folder in which it lies. */
export interface Composition extends z.output<typeof compose> {
  readonly folder: string;
}

export async function compositionOf(build: string): Promise<Composition> {
  const folder = join(dirname(build), 'package');
  await packageBuild(build, folder, silentContext());
  return { folder, ...compose.parse(parse(await readFile(join(folder, 'compose.yaml'), 'utf8'), { merge: true })) };
}

/** What the image is built of. */
export async function imageFiles({ folder, services }: Composition): Promise<TarEntry[]> {
  const from = join(folder, services.pbx.build);
  return Promise.all((await readdir(from)).map(async (path) => ({ path, content: await readFile(join(from, path)), mode: 0o644 })));
}

/**
 * One service as `docker compose up` starts it, in a network of the lab: the first has it, and the other shares it, as two services of one machine do. Limits of
 * open files are left out: a lab within a container may not raise them.
 */
export async function started(
  run: Run,
  made: Composition,
  name: keyof Composition['services'],
  image: string,
  where: Pick<ContainerSpec, 'network' | 'networkOf'> & { readonly volumes: ReadonlyMap<string, string> },
  more: readonly TarEntry[] = [],
): Promise<Container> {
  const { [name]: said } = made.services;
  const { volumes, ...network } = where;
  const mounts = said.volumes.map((line) => line.split(':') as [string, string]);
  const secrets = said.secrets.map(async (secret) => ({
    path: `run/secrets/${secret}`,
    content: await readFile(join(made.folder, made.secrets[secret]?.file ?? '')),
    mode: 0o600,
  }));
  const container = await run.container({
    role: name,
    image,
    ...network,
    command: said.command,
    volumes: Object.fromEntries(mounts.map(([volume, path]) => [path, volumes.get(volume) ?? ''])),
    netAdmin: said.cap_add.includes('NET_ADMIN'),
    files: [{ path: '/', entries: [...(await Promise.all(secrets)), ...more] }],
  });
  const [, ...asked] = said.healthcheck.test;
  await container.waitFor(new CommandSucceeds(asked));
  return container;
}
