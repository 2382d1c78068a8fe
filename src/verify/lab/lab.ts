import { randomBytes } from 'node:crypto';
import { type Ami, connectAmi } from '../../asterisk/ami.ts';
import type { Context } from '../../context.ts';
import type { Container } from '../../engine/container.ts';
import { connectEngine } from '../../engine/engine.ts';
import { ensureImage } from '../../engine/images.ts';
import type { Network } from '../../engine/network.ts';
import { Run } from '../../engine/run.ts';
import type { Build } from '../../model/build.ts';
import { settingsOf } from '../../model/kinds.ts';
import { secretsInDialplan } from '../secret-text.ts';
import { addressesOf, carriers } from './carriers.ts';
import {
  type Bringing,
  FIXED_PLACES,
  type Placing,
  placesFrom,
  type StartsPbx,
  startMailServer,
  startNameserver,
  startPbx,
  startWorld,
} from './containers.ts';
import { type Database, odbcAccount, startDatabase } from './database.ts';
import { iaxParties } from './iax.ts';
import { arrived, type Mail } from './mail.ts';
import type { Change } from './overlay.ts';
import { registered } from './registered.ts';
import { registerWithCarriers } from './registrar.ts';
import type { Side } from './side.ts';

const LONGEST_MS = 60 * 60_000;

/** The PBX as rendered, and the world around it. Everything is gone after end(). */
export interface Lab extends Side {
  readonly database: Database;
  /** What another PBX beside it is brought up with, and the first place of the network that is free for it. */
  readonly beside: { readonly bringing: Bringing; readonly network: Network; readonly firstPlace: number; readonly ami: Placing['ami'] };
  /** Mail that the PBX has sent so far. */
  mails(): Promise<Mail[]>;
  /** What the lab changed in the tree that will be installed. */
  readonly changes: readonly Change[];
  /** Uses the lab with the PBX started anew, and its system clock at this local time. The PBX that was there is gone, with its state and its log. */
  atClock<T>(at: string, use: (lab: Lab) => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

/** Brings the lab up. @throws MigrateError E_NO_ENGINE (exit 3), E_LAB; Interrupted. */
export async function startLab(build: Build, o: { migrations: string; startsPbx?: StartsPbx }, c: Context): Promise<Lab> {
  const engine = await connectEngine();
  const images = { asterisk: await ensureImage(engine, 'asterisk', c), mariadb: await ensureImage(engine, 'mariadb', c) };
  const run = await Run.start(engine, c, { longestMs: LONGEST_MS });
  try {
    return await bringUp({ run, build, images, context: c, ...o });
  } catch (error) {
    await run.end();
    throw error;
  }
}

async function bringUp(b: Bringing): Promise<Lab> {
  const { run, build, context } = b;
  const network = await run.network();
  const timeZone = settingsOf(build.model).timeZone;
  const places = placesFrom(network, 0);
  const list = carriers(build.model, places.carrier);
  const ami = { user: 'lab', secret: randomBytes(16).toString('hex') };
  context.progress({ step: 'database' });
  const database = await startDatabase(run, {
    image: b.images.mariadb,
    network,
    migrations: b.migrations,
    account: odbcAccount(build.entries),
    timeZone,
  });
  const placing = { network, places, list, database: database.container.ip, ami, timeZone };
  await startNameserver(b, placing);
  const mail = await startMailServer(b, placing);
  context.progress({ step: 'PBX' });
  const { container: pbx, changes, entries } = await startPbx(b, placing);
  context.progress({ step: 'telephones and carriers' });
  const world = await startWorld(b, placing);
  const pbxAmi = await logIn(pbx, ami, context);
  const worldAmi = await logIn(world, ami, context);
  const registering = await registerWithCarriers({ container: pbx, ami: pbxAmi, entries }, list);
  await registered(build, { pbx: pbxAmi, world: worldAmi }, context);
  const lab: Lab = {
    pbx: { container: pbx, ami: pbxAmi },
    world: { container: world, ami: worldAmi },
    database,
    beside: { bringing: b, network, ami, firstPlace: FIXED_PLACES + addressesOf(list).length },
    mails: () => arrived(mail),
    carriers: list,
    iax: iaxParties(build.model),
    timeZone: timeZone ?? 'UTC',
    secrets: secretsInDialplan(build.model),
    changes: [...changes, ...registering],
    onSystemClock: false,
    prompts: (prompt) => [prompt],
    atClock: (clock, use) => withAnother(b, { ...placing, clock }, lab, use),
    end: async () => {
      await Promise.allSettled([pbxAmi.close(), worldAmi.close(), database.close()]);
      await run.end();
    },
  };
  return lab;
}

/** In place of the PBX another of the same tree and address, to which all telephones register again. */
async function withAnother<T>(b: Bringing, placing: Parameters<typeof startPbx>[1], lab: Lab, use: (lab: Lab) => Promise<T>): Promise<T> {
  await lab.pbx.ami.close();
  await lab.pbx.container.remove();
  const { container } = await startPbx(b, placing);
  const ami = await logIn(container, placing.ami, b.context);
  try {
    await lab.world.ami.action({ Action: 'PJSIPRegister', Registration: '*all' });
    await registered(b.build, { pbx: ami, world: lab.world.ami }, b.context);
    return await use({ ...lab, pbx: { container, ami }, onSystemClock: true });
  } finally {
    await ami.close();
  }
}

/** Reaches a container's AMI as the lab's user. */
export async function logIn(container: Container, ami: { user: string; secret: string }, c: Context): Promise<Ami> {
  const { port } = await container.forward({ port: 5038 });
  return connectAmi({ host: '127.0.0.1', port, user: ami.user, secret: ami.secret, signal: c.signal });
}
