import type { Readable } from 'node:stream';

/** One file or folder of a tar stream. Paths are relative to where it is put. */
export interface TarEntry {
  readonly path: string;
  /** Bytes; null for a folder. */
  readonly content: Uint8Array | null;
  /** Permission bits, for example 0o640. */
  readonly mode: number;
}

/** Something to wait for, by name: see wait.ts. */
export interface WaitCondition {
  readonly name: string;
  /** True once it holds. Asked again until then, or until the condition's own time is over. */
  holds(c: Container): Promise<boolean>;
  readonly timeoutMs: number;
}

/** What a container has used since its start, and uses now. */
export interface Usage {
  readonly cpuSeconds: number;
  /** Without what the kernel holds of files and gives back when it is needed. */
  readonly memoryMiB: number;
}

/** A container of this run. Files go in and out as tar streams, never as bind mounts, so that a remote engine does as well. */
export interface Container {
  readonly id: string;
  readonly name: string;
  /** Address on the run's network. */
  readonly ip: string;
  /** Runs a program; `stdin` is written and closed. Secrets go through stdin or files, never through argv. */
  exec(argv: string[], o?: { stdin?: Uint8Array | Readable; user?: string }): Promise<{ code: number; out: string; err: string }>;
  /** Never into a tmpfs or a mount: the engine says yes and the file is invisible. */
  put(path: string, entries: TarEntry[]): Promise<void>;
  get(path: string): AsyncIterable<TarEntry>;
  /** A port on 127.0.0.1 that leads into the container: direct where it is reachable, else a tunnel through exec. */
  forward(to: { port: number } | { socket: string }): Promise<{ port: number }>;
  waitFor(condition: WaitCondition): Promise<void>;
  /** By the engine's own counters, on cgroup v1 and v2 alike. */
  usage(): Promise<Usage>;
  /** What it printed so far, stdout and stderr. */
  logs(): Promise<string>;
  /** SIGTERM, then removed with its anonymous volumes. */
  remove(): Promise<void>;
}
