import type Docker from 'dockerode';
import type { Container, TarEntry } from './container.ts';
import type { Network } from './network.ts';

/** A container as the lab asks for it. Ports are never published: forward() reaches them. */
export interface ContainerSpec {
  /** What it plays: 'pbx', 'world', 'db', ... Several may play one role. */
  readonly role: string;
  /** A tag, as ensureImage gives it. */
  readonly image: string;
  /** The run's network; without it the container has none at all. */
  readonly network?: Network;
  /** Instead of a network: that of another container, as programs of one machine share it. */
  readonly networkOf?: Container;
  /** A fixed address: one of network.address(n). */
  readonly ip?: string;
  /** Names by which other containers of the network find it; the role is always one. */
  readonly aliases?: readonly string[];
  /** Arguments of the image's entrypoint. Never a secret. */
  readonly command?: readonly string[];
  /** Instead of the image's entrypoint. */
  readonly entrypoint?: readonly string[];
  /** Never a secret. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Path to mount options: `{ '/var/lib/mysql': 'size=2g' }`. */
  readonly tmpfs?: Readonly<Record<string, string>>;
  /** Path to the name that run.volume() gave. */
  readonly volumes?: Readonly<Record<string, string>>;
  /** May add addresses to its interface. */
  readonly netAdmin?: boolean;
  /** Its root may read the kernel's counters of programs that gave their rights up. */
  readonly sysPtrace?: boolean;
  /** What runs inside is not trusted: it has no rights of the kernel, gains none, starts few processes, and has half a CPU for all of them. */
  readonly confined?: boolean;
  /** Put in before the start. Never below a tmpfs or a volume. */
  readonly files?: readonly { readonly path: string; readonly entries: readonly TarEntry[] }[];
  readonly memoryMiB?: number;
  /** Limit of open files: an Asterisk needs 16 a call with Local channels. */
  readonly openFiles?: number;
  readonly hostname?: string;
  /** CPUs as the kernel lists them: '0' or '1-3'. */
  readonly cpus?: string;
}

const LOG_SIZE = '20m';
const MOST_PROCESSES = 32;
/** In billionths. */
const HALF_A_CPU = 500_000_000;
const MIB = 1024 * 1024;

/**
 * The engine's own terms for a spec. The program runs under `timeout`, which passes SIGTERM on: so `docker stop` is an
 * orderly stop, and the container ends by itself when its time is over, whoever has died meanwhile.
 * @param entrypoint the image's own
 */
export function createOptions(
  spec: ContainerSpec,
  o: { name: string; labels: Record<string, string>; entrypoint: readonly string[]; command: readonly string[]; lifeSeconds: number },
): Docker.ContainerCreateOptions {
  const program = [...(spec.entrypoint ?? o.entrypoint), ...(spec.command ?? (spec.entrypoint ? [] : o.command))];
  return {
    name: o.name,
    Image: spec.image,
    Labels: o.labels,
    ...(spec.networkOf === undefined ? { Hostname: spec.hostname ?? spec.role } : {}),
    Entrypoint: ['timeout', '-k', '10', String(o.lifeSeconds)],
    Cmd: program,
    Env: Object.entries(spec.environment ?? {}).map(([key, value]) => `${key}=${value}`),
    HostConfig: hostConfig(spec),
    ...(spec.network === undefined ? {} : { NetworkingConfig: { EndpointsConfig: { [spec.network.name]: endpoint(spec) } } }),
  };
}

function hostConfig(spec: ContainerSpec): Docker.HostConfig {
  const memory = (spec.memoryMiB ?? 0) * MIB;
  return {
    Init: true,
    ...network(spec),
    LogConfig: { Type: 'json-file', Config: { 'max-size': LOG_SIZE, 'max-file': '2' } },
    RestartPolicy: { Name: 'no' },
    CapAdd: [...(spec.netAdmin === true ? ['NET_ADMIN'] : []), ...(spec.sysPtrace === true ? ['SYS_PTRACE'] : [])],
    ...(spec.confined === true
      ? { CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges'], PidsLimit: MOST_PROCESSES, NanoCpus: HALF_A_CPU }
      : {}),
    Tmpfs: { ...spec.tmpfs },
    Mounts: Object.entries(spec.volumes ?? {}).map(([path, name]) => ({ Type: 'volume', Source: name, Target: path })),
    ...(memory === 0 ? {} : { Memory: memory, MemorySwap: memory }),
    ...(spec.openFiles === undefined ? {} : { Ulimits: [{ Name: 'nofile', Soft: spec.openFiles, Hard: spec.openFiles }] }),
    ...(spec.cpus === undefined ? {} : { CpusetCpus: spec.cpus }),
  };
}

function network(spec: ContainerSpec): Docker.HostConfig {
  if (spec.networkOf !== undefined) return { NetworkMode: `container:${spec.networkOf.id}` };
  // An unknown name took 20 s with the usual five seconds and two attempts.
  return { NetworkMode: spec.network?.name ?? 'none', DnsOptions: ['timeout:1', 'attempts:1'] };
}

function endpoint(spec: ContainerSpec): Docker.EndpointSettings {
  return {
    Aliases: [spec.role, ...(spec.aliases ?? [])],
    ...(spec.ip === undefined ? {} : { IPAMConfig: { IPv4Address: spec.ip } }),
  } as Docker.EndpointSettings;
}
