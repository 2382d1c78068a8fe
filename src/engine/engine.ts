import Docker from 'dockerode';
import { MigrateError } from '../error.ts';

/** A Docker engine that answered. */
export interface Engine {
  readonly docker: Docker;
  /** The engine runs on this machine, so container addresses may be reachable from here. */
  readonly isLocal: boolean;
}

const PING_TIMEOUT_MS = 5_000;

/**
 * The engine that DOCKER_HOST names (unix:// or tcp://), or the one behind the local socket. Only an answered ping
 * counts: a `docker` program proves nothing.
 * @throws MigrateError E_NO_ENGINE, exit 3
 */
export async function connectEngine(): Promise<Engine> {
  const host = process.env['DOCKER_HOST'] ?? '';
  try {
    const docker = new Docker();
    // The types know of no option; dockerode does.
    const ping = docker.ping.bind(docker) as (o: { abortSignal: AbortSignal }) => Promise<unknown>;
    await ping({ abortSignal: AbortSignal.timeout(PING_TIMEOUT_MS) });
    return { docker, isLocal: isLocalHost(host) };
  } catch (cause) {
    throw new MigrateError({
      code: 'E_NO_ENGINE',
      where: host === '' ? 'the local Docker socket' : 'DOCKER_HOST',
      why: `no Docker engine answers (${reason(cause)})`,
      hint:
        host === ''
          ? 'Run `make setup`, or set DOCKER_HOST to an engine elsewhere.'
          : 'Start that engine, or unset DOCKER_HOST and run `make setup`.',
      exit: 3,
      cause,
    });
  }
}

/** How many CPUs the engine's machine has. */
export async function cpuCount({ docker }: Engine): Promise<number> {
  const { NCPU } = (await docker.info()) as { NCPU?: number };
  return NCPU ?? 1;
}

/** True for an empty DOCKER_HOST, a socket, and a TCP address of this machine. */
export function isLocalHost(dockerHost: string): boolean {
  if (dockerHost === '' || dockerHost.startsWith('unix://')) return true;
  return /^(tcp:\/\/)?(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/.test(dockerHost);
}

/** One line for a person from whatever the engine's client threw. */
export function reason(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null) {
    const json = (thrown as { json?: { message?: unknown } }).json;
    if (typeof json?.message === 'string') return json.message.trim();
    const { code, message } = thrown as { code?: unknown; message?: unknown };
    if (typeof message === 'string' && message !== '') return message.trim();
    if (typeof code === 'string') return code;
  }
  return String(thrown);
}

/** The HTTP status of the engine's refusal; null where the engine did not answer at all. */
export function refusal(thrown: unknown): number | null {
  const status = (thrown as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : null;
}
