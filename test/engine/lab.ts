import { afterAll, beforeAll } from 'vitest';
import { type Context, silentContext } from '../../src/context.ts';
import { connectEngine, type Engine } from '../../src/engine/engine.ts';
import { ensureImage } from '../../src/engine/images.ts';
import { Run } from '../../src/engine/run.ts';

/** What the tests of the engine stand on: one run, ended after the last test of the file. */
export interface Lab {
  engine: Engine;
  context: Context;
  run: Run;
  /** An image with socat and bash, and a command that does nothing until it is stopped. */
  idle: { image: string; entrypoint: string[] };
}

export function useLab(): Lab {
  const lab = {} as Lab;
  beforeAll(async () => {
    lab.engine = await connectEngine();
    lab.context = silentContext();
    lab.idle = { image: await ensureImage(lab.engine, 'asterisk', lab.context), entrypoint: ['sleep', 'infinity'] };
    lab.run = await Run.start(lab.engine, lab.context, { longestMs: 600_000 });
  });
  afterAll(() => lab.run?.end());
  return lab;
}

/** How many containers, networks, volumes and images of the run the engine still has. */
export async function countOf(engine: Engine, runId: string): Promise<number> {
  const filters = { label: [`migrate.run=${runId}`] };
  const [containers, networks, volumes, images] = await Promise.all([
    engine.docker.listContainers({ all: true, filters }),
    engine.docker.listNetworks({ filters }),
    engine.docker.listVolumes({ filters }),
    engine.docker.listImages({ filters }),
  ]);
  return containers.length + networks.length + (volumes.Volumes ?? []).length + images.length;
}
