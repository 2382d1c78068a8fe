import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

const HOST_ZONES = '/usr/share/zoneinfo';

/**
 * The time zone that a box keeps, as an IANA name, or null. `etc` is its /etc. CentOS 5 and 6 write ZONE= into sysconfig/clock;
 * Debian writes `timezone`; `localtime` is a link or a copy of a file of zoneinfo.
 */
export async function readTimeZone(etc: string): Promise<string | null> {
  const clock = /^\s*ZONE\s*=\s*["']?([^"'\s#]+)/m.exec((await textOf(join(etc, 'sysconfig/clock'))) ?? '');
  const named = [clock?.[1], (await textOf(join(etc, 'timezone')))?.trim()];
  for (const name of named) {
    const zone = name === undefined ? null : ianaName(name);
    if (zone !== null) return zone;
  }
  return localtime(join(etc, 'localtime'));
}

/** The name as IANA spells it ('europe/moscow' and 'Europe/ Moscow' as people type them), or null where there is no such zone. */
export function ianaName(name: string): string | null {
  const bare = name.trim().replace(/\s+/g, '_');
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/.test(bare)) return null;
  try {
    new Intl.DateTimeFormat('en', { timeZone: bare });
  } catch {
    return null;
  }
  const known = Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === bare.toLowerCase());
  return known ?? bare;
}

/** Only where the link points is read; it is never followed, since it means a file of the old box. */
async function localtime(path: string): Promise<string | null> {
  const link = await readlink(path).catch(() => null);
  if (link !== null) {
    const within = /zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(link);
    return within?.[1] === undefined ? null : ianaName(within[1]);
  }
  const isFile = await lstat(path)
    .then((s) => s.isFile() && s.size < 65_536)
    .catch(() => false);
  const bytes = isFile ? await readFile(path).catch(() => null) : null;
  return bytes === null || bytes.subarray(0, 4).toString('latin1') !== 'TZif' ? null : zoneOfFile(bytes);
}

/** A copied zone file has no name in it: the host's zone of the same bytes, else the one of the same rule (its last line). */
async function zoneOfFile(bytes: Buffer): Promise<string | null> {
  const hash = sha1(bytes);
  const rule = footer(bytes);
  const sameRule: string[] = [];
  for (const name of await hostZones()) {
    const held = await readFile(join(HOST_ZONES, name)).catch(() => null);
    if (held === null) continue;
    if (sha1(held) === hash) return name;
    if (rule !== '' && footer(held) === rule) sameRule.push(name);
  }
  // several zones may share one rule today; only a single match says which one is meant
  return sameRule.length === 1 ? (sameRule[0] ?? null) : null;
}

async function hostZones(): Promise<string[]> {
  const supported = new Set(Intl.supportedValuesOf('timeZone'));
  const there = await readdir(HOST_ZONES).catch(() => [] as string[]);
  return there.length === 0 ? [] : [...supported].sort();
}

function footer(bytes: Buffer): string {
  return /\n([^\n]+)\n$/.exec(bytes.subarray(-64).toString('latin1'))?.[1] ?? '';
}

function sha1(bytes: Buffer): string {
  return createHash('sha1').update(bytes).digest('hex');
}

async function textOf(path: string): Promise<string | null> {
  const isFile = await lstat(path)
    .then((s) => s.isFile() && s.size < 65_536)
    .catch(() => false);
  return isFile ? readFile(path, 'utf8').catch(() => null) : null;
}
