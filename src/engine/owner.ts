import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export const LABEL_RUN = 'migrate.run';
export const LABEL_OWNER = 'migrate.owner';
export const LABEL_UNTIL = 'migrate.until';
export const LABEL_ROLE = 'migrate.role';

/** The process that a run belongs to. `start` tells it from a later process of the same number. */
export interface Owner {
  /** Host name and process namespace: a container that shares the host's name does not see the host's processes. */
  readonly host: string;
  readonly pid: number;
  /** Clock ticks after boot, from /proc/PID/stat; '0' where there is no /proc. */
  readonly start: string;
}

export function thisOwner(): Owner {
  return { host: thisHost(), pid: process.pid, start: startOf(process.pid) ?? '0' };
}

/** As the label says it: `<host>:<pid>:<start>`. */
export function ownerLabel(owner: Owner): string {
  return `${owner.host}:${owner.pid}:${owner.start}`;
}

/** @returns null for what is no owner label. */
export function parseOwner(label: string): Owner | null {
  const match = /^(.+):(\d+):(\d+)$/.exec(label);
  if (match === null) return null;
  return { host: match[1] ?? '', pid: Number(match[2]), start: match[3] ?? '' };
}

/** True for an owner of this host whose process is gone, or has given its number to another. Of other hosts nothing is known. */
export function isDead(owner: Owner): boolean {
  return owner.host === thisHost() && !isRunning(owner);
}

function isRunning({ pid, start }: Owner): boolean {
  const found = startOf(pid);
  if (found !== null) return found === start;
  if (startOf(process.pid) !== null) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function thisHost(): string {
  try {
    return `${hostname()}/${readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')}`;
  } catch {
    return hostname();
  }
}

function startOf(pid: number): string | null {
  try {
    return startField(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return null;
  }
}

/** The 22nd field of /proc/PID/stat; the second one, the program's name, may hold blanks and brackets (proc(5)). */
export function startField(stat: string): string | null {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}
