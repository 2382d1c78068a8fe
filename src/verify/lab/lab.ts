import { randomBytes } from 'node:crypto';
import { type Ami, connectAmi } from '../../asterisk/ami.ts';
import type { Context } from '../../context.ts';
import type { Container, TarEntry } from '../../engine/container.ts';
import { connectEngine } from '../../engine/engine.ts';
import { ensureImage } from '../../engine/images.ts';
import type { Network } from '../../engine/network.ts';
import { Run } from '../../engine/run.ts';
import { asteriskIsUp } from '../../engine/wait.ts';
import { MigrateError } from '../../error.ts';
import { settingsOf } from '../../model/kinds.ts';
import type { Build } from '../build.ts';
import { type Carrier, carrierNames, carriers } from './carriers.ts';
import { type Database, odbcAccount, startDatabase } from './database.ts';
import { type IaxParty, iaxParties } from './iax.ts';
import { applyOverlay, type Change, overlay } from './overlay.ts';
import { phones, worldTree } from './world.ts';

/** Places of fixed addresses in the upper half of the lab's subnet; carriers follow. */
const WORLD_ADDRESS = 0;
const PBX_ADDRESS = 1;
const NAMESERVER_ADDRESS = 2;
const FIRST_CARRIER = 3;
const LONGEST_MS = 60 * 60_000;
const REGISTRATION_MS = 30_000;
const REGISTRATION_POLL_MS = 200;
/** A PBX without hints says so in its reply and lists none. */
const HINTS_MS = 2000;

/** The PBX as rendered, and the world around it. Everything is gone after end(). */
export interface Lab {
  readonly pbx: { readonly container: Container; readonly ami: Ami };
  readonly world: { readonly container: Container; readonly ami: Ami };
  readonly database: Database;
  readonly carriers: readonly Carrier[];
  readonly iax: readonly IaxParty[];
  /** That the PBX keeps: an IANA name. */
  readonly timeZone: string;
  /** What the lab changed in the tree that will be installed. */
  readonly changes: readonly Change[];
  end(): Promise<void>;
}

/** Brings the lab up. @throws MigrateError E_NO_ENGINE (exit 3), E_LAB; Interrupted. */
export async function startLab(build: Build, o: { migrations: string }, c: Context): Promise<Lab> {
  const engine = await connectEngine();
  const images = { asterisk: await ensureImage(engine, 'asterisk', c), mariadb: await ensureImage(engine, 'mariadb', c) };
  const run = await Run.start(engine, c, { longestMs: LONGEST_MS });
  try {
    return await bringUp({ run, build, images, migrations: o.migrations, context: c });
  } catch (error) {
    await run.end();
    throw error;
  }
}

interface Bringing {
  readonly run: Run;
  readonly build: Build;
  readonly images: { asterisk: string; mariadb: string };
  readonly migrations: string;
  readonly context: Context;
}

async function bringUp(b: Bringing): Promise<Lab> {
  const { run, build, context } = b;
  const network = await run.network();
  const timeZone = settingsOf(build.model).timeZone;
  const list = carriers(build.model, (n) => network.address(FIRST_CARRIER + n));
  const ami = { user: 'lab', secret: randomBytes(16).toString('hex') };
  context.progress({ step: 'database' });
  const database = await startDatabase(run, {
    image: b.images.mariadb,
    network,
    migrations: b.migrations,
    account: odbcAccount(build.entries),
    timeZone,
  });
  await startNameserver(b, network, list);
  context.progress({ step: 'PBX' });
  const { container: pbx, changes } = await startPbx(b, { network, list, database: database.container.ip, ami, timeZone });
  context.progress({ step: 'telephones and carriers' });
  const world = await startWorld(b, { network, list, pbx: network.address(PBX_ADDRESS), ami });
  const pbxAmi = await login(pbx, ami, context);
  const worldAmi = await login(world, ami, context);
  await registered(build, { pbx: pbxAmi, world: worldAmi }, context);
  return {
    pbx: { container: pbx, ami: pbxAmi },
    world: { container: world, ami: worldAmi },
    database,
    carriers: list,
    iax: iaxParties(build.model),
    timeZone: timeZone ?? 'UTC',
    changes,
    end: async () => {
      await Promise.allSettled([pbxAmi.close(), worldAmi.close(), database.close()]);
      await run.end();
    },
  };
}

interface Placing {
  readonly network: Network;
  readonly list: readonly Carrier[];
  readonly ami: { user: string; secret: string };
}

