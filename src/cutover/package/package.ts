import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseConf } from '../../asterisk/conf.ts';
import type { Context } from '../../context.ts';
import { packEntries } from '../../engine/archive.ts';
import { MigrateError } from '../../error.ts';
import { type Build, readBuild } from '../../model/build.ts';
import { OutputFolder } from '../../model/output-folder.ts';
import { composeFiles } from './compose.ts';
import { control, PACKAGE, versionAt } from './control.ts';
import { type Deb, packDeb } from './deb.ts';
import { conffiles, type Installed, type Parts, partsOf } from './installed.ts';
import { jail } from './jail.ts';
import { quietFiles, telephonesFile } from './quiet.ts';

const SCRIPTS = fileURLToPath(new URL('../../../templates/package/', import.meta.url));
const MIGRATIONS = fileURLToPath(new URL('../../../migrations/', import.meta.url));
const MARKER = '.packaged.json';

/** What was packed: names within the folder. */
export interface Packaged {
  readonly package: string;
  /** For root alone: `pbx-config secrets FILE` takes it. */
  readonly secrets: string;
  readonly version: string;
  readonly files: number;
}

/**
 * Makes a build installable: OUT/pbx-config_VERSION_all.deb, and OUT/pbx-secrets_VERSION.tar (0600) with all that is secret; and
 * the same as containers: OUT/compose.yaml.
 * @throws MigrateError E_BUILD_*, E_BUILD_LIVE, E_PACKAGE, E_NO_ENGINE (exit 3), E_FOLDER_*.
 */
export async function packageBuild(buildDir: string, out: string, c: Context): Promise<Packaged> {
  const build = await readBuild(buildDir);
  refuseLive(build);
  const parts = partsOf(build);
  const version = versionAt(new Date());
  const names = { package: `${PACKAGE}_${version}_all.deb`, secrets: `pbx-secrets_${version}.tar` };
  const files = [...parts.files, ...(await ownFiles(build))];
  c.progress({ step: `pack ${names.package}` });
  await OutputFolder.fill({ path: out, marker: MARKER, mode: 0o700 }, async (folder) => {
    const deb = await packDeb(await described(build, files, version), c);
    await folder.write(names.package, deb);
    await folder.write(names.secrets, await secretsTar(build, parts), 0o600);
    for (const { path, content, mode } of await composeFiles({ version, names, deb })) await folder.write(path, content, mode);
  });
  return { ...names, version, files: files.length };
}

/** A build that registers as soon as it starts must not be installed beside an old PBX that is up. */
function refuseLive(build: Build): void {
  const live = build.entries.find((e) => /^#include "(pjsip|iax)_registration\.conf"/m.test(Buffer.from(e.content ?? '').toString('utf8')));
  if (live === undefined) return;
  throw new MigrateError({
    code: 'E_BUILD_LIVE',
    where: live.path,
    why: 'the build was rendered with --live: it would take the carriers from the old PBX as soon as it is installed',
    hint: 'Render it without --live; `pbx-config live` on the new machine switches it over.',
  });
}

async function described(build: Build, files: readonly Installed[], version: string): Promise<Deb> {
  const scripts = await Promise.all(
    (['postinst', 'prerm', 'postrm'] as const).map(async (name) => [name, await readFile(join(SCRIPTS, `${name}.sh`), 'utf8')] as const),
  );
  const kibibytes = Math.ceil(files.reduce((sum, f) => sum + f.content.length, 0) / 1024);
  const counted = (['extension', 'trunk', 'inbound-route', 'queue'] as const).map(
    (kind) => `${Object.keys(build.model[kind]).length} ${kind}s`,
  );
  return {
    control: control({ version, kibibytes, objects: counted.join(', ') }),
    scripts: Object.fromEntries(scripts),
    conffiles: conffiles(files),
    files,
  };
}

/** What the package brings beside the build. */
async function ownFiles(build: Build): Promise<Installed[]> {
  const copied = async (path: string, from: string, mode: number): Promise<Installed> => ({ path, content: await readFile(from), mode });
  const sql = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort();
  return [
    await copied('usr/sbin/pbx-config', join(SCRIPTS, 'pbx-config.sh'), 0o755),
    await copied('usr/share/pbx-config/merge-voicemail', join(SCRIPTS, 'merge-voicemail.sh'), 0o755),
    await copied('etc/logrotate.d/pbx-config', join(SCRIPTS, 'logrotate'), 0o644),
    await copied('etc/sysctl.d/60-pbx-config.conf', join(SCRIPTS, 'sysctl.conf'), 0o644),
    ...(await Promise.all(sql.map((name) => copied(`usr/share/pbx-config/migrations/${name}`, join(MIGRATIONS, name), 0o644)))),
    { path: 'etc/fail2ban/jail.d/pbx-config.conf', content: Buffer.from(jail(build.model)), mode: 0o644 },
    ...quietFiles(build),
    telephonesFile(build),
    { path: 'usr/share/pbx-config/build', content: Buffer.from(`${build.manifest.modelSha256}\n`), mode: 0o644 },
  ];
}

async function secretsTar(build: Build, { secrets }: Parts): Promise<Uint8Array> {
  const account = { path: 'database.sql', content: Buffer.from(accountSql(build)), mode: 0o600 };
  return buffer(packEntries([...secrets, account]));
}

/** The account that res_odbc.conf names, which may add call records and read them. */
function accountSql(build: Build): string {
  const file = build.entries.find((e) => e.path === 'etc/asterisk/res_odbc.conf');
  const { sections } = parseConf(Buffer.from(file?.content ?? '').toString('utf8'), 'res_odbc.conf');
  const value = (name: string): string => sections.find((s) => s.name === 'cdr')?.entries.find((e) => e.name === name)?.value ?? '';
  const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  const account = `${quoted(value('username'))}@'localhost'`;
  return [
    `CREATE USER IF NOT EXISTS ${account};`,
    `ALTER USER ${account} IDENTIFIED BY ${quoted(value('password'))};`,
    `GRANT SELECT, INSERT ON asteriskcdrdb.* TO ${account};`,
    '',
  ].join('\n');
}
