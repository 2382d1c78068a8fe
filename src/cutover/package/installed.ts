import type { Build } from '../../model/build.ts';

/** One file as it will lie on the machine. */
export interface Installed {
  /** From the root, without the first slash. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly mode: number;
}

/** A build, told apart into what everybody may have and what holds secrets. */
export interface Parts {
  /** What the package holds. */
  readonly files: readonly Installed[];
  /** What comes from a file of its own. */
  readonly secrets: readonly Installed[];
}

const ASTERISK = 'etc/asterisk/';
const SECRETS = 'etc/asterisk/secrets.d/';

/** Files of a build that lie elsewhere where a package brings them. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  // unixodbc-common owns /etc/odbc.ini: odbcinst puts the section there
  'etc/odbc.ini': 'usr/share/pbx-config/odbc.ini',
  // a database that is in use is never written over: `pbx-config secrets` puts it in place once
  'var/lib/asterisk/astdb.sqlite3': 'usr/share/pbx-config/astdb.sqlite3',
  // it wants port 80 for itself, which the default site of nginx has: an administrator links it to sites-enabled
  'etc/nginx/conf.d/recordings.conf': 'etc/nginx/sites-available/pbx-recordings',
};

/** Files that no package brings. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  // Debian of today has none, and nothing here reads it: asterisk.service.d/migrate.conf links /etc/localtime
  'etc/timezone',
]);

/**
 * Where each file of a build goes. A configuration file of Asterisk that holds a secret lies in secrets.d; at its own place the package has one line that includes it, so
 * that what Asterisk reads is the same.
 */
export function partsOf(build: Pick<Build, 'entries' | 'manifest'>): Parts {
  const secret = new Set(build.manifest.files.filter((f) => f.secret).map((f) => f.path));
  const files: Installed[] = [];
  const secrets: Installed[] = [];
  for (const { path, content, mode } of build.entries) {
    if (content === null || LEFT_OUT.has(path)) continue;
    if (!secret.has(path)) files.push({ path: ELSEWHERE[path] ?? path, content, mode });
    else if (!path.startsWith(ASTERISK)) secrets.push({ path, content, mode });
    else {
      const name = path.slice(ASTERISK.length);
      secrets.push({ path: `${SECRETS}${name}`, content, mode });
      files.push({ path, content: Buffer.from(includeOf(name)), mode: 0o644 });
    }
  }
  return { files, secrets };
}

function includeOf(name: string): string {
  return `; It holds passwords, so it lies in /etc/asterisk/secrets.d, for root and asterisk alone. Edit it there: what you change stays.\n#include "secrets.d/${name}"\n`;
}

/** What dpkg asks about before it writes over a change: all that an administrator edits. */
export function conffiles(files: readonly Installed[]): string[] {
  return files.map((f) => f.path).filter((path) => path.startsWith('etc/'));
}
