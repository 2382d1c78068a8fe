import type { Context } from '../../context.ts';
import type { Container, TarEntry } from '../../engine/container.ts';
import type { ContainerSpec } from '../../engine/container-spec.ts';
import type { Network } from '../../engine/network.ts';
import type { Run } from '../../engine/run.ts';
import { asteriskIsUp } from '../../engine/wait.ts';
import { MigrateError } from '../../error.ts';
import type { Build } from '../../model/build.ts';
import type { Model } from '../../model/kinds.ts';
import { addressesOf, type Carrier, carrierNames } from './carriers.ts';
import { recordedGreetings } from './greetings.ts';
import { iaxParties } from './iax.ts';
import { MAIL_FILES, MAIL_SERVER } from './mail.ts';
import { applyOverlay, type Change, overlay } from './overlay.ts';
import { worldTree } from './world.ts';

/** Fixed addresses, in the upper half of the lab's subnet, of a PBX and of what is around it. */
export interface Places {
  readonly world: string;
  readonly pbx: string;
  readonly names: string;
  readonly mail: string;
  carrier(n: number): string;
}

/** So many addresses has a PBX with what is around it, beside its carriers'. */
export const FIXED_PLACES = 4;

/** @param first place of the first of them; the carriers' come behind */
export function placesFrom(network: Network, first: number): Places {
  const [world, pbx, names, mail] = [0, 1, 2, 3].map((n) => network.address(first + n)) as [string, string, string, string];
  return { world, pbx, names, mail, carrier: (n) => network.address(first + FIXED_PLACES + n) };
}

/** Another way to bring up a PBX than to run Asterisk over a tree: one that was installed. Its Asterisk is up then. @param tree with what the lab changes in it */
export type StartsPbx = (run: Run, spec: ContainerSpec, tree: readonly TarEntry[]) => Promise<Container>;

/** With what every container of the lab is brought up. */
export interface Bringing {
  readonly run: Run;
  readonly build: Build;
  readonly images: { asterisk: string; mariadb: string };
  readonly migrations: string;
  readonly context: Context;
  readonly startsPbx?: StartsPbx;
}

export interface Placing {
  readonly network: Network;
  readonly places: Places;
  readonly list: readonly Carrier[];
  readonly ami: { user: string; secret: string };
  /** CPUs as the kernel lists them, where something is to be measured: for the PBX alone, and for all that is around it. */
  readonly cpus?: { readonly pbx: string; readonly rest: string };
}

/** Knows the carriers that are given by name, and nothing else: each has an address of its own, which the engine's own names cannot give. */
export async function startNameserver(b: Bringing, { network, places, list }: Placing, role = 'names'): Promise<void> {
  const names = Object.entries(carrierNames(list, iaxParties(b.build.model), places.world)).map(
    ([name, address]) => `--host-record=${name},${address}`,
  );
  await b.run.container({
    role,
    image: b.images.asterisk,
    network,
    ip: places.names,
    entrypoint: ['dnsmasq', '--keep-in-foreground', '--no-resolv', '--no-hosts', '--local=/#/', '--user=root', ...names],
  });
}

/** Takes all mail of the PBX. */
export function startMailServer(b: Bringing, { network, places: { mail: ip } }: Placing): Promise<Container> {
  return b.run.container({
    role: 'mail',
    image: b.images.asterisk,
    network,
    ip,
    entrypoint: MAIL_SERVER,
    files: [{ path: '/', entries: MAIL_FILES }],
  });
}

/** The PBX with the tree that will be installed. `clock`: its system clock begins at this local time, else it is the machine's. */
export async function startPbx(
  b: Bringing,
  o: Placing & { database: string; timeZone: string | null; clock?: string; role?: string; more?: readonly Change[] },
): Promise<{ container: Container; changes: Change[]; entries: readonly TarEntry[] }> {
  const files = new Map(b.build.entries.map((e) => [e.path, Buffer.from(e.content ?? '').toString('utf8')]));
  const played = { carriers: o.list, iax: iaxParties(b.build.model), world: o.places.world };
  const contexts = entryContexts(b.build.model);
  const wanted = [
    ...overlay({ files, ...played, contexts, mail: o.places.mail, subnet: o.network.subnet, database: o.database, ami: o.ami }),
    ...(o.more ?? []),
  ];
  const { entries, unused } = applyOverlay(b.build.entries, wanted);
  if (unused.length > 0) {
    throw new MigrateError({
      code: 'E_LAB',
      where: unused[0]?.file ?? '',
      why: `the lab found nothing to change where it must: ${unused[0]?.because}`,
      hint: 'The build was edited or rendered by another version: render again.',
    });
  }
  const spec: ContainerSpec = {
    role: o.role ?? 'pbx',
    image: b.images.asterisk,
    network: o.network,
    ip: o.places.pbx,
    // alone on its processors: its counters are what is wanted
    ...(o.cpus === undefined ? {} : { cpus: o.cpus.pbx, sysPtrace: true }),
    environment: {
      NAMESERVER: o.places.names,
      ...(o.timeZone === null ? {} : { TZ: o.timeZone }),
      ...(o.clock === undefined ? {} : { FAKETIME: `@${o.clock}:00` }),
    },
  };
  const greetings = recordedGreetings(b.build.model);
  const container = await (b.startsPbx ?? overTree)(b.run, spec, [...entries, ...greetings]);
  const because = 'a second of silence where somebody recorded a greeting in which keys count';
  return { container, changes: [...wanted, ...greetings.map(({ path }) => ({ file: path, from: null, to: '', because }))], entries };
}

const overTree: StartsPbx = async (run, spec, tree) => {
  const container = await run.container({ ...spec, files: [{ path: '/', entries: tree }] });
  await container.waitFor(asteriskIsUp());
  return container;
};

/** @param o.dialplan what it does by itself, in place of doing what the lab tells it */
export async function startWorld(b: Bringing, o: Placing & { dialplan?: string }, role = 'world'): Promise<Container> {
  const address = o.places.world;
  const entries: TarEntry[] = worldTree({
    model: b.build.model,
    carriers: o.list,
    iax: iaxParties(b.build.model),
    address,
    pbx: o.places.pbx,
    ami: o.ami,
    ...(o.dialplan === undefined ? {} : { dialplan: o.dialplan }),
  });
  const container = await b.run.container({
    role,
    image: b.images.asterisk,
    network: o.network,
    ip: address,
    netAdmin: true,
    ...(o.cpus === undefined ? {} : { cpus: o.cpus.rest }),
    environment: {
      WORLD_ADDRESSES: addressesOf(o.list)
        .map((address) => `${address}/${o.network.prefix}`)
        .join(' '),
    },
    files: [{ path: '/', entries }],
  });
  await container.waitFor(asteriskIsUp());
  return container;
}

/** Contexts by which telephones and carriers come in. */
function entryContexts(model: Model): Set<string> {
  return new Set([...Object.values(model.device), ...Object.values(model.trunk)].flatMap((d) => ('context' in d ? [d.context] : [])));
}
