import type Docker from 'dockerode';
import type { Context } from '../context.ts';
import { ignoring } from './docker-container.ts';
import { type Engine, reason, refusal } from './engine.ts';
import { isDead, LABEL_OWNER, LABEL_RUN, LABEL_UNTIL, parseOwner } from './owner.ts';

type Labels = Readonly<Record<string, string>>;

/** Removes what killed runs of this host left and what is past its time; another live run is left alone. */
export async function sweep(engine: Engine, context: Context): Promise<void> {
  try {
    const removed = await removeLabelled(engine, LABEL_RUN, (labels) => isLeftover(labels, Date.now()));
    if (removed > 0) context.log('info', `removed ${removed} leftovers of earlier runs`);
  } catch (error) {
    // Somebody is at it at the same time, or has put something of his own into a network of ours.
    context.log('info', `leftovers of earlier runs stay: ${reason(error)}`);
  }
}

/** @param now milliseconds since 1970 */
export function isLeftover(labels: Labels, now: number): boolean {
  if (labels[LABEL_RUN] === undefined) return false;
  const until = Date.parse(labels[LABEL_UNTIL] ?? '');
  if (!Number.isNaN(until) && until < now) return true;
  const owner = parseOwner(labels[LABEL_OWNER] ?? '');
  return owner !== null && isDead(owner);
}

/**
 * Removes containers (killed at once), then networks, volumes and images.
 * @param label `name` or `name=value`
 * @returns how many there were
 */
export async function removeLabelled(engine: Engine, label: string, isMeant: (labels: Labels) => boolean): Promise<number> {
  const { docker } = engine;
  const filters = { label: [label] };
  const containers = (await docker.listContainers({ all: true, filters })).filter((c) => isMeant(c.Labels));
  await Promise.all(containers.map((c) => removeContainer(docker.getContainer(c.Id))));
  const networks = (await docker.listNetworks({ filters })).filter((n) => isMeant(n.Labels ?? {}));
  await Promise.all(networks.map((n) => ignoring([404], docker.getNetwork(n.Id).remove())));
  const volumes = ((await docker.listVolumes({ filters })).Volumes ?? []).filter((v) => isMeant(v.Labels ?? {}));
  await Promise.all(volumes.map((v) => ignoring([404], docker.getVolume(v.Name).remove())));
  const images = (await docker.listImages({ filters })).filter((i) => isMeant(i.Labels ?? {}));
  await Promise.all(images.map((i) => ignoring([404, 409], docker.getImage(i.Id).remove({ force: true }))));
  return containers.length + networks.length + volumes.length + images.length;
}

/** Killed and removed; back only when it is gone, even where somebody else removes it at the same time (409). */
async function removeContainer(container: Docker.Container): Promise<void> {
  try {
    await container.remove({ force: true, v: true });
  } catch (error) {
    if (refusal(error) === 409) await ignoring([404], container.wait({ condition: 'removed' }));
    else if (refusal(error) !== 404) throw error;
  }
}
