import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One archive of apt's configuration. */
export interface AptSource {
  readonly uri: string;
  readonly suite: string;
  readonly components: readonly string[];
  /** Path of the keyring; null where none is named. */
  readonly signedBy: string | null;
}

/** The one-line format of sources.list(5): `deb [signed-by=/x.gpg arch=amd64] URI suite component...`. */
export function parseOneLine(text: string): AptSource[] {
  const sources: AptSource[] = [];
  for (const line of text.split('\n')) {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)([^#]*)/.exec(line);
    if (match === null) continue;
    const [, options = '', uri = '', suite = '', components = ''] = match;
    const signedBy = /(?:^|\s)signed-by=(\S+)/.exec(options)?.[1] ?? null;
    sources.push({ uri, suite, components: words(components), signedBy });
  }
  return sources;
}

/** The deb822 format of sources.list(5): paragraphs of `Field: value` with continuation lines. */
export function parseDeb822(text: string): AptSource[] {
  const withoutComments = text.replace(/^#.*\n?/gm, '');
  return withoutComments.split(/\n\s*\n/).flatMap((paragraph) => {
    const fields = new Map<string, string>();
    for (const [, name = '', value = ''] of paragraph.matchAll(/^([\w-]+):((?:.*(?:\n[ \t]+.*)*))/gm)) {
      fields.set(name.toLowerCase(), value.trim());
    }
    const list = (name: string): string[] => words(fields.get(name) ?? '');
    if (!list('types').includes('deb') || fields.get('enabled')?.toLowerCase() === 'no') return [];
    const keyring = fields.get('signed-by') ?? null;
    const signedBy = keyring?.startsWith('/') === true ? keyring : null;
    return list('uris').flatMap((uri) => list('suites').map((suite) => ({ uri, suite, components: list('components'), signedBy })));
  });
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

const DEBIAN_SUITE = /^(buster|bullseye|bookworm|trixie|forky|duke|sid|oldoldstable|oldstable|stable|testing|unstable)$/;

/**
 * The Debian mirrors among the sources, the likeliest first; other vendors' archives, and the security archive, have
 * other suites or no component `main`.
 */
export function debianMirrors(sources: readonly AptSource[]): string[] {
  const debian = sources.filter((s) => DEBIAN_SUITE.test(s.suite) && s.components.includes('main'));
  const likeliness = (s: AptSource): number =>
    (s.signedBy?.includes('debian-archive-') === true ? 2 : 0) + (/\/debian\/?$/.test(s.uri) ? 1 : 0);
  const ranked = [...debian].sort((a, b) => likeliness(b) - likeliness(a));
  return [...new Set(ranked.map((s) => s.uri.replace(/\/$/, '')))];
}

/** The Debian mirrors that this machine's apt uses. @param etcApt for tests */
export async function machineMirrors(etcApt = '/etc/apt'): Promise<string[]> {
  const parts = await readdir(join(etcApt, 'sources.list.d')).catch(() => []);
  const files = ['sources.list', ...parts.sort().map((name) => join('sources.list.d', name))];
  const sources: AptSource[] = [];
  for (const file of files) {
    const text = file.endsWith('.list') || file.endsWith('.sources') ? await readFile(join(etcApt, file), 'utf8').catch(() => '') : '';
    sources.push(...(file.endsWith('.sources') ? parseDeb822(text) : parseOneLine(text)));
  }
  return debianMirrors(sources);
}
