import { randomBytes } from 'node:crypto';
import type { Ami } from '../../asterisk/ami.ts';
import type { Context } from '../../context.ts';
import type { Container } from '../../engine/container.ts';
import { connectEngine, cpuCount } from '../../engine/engine.ts';
import { ensureImage } from '../../engine/images.ts';
import { Run } from '../../engine/run.ts';
import { MigrateError } from '../../error.ts';
import type { Build } from '../../model/build.ts';
import { settingsOf } from '../../model/kinds.ts';
import { addressesOf, carriers } from '../lab/carriers.ts';
import { type Bringing, FIXED_PLACES, type Placing, placesFrom, startNameserver, startPbx, startWorld } from '../lab/containers.ts';
import { type Database, odbcAccount, startDatabase } from '../lab/database.ts';
import { logIn } from '../lab/lab.ts';
import type { Change } from '../lab/overlay.ts';
import { registered } from '../lab/registered.ts';
import { startDialler } from './dialler-container.ts';
import { HOLD } from './hold.ts';

/** A PBX under load, with a far side of its own that acts by itself. */
export interface LoadSide {
  readonly pbx: Container;
  readonly world: Container;
  /** For asking the PBX; it is sent no events, which would cost it. */
  readonly ami: Ami;
}

/** What sides of a comparison share: a network, a database, a dialler. */
export interface LoadLab {
  readonly dialler: Container;
  readonly database: Database;
  readonly account: { readonly user: string; readonly secret: string };
  /** That the PBX writes its call records with. */
  readonly databaseAccount: { readonly user: string; readonly password: string };
  /** The PBX as rendered, with these changes; several may be there at a time. */
  start(name: string, more?: readonly Change[]): Promise<LoadSide>;
  readonly bringing: Bringing;
  /** A place of its own in the network, for another kind of PBX. */
  placing(): Placing;
  /** Waits until the telephones have registered. */
  side(pbx: Container, world: Container): Promise<LoadSide>;
  end(): Promise<void>;
}

/** @param o.dialplan of the far side */
export async function startLoadLab(
  build: Build,
  o: { readonly migrations: string; readonly dialplan: string; readonly longestMs: number },
  c: Context,
): Promise<LoadLab> {
  const engine = await connectEngine();
  const cpus = shareOfCpus(await cpuCount(engine));
  const images = { asterisk: await ensureImage(engine, 'asterisk', c), mariadb: await ensureImage(engine, 'mariadb', c) };
  await ensureImage(engine, 'dialler', c);
  const run = await Run.start(engine, c, { longestMs: o.longestMs });
  try {
    const bringing: Bringing = { run, build, images, migrations: o.migrations, context: c };
    return await bringUp(bringing, cpus, o.dialplan);
  } catch (error) {
    await run.end();
    throw error;
  }
}

/** The PBX alone on the first CPU: what it can do there does not depend on what the rest of the lab takes. */
function shareOfCpus(count: number): NonNullable<Placing['cpus']> {
  if (count >= 2) return { pbx: '0', rest: count === 2 ? '1' : `1-${count - 1}` };
  throw new MigrateError({
    code: 'E_LOAD_CPUS',
    where: 'the load test',
    why: 'the engine has one CPU: the PBX and those who call it would take it from each other, and no figure would mean anything',
    hint: 'Use an engine with two CPUs or more (DOCKER_HOST), or leave the load test out (--only static,calls).',
    exit: 3,
  });
}

/** With fewer a storm breaks the limit of the engine and not the PBX: a call through Local channels takes sixteen (ASTERISK.md, section 10). */
const LEAST_FILES = 4096;

/** The engine gives its containers a limit of its own; asking for another is refused where the engine itself may not have it (tried). */
async function enoughFiles(pbx: Container): Promise<void> {
  const { out } = await pbx.exec(['sh', '-c', 'ulimit -n']);
  const limit = out.trim() === 'unlimited' ? Number.POSITIVE_INFINITY : Number(out);
  if (limit >= LEAST_FILES) return;
  throw new MigrateError({
    code: 'E_LOAD_FILES',
    where: pbx.name,
    why: `a container of this engine may open ${limit} files, and a storm needs ${LEAST_FILES}`,
    hint: 'Raise the limit: `"default-ulimits": { "nofile": { "Name": "nofile", "Soft": 65536, "Hard": 65536 } }` in /etc/docker/daemon.json.',
    exit: 3,
  });
}

async function bringUp(bringing: Bringing, cpus: NonNullable<Placing['cpus']>, dialplan: string): Promise<LoadLab> {
  const { run, build, context } = bringing;
  const network = await run.network();
  const timeZone = settingsOf(build.model).timeZone;
  const account = { user: 'lab', secret: randomBytes(16).toString('hex') };
  const databaseAccount = odbcAccount(build.entries);
  context.progress({ step: 'database' });
  const database = await startDatabase(run, {
    image: bringing.images.mariadb,
    network,
    migrations: bringing.migrations,
    account: databaseAccount,
    timeZone,
    cpus: cpus.rest,
  });
  let taken = 0;
  const placing = (): Placing => {
    const places = placesFrom(network, taken);
    const list = carriers(build.model, places.carrier);
    taken += FIXED_PLACES + addressesOf(list).length;
    return { network, places, list, ami: account, cpus };
  };
  const dialler = await startDialler(bringing, { ...placing(), cpus });
  const open: Ami[] = [];
  const side = async (pbx: Container, world: Container): Promise<LoadSide> => {
    await enoughFiles(pbx);
    const ami = await logIn(pbx, account, context);
    open.push(ami);
    const far = await logIn(world, account, context);
    await registered(build, { pbx: ami, world: far }, context);
    await far.close();
    await ami.action({ Action: 'Events', EventMask: 'off' });
    return { pbx, world, ami };
  };
  return {
    dialler,
    database,
    account,
    databaseAccount,
    bringing,
    placing,
    side,
    start: async (name, more = []) => {
      context.progress({ step: `PBX for the load: ${name}` });
      const here = placing();
      await startNameserver(bringing, here, `names-${name}`);
      const own = { database: database.container.ip, timeZone, role: `pbx-${name}`, more: [HOLD, ...more] };
      const { container } = await startPbx(bringing, { ...here, ...own });
      return side(container, await startWorld(bringing, { ...here, dialplan }, `world-${name}`));
    },
    end: async () => {
      await Promise.allSettled([...open.map((ami) => ami.close()), database.close()]);
      await run.end();
    },
  };
}