/** Knows the carriers that are given by name, and nothing else: each has an address of its own, which the engine's own names cannot give. */
async function startNameserver(b: Bringing, network: Network, list: readonly Carrier[]): Promise<void> {
  const names = Object.entries(carrierNames(list, iaxParties(b.build.model), network.address(WORLD_ADDRESS))).map(
    ([name, address]) => `--host-record=${name},${address}`,
  );
  await b.run.container({
    role: 'names',
    image: b.images.asterisk,
    network,
    ip: network.address(NAMESERVER_ADDRESS),
    entrypoint: ['dnsmasq', '--keep-in-foreground', '--no-resolv', '--no-hosts', '--local=/#/', '--user=root', ...names],
  });
}

async function startPbx(
  b: Bringing,
  o: Placing & { database: string; timeZone: string | null },
): Promise<{ container: Container; changes: Change[] }> {
  const files = new Map(b.build.entries.map((e) => [e.path, Buffer.from(e.content ?? '').toString('utf8')]));
  const played = { carriers: o.list, iax: iaxParties(b.build.model), world: o.network.address(WORLD_ADDRESS) };
  const wanted = overlay({ files, ...played, subnet: o.network.subnet, database: o.database, ami: o.ami });
  const { entries, unused } = applyOverlay(b.build.entries, wanted);
  if (unused.length > 0) {
    throw new MigrateError({
      code: 'E_LAB',
      where: unused[0]?.file ?? '',
      why: `the lab found nothing to change where it must: ${unused[0]?.because}`,
      hint: 'The build was edited or rendered by another version: render again.',
    });
  }
  const container = await b.run.container({
    role: 'pbx',
    image: b.images.asterisk,
    network: o.network,
    ip: o.network.address(PBX_ADDRESS),
    environment: { NAMESERVER: o.network.address(NAMESERVER_ADDRESS), ...(o.timeZone === null ? {} : { TZ: o.timeZone }) },
    files: [{ path: '/', entries }],
  });
  await container.waitFor(asteriskIsUp());
  return { container, changes: wanted };
}

async function startWorld(b: Bringing, o: Placing & { pbx: string }): Promise<Container> {
  const address = o.network.address(WORLD_ADDRESS);
  const entries: TarEntry[] = worldTree({
    model: b.build.model,
    carriers: o.list,
    iax: iaxParties(b.build.model),
    address,
    pbx: o.pbx,
    ami: o.ami,
  });
  const own = o.list.flatMap((c) => (c.address === null ? [] : [c.address, ...c.further.map((f) => f.address)]));
  const container = await b.run.container({
    role: 'world',
    image: b.images.asterisk,
    network: o.network,
    ip: address,
    netAdmin: true,
    environment: { WORLD_ADDRESSES: own.map((address) => `${address}/${o.network.prefix}`).join(' ') },
    files: [{ path: '/', entries }],
  });
  await container.waitFor(asteriskIsUp());
  return container;
}

async function login(container: Container, ami: { user: string; secret: string }, c: Context): Promise<Ami> {
  const { port } = await container.forward({ port: 5038 });
  return connectAmi({ host: '127.0.0.1', port, user: ami.user, secret: ami.secret, signal: c.signal });
}

/**
 * Waits until every telephone of world has registered, and the PBX has taken notice: a call in the moment between finds nobody there. One that cannot
 * register is told by its calls and by the static checks.
 */
async function registered(build: Build, { pbx, world }: { pbx: Ami; world: Ami }, c: Context): Promise<void> {
  const all = phones(build.model);
  const iax = iaxParties(build.model).filter((p) => p.host === null).length;
  const until = performance.now() + REGISTRATION_MS;
  for (;;) {
    const list = await world.list({ Action: 'PJSIPShowRegistrationsOutbound' }).catch(() => []);
    const byIax = iax === 0 ? [] : await world.list({ Action: 'IAXregistry' }).catch(() => []);
    const done = [...list.map((e) => e['Status']), ...byIax.map((e) => e['State'])].filter((s) => s === 'Registered').length;
    c.progress({ step: 'telephones register', done, of: all.length + iax });
    const ready = done >= all.length + iax && (await unnoticed(pbx, new Set(all.map(([id]) => id)))) === 0;
    if (ready || performance.now() > until || c.signal.aborted) return;
    await new Promise((resolve) => setTimeout(resolve, REGISTRATION_POLL_MS));
  }
}

/** Hints of telephones that the PBX still takes for absent. */
async function unnoticed(pbx: Ami, devices: ReadonlySet<string>): Promise<number> {
  const hints = await pbx.list({ Action: 'ExtensionStateList' }, { timeoutMs: HINTS_MS }).catch(() => []);
  return hints.filter((e) => {
    const names = (e['Hint'] ?? '').split(/[&,]/).map((part) => part.replace(/^PJSIP\//, ''));
    return e['StatusText'] === 'Unavailable' && names.some((name) => devices.has(name));
  }).length;
}
