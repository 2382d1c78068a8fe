import { setTimeout as pause } from 'node:timers/promises';
import type { Ami } from '../../asterisk/ami.ts';
import { astdbFile } from '../../asterisk/astdb-file.ts';
import type { Container, TarEntry } from '../../engine/container.ts';
import { connectEngine } from '../../engine/engine.ts';
import { ensureImage } from '../../engine/images.ts';
import { asteriskIsUp } from '../../engine/wait.ts';
import { settingsOf } from '../../model/kinds.ts';
import { playable } from '../../model/sounds.ts';
import { CUSTOM_DIALPLAN, contextsOfSite } from '../calls/into.ts';
import { carriers } from '../lab/carriers.ts';
import { type Bringing, type Placing, placesFrom, startNameserver, startWorld } from '../lab/containers.ts';
import type { CallRecords } from '../lab/database.ts';
import { recordedGreetings } from '../lab/greetings.ts';
import { iaxParties } from '../lab/iax.ts';
import { type Lab, logIn } from '../lab/lab.ts';
import { applyOverlay, type Change } from '../lab/overlay.ts';
import { registered } from '../lab/registered.ts';
import type { Side } from '../lab/side.ts';
import { dialplanOf } from '../static/dialplan-files.ts';
import { adaptations } from './adapt.ts';
import { type Gap, gapsOf } from './gap.ts';
import { missingIn } from './missing.ts';
import { promptName } from './normal.ts';
import type { OldBox } from './old-box.ts';
import { standInPrompts } from './stand-in-prompts.ts';

