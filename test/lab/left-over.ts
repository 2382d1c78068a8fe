import { connectEngine } from '../../src/engine/engine.ts';

/** Containers, networks and volumes of the kit that a process of ours owns or owned. */
export async function leftOver(pid: number | undefined): Promise<string[]> {
  const { docker } = await connectEngine();
  const filters = { label: ['migrate.run'] };
  const containers = await docker.listContainers({ all: true, filters });
  const networks = await docker.listNetworks({ filters });
  const { Volumes: volumes } = await docker.listVolumes({ filters });
  const mine = (labels: Record<string, string> | undefined | null): boolean => labels?.['migrate.owner']?.split(':').at(-2) === String(pid);
  return [
    ...containers.filter((c) => mine(c.Labels)).map((c) => c.Names[0] ?? c.Id),
    ...networks.filter((n) => mine(n.Labels)).map((n) => n.Name),
    ...(volumes ?? []).filter((v) => mine(v.Labels)).map((v) => v.Name),
  ];
}
