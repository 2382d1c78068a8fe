import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { silentContext } from '../../src/context.ts';
import { packageBuild } from '../../src/cutover/package/package.ts';
import type { Container } from '../../src/engine/container.ts';
import { asteriskIsUp, mariadbIsUp } from '../../src/engine/wait.ts';

/** A container as an administrator sees it: a shell. */
export interface Shell {
  /** What the script prints, without spaces around. @throws Error where it fails */
  sh(script: string): Promise<string>;
}

export function shellOf(container: Container): Shell {
  return {
    sh: async (script) => {
      const { code, out, err } = await container.exec(['sh', '-c', script]);
      if (code !== 0) throw new Error(`${script}\n${out}\n${err}`);
      return out.trim();
    },
  };
}

/** Packs a build, and brings package and secrets to the machine. @returns where they lie there */
export async function bring(machine: Container, build: string): Promise<{ deb: string; secrets: string }> {
  const out = join(dirname(build), 'package');
  const made = await packageBuild(build, out, silentContext());
  const entries = [made.package, made.secrets].map(async (name) => ({ path: name, content: await readFile(join(out, name)), mode: 0o644 }));
  await machine.put('/root', await Promise.all(entries));
  return { deb: `/root/${made.package}`, secrets: `/root/${made.secrets}` };
}

/** As `apt-get install` at a terminal where nobody wants to lose an edit. */
export function installing(deb: string): string {
  return `DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-confold ${deb} 2>&1`;
}

/** A new machine on which a build is installed and runs: quiet. `more` is put in before Asterisk starts. */
export async function installed(machine: Container, build: string, more: { path: string; text: string }[] = []): Promise<void> {
  const { sh } = shellOf(machine);
  const { deb, secrets } = await bring(machine, build);
  await sh(installing(deb));
  await sh('install -d -o mysql /run/mysqld; mariadbd-safe --user=mysql > /dev/null 2>&1 &');
  await machine.waitFor(mariadbIsUp());
  await sh(`pbx-config secrets ${secrets} 2>&1`);
  await machine.put(
    '/',
    more.map(({ path, text }) => ({ path, content: Buffer.from(text), mode: 0o644 })),
  );
  await sh('asterisk -U asterisk -G asterisk');
  await machine.waitFor(asteriskIsUp());
}
