import { setTimeout as pause } from 'node:timers/promises';
import type { Container } from '../../engine/container.ts';

/** Counters at one moment. null: it could not be read. */
export interface Counters {
  /** Of the PBX and all that it starts. */
  readonly pbxCpuSeconds: number;
  /** Of Asterisk alone. */
  readonly asteriskCpuSeconds: number | null;
  readonly pbxMemoryMiB: number;
  readonly databaseCpuSeconds: number;
  readonly worldCpuSeconds: number;
  readonly threads: number | null;
  readonly writes: number | null;
  readonly statements: number | null;
  readonly fsyncs: number | null;
}

/** What a call cost, by the counters before and after a storm. */
export interface Costs {
  /** Of the PBX and all that it starts, a call. */
  readonly cpuMsPerCall: number;
  /** Of it, of programs that the dialplan starts (System, AGI). That Asterisk copies itself to start one comes on top, and stands with its own. */
  readonly programsCpuMsPerCall: number | null;
  readonly databaseCpuMsPerCall: number;
  /** Of the PBX's CPU, so much is taken at this rate, without end. */
  readonly cpuPercent: number;
  /** Of the far side. */
  readonly worldCpuMsPerCall: number;
  readonly memoryMiB: number;
  readonly threads: number | null;
  readonly writesPerCall: number | null;
  readonly statementsPerCall: number | null;
  readonly fsyncsPerCall: number | null;
}

export interface Measured {
  readonly pbx: Container;
  readonly world: Container;
  readonly database: Container | null;
}

export async function countersOf({ pbx, world, database }: Measured): Promise<Counters> {
  const [p, w, d, process, status] = await Promise.all([
    pbx.usage(),
    world.usage(),
    database?.usage() ?? null,
    processOf(pbx),
    database === null ? new Map<string, number>() : statusOf(database),
  ]);
  return {
    pbxCpuSeconds: p.cpuSeconds,
    pbxMemoryMiB: p.memoryMiB,
    worldCpuSeconds: w.cpuSeconds,
    databaseCpuSeconds: d?.cpuSeconds ?? 0,
    ...process,
    statements: status.get('Questions') ?? null,
    fsyncs: sumOf(status, ['Innodb_data_fsyncs', 'Innodb_os_log_fsyncs']),
  };
}

/** @param o.rate calls a second while they were placed; @param o.idleCpuSeconds what the PBX would have taken meanwhile without them */
export function costsOf(
  before: Counters,
  after: Counters,
  o: { readonly calls: number; readonly rate: number; readonly idleCpuSeconds: number },
): Costs {
  const perCall = (name: keyof Counters): number | null => {
    const [a, b] = [before[name], after[name]];
    return a === null || b === null || o.calls === 0 ? null : (b - a) / o.calls;
  };
  const ms = (name: keyof Counters): number => 1000 * (perCall(name) ?? 0);
  const ownMs = perCall('asteriskCpuSeconds');
  const cpuMsPerCall = Math.max(0, ms('pbxCpuSeconds') - (o.calls === 0 ? 0 : (1000 * o.idleCpuSeconds) / o.calls));
  return {
    cpuMsPerCall,
    programsCpuMsPerCall: ownMs === null ? null : Math.max(0, ms('pbxCpuSeconds') - 1000 * ownMs),
    databaseCpuMsPerCall: ms('databaseCpuSeconds'),
    worldCpuMsPerCall: ms('worldCpuSeconds'),
    cpuPercent: (cpuMsPerCall * o.rate) / 10,
    memoryMiB: after.pbxMemoryMiB,
    threads: after.threads,
    writesPerCall: perCall('writes'),
    statementsPerCall: perCall('statements'),
    fsyncsPerCall: perCall('fsyncs'),
  };
}

const IDLE_MS = 4000;
/** Of /proc/PID/stat, on every Linux that runs Docker (USER_HZ). */
const TICKS_A_SECOND = 100;

/** CPU that a PBX takes by itself, in seconds a second: its telephones register and are asked whether they are there. */
export async function idleCpuOf(pbx: Container): Promise<number> {
  const before = await pbx.usage();
  const startedAt = performance.now();
  await pause(IDLE_MS);
  const after = await pbx.usage();
  return (after.cpuSeconds - before.cpuSeconds) / ((performance.now() - startedAt) / 1000);
}

/** By the kernel's word of the process. An Asterisk that gave root's rights up hides /proc/PID/io from its own account as well. */
async function processOf(pbx: Container): Promise<Pick<Counters, 'asteriskCpuSeconds' | 'threads' | 'writes'>> {
  const look = 'p=$(pidof asterisk | cut -d" " -f1); cat /proc/$p/status /proc/$p/io /proc/$p/stat 2>/dev/null';
  const { out } = await pbx.exec(['sh', '-c', look], { user: 'root' });
  const value = (name: string): number | null => {
    const found = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(out)?.[1];
    return found === undefined ? null : Number(found);
  };
  const [user, system] = /^\d+ \(asterisk\) \S(?: \S+){10} (\d+) (\d+) /m.exec(out)?.slice(1).map(Number) ?? [];
  const asteriskCpuSeconds = user === undefined || system === undefined ? null : (user + system) / TICKS_A_SECOND;
  return { asteriskCpuSeconds, threads: value('Threads'), writes: value('syscw') };
}

async function statusOf(database: Container): Promise<Map<string, number>> {
  const argv = ['mariadb', '--no-defaults', '--socket=/run/mysqld/mysqld.sock', '-N', '-e', 'SHOW GLOBAL STATUS'];
  const { out } = await database.exec(argv);
  return new Map(
    out
      .split('\n')
      .map((line) => line.split('\t'))
      .map(([name, value]) => [name ?? '', Number(value)]),
  );
}

function sumOf(status: ReadonlyMap<string, number>, names: readonly string[]): number | null {
  const found = names.map((name) => status.get(name)).filter((n) => n !== undefined);
  return found.length === 0 ? null : found.reduce((a, b) => a + b, 0);
}