/** The old box again, with a world of its own around it: Asterisk 16 of Debian with the box's own configuration. */
export interface Clone extends Side {
  /** What was changed in the box's configuration. */
  readonly changes: readonly Change[];
  /** What Asterisk 16 cannot do of it, a line each. */
  readonly missing: readonly string[];
  /** Where it does not do what the old PBX did. */
  readonly gaps: readonly Gap[];
  /** Starts it anew with its clock at a local time, 'YYYY-MM-DD HH:mm'. The one that was there is gone. */
  atClock<T>(clock: string, use: (clone: Clone) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** As found a clone takes a tenth of it. */
const MEMORY_MIB = 2048;
/** Families of AstDB that say where the real telephones are: the clone must not call them there. */
const REGISTRATIONS = new Set(['SIP', 'IAX', 'registrar', 'dundi']);

/** @throws MigrateError E_CONTAINER_DIED, E_WAIT_TIMEOUT where the old side does not start; Interrupted */
export async function startClone(lab: Lab, box: OldBox): Promise<Clone> {
  const { bringing: b, network, firstPlace } = lab.beside;
  const { model } = b.build;
  const places = placesFrom(network, firstPlace);
  const list = carriers(model, places.carrier);
  const placing: Placing = { network, places, list, ami: lab.beside.ami };
  b.context.progress({ step: 'the old PBX' });
  await startNameserver(b, placing, 'old-names');
  const iax = iaxParties(model);
  const { entries: tree, changes } = await treeOf(box, {
    into: contextsOfSite(Buffer.from(b.build.entries.find((e) => e.path === CUSTOM_DIALPLAN)?.content ?? '').toString('utf8')),
    carriers: list,
    iax,
    world: places.world,
    subnet: network.subnet,
    ami: placing.ami,
  });
  const entries = [...tree, ...recordedGreetings(b.build.model)];
  const container = await startOld(b, placing, { entries });
  const silent = standInPrompts(entries, await soundsOf(container));
  await container.put('/', silent);
  const world = await startWorld(b, placing, 'old-world');
  const pbxAmi = await logIn(container, placing.ami, b.context);
  const worldAmi = await logIn(world, placing.ami, b.context);
  await registered(b.build, { pbx: pbxAmi, world: worldAmi }, b.context);
  await reached(pbxAmi);
  const clone: Clone = {
    pbx: { container, ami: pbxAmi },
    world: { container: world, ami: worldAmi },
    database: recordsOf(pbxAmi),
    carriers: list,
    iax,
    timeZone: lab.timeZone,
    secrets: lab.secrets,
    onSystemClock: false,
    prompts: (prompt) => playable([promptName(prompt)], settingsOf(model).language),
    changes: [...changes, ...silent.map(standIn)],
    missing: await missingIn(container, pbxAmi, entries),
    gaps: gapsOf(entries),
    atClock: (clock, use) => withAnother(lab, placing, { clone, entries: [...entries, ...silent], clock }, use),
    close: async () => void (await Promise.allSettled([pbxAmi.close(), worldAmi.close()])),
  };
  return clone;
}

/** In place of the old PBX another of the same files and address, to which all telephones register again. */
async function withAnother<T>(
  { beside: { bringing: b, ami } }: Lab,
  placing: Placing,
  o: { clone: Clone; entries: readonly TarEntry[]; clock: string },
  use: (clone: Clone) => Promise<T>,
): Promise<T> {
  const { pbx, world } = o.clone;
  await pbx.ami.close();
  await pbx.container.remove();
  const container = await startOld(b, placing, o);
  const anew = await logIn(container, ami, b.context);
  try {
    await world.ami.action({ Action: 'PJSIPRegister', Registration: '*all' });
    await registered(b.build, { pbx: anew, world: world.ami }, b.context);
    await reached(anew);
    return await use({ ...o.clone, pbx: { container, ami: anew }, database: recordsOf(anew), onSystemClock: true });
  } finally {
    await anew.close();
    await container.remove();
  }
}

const REACH_POLL_MS = 100;
const REACH_WAIT_MS = 2000;

/** Peers with `qualify` that were asked before anybody was there are soon not called for ten seconds: they are asked again. Those that nobody plays stay away. */
async function reached(ami: Ami): Promise<void> {
  const away = async (): Promise<string[]> =>
    [...(await ami.command('sip show peers')).matchAll(/^([^/\s]+)\S*\s+(?!\(Unspecified\))\S+\s.*\s(?:UNREACHABLE|UNKNOWN)\s*$/gm)].map(
      (m) => m[1] ?? '',
    );
  for (const peer of await away()) await ami.command(`sip qualify peer ${peer}`);
  const until = performance.now() + REACH_WAIT_MS;
  while ((await away()).length > 0 && performance.now() < until) await pause(REACH_POLL_MS);
}

function standIn({ path }: TarEntry): Change {
  return {
    file: path,
    from: null,
    to: '',
    because:
      'Debian does not pack this prompt of the old PBX: it is played as a second of silence, and told as the core prompt that says the same',
  };
}

/** Paths below the sounds folder. */
async function soundsOf(container: Container): Promise<string[]> {
  const { out } = await container.exec(['find', '-L', '/var/lib/asterisk/sounds', '-type', 'f', '-printf', '%P\n']);
  return out.split('\n').filter((path) => path !== '');
}

/** @param o.clock its system clock begins at this local time, else it is the machine's */
async function startOld(
  b: Bringing,
  { network, places }: Placing,
  { entries, clock }: { entries: readonly TarEntry[]; clock?: string },
): Promise<Container> {
  const { timeZone } = settingsOf(b.build.model);
  const container = await b.run.container({
    role: 'old',
    // dialplan that goes round in Local channels takes all that there is
    memoryMiB: MEMORY_MIB,
    image: await ensureImage(await connectEngine(), 'asterisk16', b.context),
    network,
    ip: places.pbx,
    environment: {
      NAMESERVER: places.names,
      ...(timeZone === null ? {} : { TZ: timeZone }),
      ...(clock === undefined ? {} : { FAKETIME: `@${clock}:00` }),
    },
    files: [{ path: '/', entries }],
  });
  await container.waitFor(asteriskIsUp());
  return container;
}

/** The box's files as the clone has them. */
async function treeOf(
  box: OldBox,
  o: Omit<Parameters<typeof adaptations>[0], 'files' | 'contexts'>,
): Promise<{ entries: TarEntry[]; changes: Change[] }> {
  const entry = (path: string, text: string): TarEntry => ({ path, content: Buffer.from(text), mode: 0o640 });
  const own = [...box.files].map(([path, text]) => entry(path, text));
  const contexts = new Set(dialplanOf(own).contexts.map((c) => c.name));
  const changes = adaptations({ files: box.files, contexts, ...o });
  const made = [...new Set(changes.map((c) => c.file))].filter((file) => !box.files.has(file));
  const { entries } = applyOverlay([...own, ...made.map((file) => entry(file, ''))], changes);
  const rows = box.astdb.filter((k) => !REGISTRATIONS.has(k.family)).map((k) => ({ key: `/${k.family}/${k.key}`, value: k.value }));
  const astdb = { path: 'var/lib/asterisk/astdb.sqlite3', content: await astdbFile(rows), mode: 0o640 };
  return {
    entries: [...entries, ...box.media, astdb],
    changes: [
      ...changes,
      {
        file: astdb.path,
        from: null,
        to: '',
        because: `AstDB without where the real telephones are: ${rows.length} of ${box.astdb.length} keys`,
      },
    ],
  };
}

/** Call records as Asterisk tells them over AMI (cdr_manager), since the connection began. */
function recordsOf(ami: Ami): CallRecords {
  const rows: Awaited<ReturnType<CallRecords['rows']>> = [];
  ami.on('Cdr', (e) => {
    rows.push({
      uniqueid: e['UniqueID'] ?? '',
      clid: e['CallerID'] ?? '',
      row: {
        src: e['Source'] ?? '',
        dst: e['Destination'] ?? '',
        disposition: e['Disposition'] ?? '',
        did: e['did'] ?? '',
        billsec: Number(e['BillableSeconds'] ?? 0),
        recordingfile: e['recordingfile'] ?? '',
      },
    });
  });
  return { rows: async () => [...rows] };
}
