import { astdbFile } from '../../asterisk/astdb-file.ts';
import { escapeConf } from '../../asterisk/escape.ts';
import type { TarEntry } from '../../engine/container.ts';
import { connectEngine } from '../../engine/engine.ts';
import { ensureImage } from '../../engine/images.ts';
import { asteriskIsUp } from '../../engine/wait.ts';
import { settingsOf } from '../../model/kinds.ts';
import { type Placing, startNameserver, startWorld } from '../lab/containers.ts';
import { iaxParties } from '../lab/iax.ts';
import { applyOverlay, type Change } from '../lab/overlay.ts';
import { adaptations } from '../old/adapt.ts';
import type { OldBox } from '../old/old-box.ts';
import { dialplanOf } from '../static/dialplan-files.ts';
import { HOLD_DIALPLAN } from './hold.ts';
import type { LoadLab, LoadSide } from './load-lab.ts';

/** Families of AstDB that say where the real telephones are. */
const REGISTRATIONS = new Set(['SIP', 'IAX', 'registrar', 'dundi']);
const MEMORY_MIB = 4096;

/**
 * The old PBX as it was found, for storms: unlike the clone that places single calls it keeps its logs and its ways of writing call records, since those are what is measured.
 * @param o.dialplan of its far side; @param o.more put at the end of its extensions_custom.conf
 */
export async function startOldSide(lab: LoadLab, box: OldBox, o: { readonly dialplan: string; readonly more: string }): Promise<LoadSide> {
  const { bringing: b } = lab;
  const placing = lab.placing();
  b.context.progress({ step: 'PBX for the load: old' });
  await startNameserver(b, placing, 'names-old');
  const { timeZone } = settingsOf(b.build.model);
  const entries = await treeOf(lab, box, placing, o.more);
  const pbx = await b.run.container({
    role: 'pbx-old',
    image: await ensureImage(await connectEngine(), 'asterisk16', b.context),
    network: placing.network,
    ip: placing.places.pbx,
    memoryMiB: MEMORY_MIB,
    // as safe_asterisk starts it where there is a terminal 9 (contrib/scripts/safe_asterisk): so much goes into the logs that take `verbose`
    command: ['-vvv'],
    ...(placing.cpus === undefined ? {} : { cpus: placing.cpus.pbx, sysPtrace: true }),
    environment: { NAMESERVER: placing.places.names, ...(timeZone === null ? {} : { TZ: timeZone }) },
    files: [{ path: '/', entries }],
  });
  await pbx.waitFor(asteriskIsUp());
  return lab.side(pbx, await startWorld(b, { ...placing, dialplan: o.dialplan }, 'world-old'));
}

async function treeOf(lab: LoadLab, box: OldBox, { list, network, places, ami }: Placing, more: string): Promise<TarEntry[]> {
  const entry = (path: string, text: string): TarEntry => ({ path, content: Buffer.from(text), mode: 0o640 });
  const own = [...box.files].map(([path, text]) => entry(path, text));
  const contexts = new Set(dialplanOf(own).contexts.map((c) => c.name));
  const adapted = adaptations({
    files: box.files,
    contexts,
    into: [],
    carriers: list,
    iax: iaxParties(lab.bringing.build.model),
    world: places.world,
    subnet: network.subnet,
    ami,
  });
  const changes = [
    ...adapted.flatMap(asFound),
    ...noConsole(box.files),
    ...records(lab, box.files),
    { file: CUSTOM, from: null, to: `\n${HOLD_DIALPLAN}\n${more}`, because: 'what the storm needs' },
  ];
  const made = [...new Set(changes.map((c) => c.file))].filter((file) => !box.files.has(file));
  const { entries } = applyOverlay([...own, ...made.map((file) => entry(file, ''))], changes);
  const rows = box.astdb.filter((k) => !REGISTRATIONS.has(k.family)).map((k) => ({ key: `/${k.family}/${k.key}`, value: k.value }));
  return [...entries, ...box.media, { path: 'var/lib/asterisk/astdb.sqlite3', content: await astdbFile(rows), mode: 0o640 }];
}

const CUSTOM = 'etc/asterisk/extensions_custom.conf';
/** What the clone for single calls has in place of the box's own: here it stays as it was. */
const KEPT = new Set(['etc/asterisk/logger.conf', 'etc/asterisk/cdr_manager.conf']);

function asFound(change: Change): Change[] {
  if (KEPT.has(change.file)) return [];
  return [{ ...change, to: change.to.replace(/^noload => cdr_(mysql|csv)\.so\n/gm, '') }];
}

/** What went to a terminal that nobody looked at is not counted against the old PBX: here it would be kept. */
function noConsole(files: OldBox['files']): Change[] {
  const file = 'etc/asterisk/logger.conf';
  const lines = new Set(files.get(file)?.match(/^console\s*=>?.*$/gm));
  return [...lines].map((line) => ({ file, from: line, to: `; ${line}`, because: 'there is no terminal' }));
}

/** Its records go to the database of the lab, by the module that the box had. */
function records(lab: LoadLab, files: OldBox['files']): Change[] {
  const file = 'etc/asterisk/cdr_mysql.conf';
  const text = files.get(file);
  if (text === undefined) return [];
  const { user, password } = lab.databaseAccount;
  const to = `[global]
hostname=${lab.database.container.ip}
port=3306
dbname=asteriskcdrdb
table=cdr
user=${user}
password=${escapeConf(password)}
`;
  return [{ file, from: text, to, because: 'call records go to the database of the lab' }];
}
