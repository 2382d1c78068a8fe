import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Installed } from './installed.ts';

const TEMPLATES = fileURLToPath(new URL('../../../templates/package/image/', import.meta.url));

/**
 * The package as containers: compose.yaml, which finds the secrets beside itself, and in image/ what it builds its one image of. The image has no part of the secrets.
 * @param o.names file names of package and secrets
 */
export async function composeFiles(o: {
  version: string;
  names: { package: string; secrets: string };
  deb: Uint8Array;
}): Promise<Installed[]> {
  const template = (name: string): Promise<string> => readFile(join(TEMPLATES, name), 'utf8');
  const compose = (await template('compose.yaml')).replace('@TAG@', imageTag(o.version)).replace('@SECRETS@', `./${o.names.secrets}`);
  const file = (path: string, content: string | Uint8Array, mode = 0o644): Installed => ({ path, content: Buffer.from(content), mode });
  return [
    file('compose.yaml', compose),
    file('image/Dockerfile', await template('Dockerfile')),
    file('image/pbx-container.sh', await template('pbx-container.sh'), 0o755),
    file(`image/${o.names.package}`, o.deb),
  ];
}

/** A tag may hold no plus. */
function imageTag(version: string): string {
  return version.replaceAll('+', '-');
}
