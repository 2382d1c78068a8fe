import type { Facts } from '../box/facts.ts';
import { isLoopback, readServicesOn, readSockets, type Socket } from './fact-lines.ts';

/** What runs on the old machine, from the collector's facts. */
export interface Machine {
  /** Listening for others than the machine itself. */
  readonly open: readonly Socket[];
  /** Who is connected from elsewhere. */
  readonly connected: readonly (Socket & { readonly peer: { readonly address: string; readonly port: number } })[];
  /** Names of programs that run. */
  readonly running: ReadonlySet<string>;
  /** Services that start with the machine. */
  readonly on: ReadonlySet<string>;
}

export function machineOf(facts: Facts): Machine {
  const processes = (facts.get('processes') ?? '').split('\n').flatMap((line) => line.trim().split(/\s+/)[1] ?? []);
  return {
    open: readSockets(facts.get('sockets') ?? '').filter((s) => !isLoopback(s.address)),
    connected: readSockets(facts.get('connections') ?? '').flatMap((s) =>
      s.peer === null || isLoopback(s.peer.address) || s.peer.address === s.address ? [] : [{ ...s, peer: s.peer }],
    ),
    running: new Set(processes),
    on: readServicesOn(facts.get('services') ?? ''),
  };
}
