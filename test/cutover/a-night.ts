import { dirname, join } from 'node:path';
import type { RowDataPacket } from 'mysql2/promise';
import { silentContext } from '../../src/context.ts';
import { type CutoverOptions, cutover, type Phase } from '../../src/cutover/move/cutover.ts';
import type { Machine } from '../../src/cutover/move/machine.ts';
import type { Container } from '../../src/engine/container.ts';
import { connectEngine } from '../../src/engine/engine.ts';
import { ensureImage } from '../../src/engine/images.ts';
import { Run } from '../../src/engine/run.ts';
import { asteriskIsUp } from '../../src/engine/wait.ts';
import { copyCdr } from '../../src/history/copy-cdr.ts';
import { type HistoryServer, startHistoryServer } from '../history/history-server.ts';
import { makeOldCdr } from '../history/old-cdr.ts';
import { aBuild } from './a-build.ts';
import { DIALLER, house, TELEPHONES } from './a-house.ts';
import { installed, shellOf } from './a-machine.ts';
import { carrierFiles, message, oldPbxFiles, telephoneFiles } from './an-old-pbx.ts';

const context = silentContext();

/** How this house's PBX stops and starts, which has neither amportal nor an init script. */
const STOP =
  "asterisk -rx 'core stop now' > /dev/null; n=0; while pgrep -x asterisk > /dev/null; do n=$((n + 1)); [ $n -lt 30 ] || exit 1; sleep 1; done";
const START =
  "asterisk -U asterisk -G asterisk; n=0; until asterisk -rx 'core waitfullybooted' > /dev/null 2>&1; do n=$((n + 1)); [ $n -lt 30 ] || exit 1; sleep 1; done";

/** Logs in with what it reads, and prints the block that says how the call went. */
const ASK_AMI =
  'exec 3<> /dev/tcp/"$0"/5038; cat >&3; timeout 40 sed -un "/^Event: OriginateResponse/,/^\\r*$/{p;/^\\r*$/q}; /Authentication failed/q" <&3';

/** A container as the cutover reaches a machine: what is poured goes by base64, since what a program prints is text here. */
export function machine(name: string, container: Container): Machine {
  const run: Machine['run'] = (script, o = {}) => container.exec(['sh', '-c', script], { stdin: Buffer.from(o.stdin ?? '') });
  return {
    name,
    typed: (script) => `${name}: ${script}`,
    run,
    pour: async (from, there, into) => {
      const given = await run(`set -e; { ${from}; } | base64`);
      const taken = await there.run(`base64 -d | { ${into}; }`, { stdin: given.out });
      if (given.code + taken.code !== 0) throw new Error(`${given.err}${taken.err}`);
    },
  };
}

/** The house of a-house.ts in a lab: an old PBX that serves it at `address`, a new machine on which its build is installed, telephones, a carrier and a dialler. */
export class Night {
  readonly old: Container;
  readonly now: Container;
  readonly telephones: Container;
  readonly carrier: Container;
  readonly build: string;
  /** '172.20.0.128', which all know the PBX by. */
  readonly address: string;
  readonly history: HistoryServer;
  readonly #run: Run;
  readonly #cidr: string;

  private constructor(
    o: Pick<Night, 'old' | 'now' | 'telephones' | 'carrier' | 'build' | 'address' | 'history'> & { run: Run; cidr: string },
  ) {
    this.old = o.old;
    this.now = o.now;
    this.telephones = o.telephones;
    this.carrier = o.carrier;
    this.build = o.build;
    this.address = o.address;
    this.history = o.history;
    this.#run = o.run;
    this.#cidr = o.cidr;
  }

  /** Everything is up, the old PBX serves. Call end() whatever comes of it. */
  static async begin(): Promise<Night> {
    const engine = await connectEngine();
    const image = (name: 'machine' | 'asterisk16' | 'asterisk'): Promise<string> => ensureImage(engine, name, context);
    const [clean, before, after] = [await image('machine'), await image('asterisk16'), await image('asterisk')];
    const run = await Run.start(engine, context, { longestMs: 900_000 });
    try {
      const network = await run.network();
      const [address, ip, gateway] = [network.address(0), network.address(1), network.address(2)];
      const cidr = `${address}/${network.prefix}`;
      const idle = { network, netAdmin: true, entrypoint: ['sleep', 'infinity'] };
      const files = (entries: ReturnType<typeof carrierFiles>) => [{ path: '/', entries }];
      const carrier = await run.container({ role: 'carrier', image: after, network, ip, files: files(carrierFiles(address)) });
      const old = await run.container({ role: 'old-pbx', image: before, ...idle, files: files(oldPbxFiles(ip)) });
      const now = await run.container({ role: 'new-pbx', image: clean, network, netAdmin: true });
      // the old machine has no other address, as most have, and both have a way out
      await shellOf(old).sh(`ip address flush dev eth0; ip address add ${cidr} dev eth0; ip route replace default via ${gateway}`);
      await shellOf(now).sh('DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends iproute2 2>&1');
      await shellOf(now).sh(`ip route replace default via ${gateway}`);
      await shellOf(old).sh(
        `chown -R asterisk:asterisk /etc/asterisk; install -d -o asterisk -g asterisk /run/asterisk; asterisk -U asterisk -G asterisk`,
      );
      // as a web PBX keeps how each is rung
      await old.waitFor(asteriskIsUp());
      for (const name of TELEPHONES) await shellOf(old).sh(`asterisk -rx 'database put DEVICE ${name}/dial SIP/${name}'`);
      const telephones = await run.container({ role: 'telephones', image: after, network, files: files(telephoneFiles(address)) });
      // an administrator has tried Asterisk there before, with Debian's examples
      await shellOf(now).sh('DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends asterisk asterisk-config 2>&1');
      const build = await aBuild(house(ip));
      const [history] = await Promise.all([
        startHistoryServer({ memory: '1g' }),
        ...[carrier, old, telephones].map((c) => c.waitFor(asteriskIsUp())),
        installed(now, build),
      ]);
      await makeOldCdr(history);
      return new Night({ old, now, telephones, carrier, build, address, history, run, cidr });
    } catch (error) {
      await run.end();
      throw error;
    }
  }

  async end(): Promise<void> {
    await Promise.all([this.#run.end(), this.history.close()]);
  }

  /** Telephones with which somebody has named the new machine as their PBX. */
  async pilots(names: readonly string[]): Promise<Container> {
    const network = await this.#run.network();
    const image = await ensureImage(await connectEngine(), 'asterisk', context);
    const files = [{ path: '/', entries: telephoneFiles(this.now.ip, names) }];
    const container = await this.#run.container({ role: 'pilots', image, network, files });
    await container.waitFor(asteriskIsUp());
    return container;
  }

  /** One phase of the cutover, with consent, and with nothing verified. */
  go(phase: Phase, more: Partial<CutoverOptions> = {}): ReturnType<typeof cutover> {
    const o: CutoverOptions = {
      old: machine('old', this.old),
      new: machine('new', this.now),
      dryRun: false,
      consent: `${phase} old`,
      despite: 'the lab has not verified it',
      report: join(dirname(this.build), 'report'),
      copyRecords: (queueLog) => this.#copyRecords(queueLog),
      recordings: true,
      address: { cidr: this.#cidr, oldInterface: 'eth0', newInterface: 'eth0' },
      stopOld: STOP,
      startOld: START,
      pilots: [],
      between: null,
      ...more,
    };
    return cutover(phase, this.build, o, context);
  }

  /** As the command does it: what came since the last copy. */
  async #copyRecords(queueLog: string | null): Promise<string> {
    const { password: sourcePassword, from, to } = this.history;
    const o = { sourcePassword, targetPassword: sourcePassword, out: join(dirname(this.build), 'records'), timeZone: 'Europe/Moscow' };
    const { copied, unproved } = await copyCdr(from, to, { ...o, ...(queueLog === null ? {} : { queueLog: [queueLog] }) }, context);
    return `${copied} copied, ${unproved} months differ`;
  }

  /** Call records of the old PBX that the new database has. */
  async copied(): Promise<number> {
    const [rows] = await this.history.db.query<RowDataPacket[]>('SELECT COUNT(*) AS n FROM asteriskcdrdb.cdr');
    return Number(rows[0]?.['n']);
  }

  /** Messages of voicemail on a side. */
  async messages(of: Container): Promise<number> {
    return Number(await shellOf(of).sh('find /var/spool/asterisk/voicemail -name "msg*.txt" 2> /dev/null | wc -l'));
  }

  /** Leaves a message for 102. */
  async leave(on: Container, number: string, from: string): Promise<void> {
    await on.put('/', message('102', number, from));
    await shellOf(on).sh('chown -R asterisk:asterisk /var/spool/asterisk/voicemail');
  }

  /** Telephones that the old PBX can call. */
  async registeredAtOld(): Promise<number> {
    return Number(await shellOf(this.old).sh("asterisk -rx 'database show SIP/Registry' | grep -c Registry/ || true"));
  }

  /** What called each number of a far side so far, a line a call: '103 172.20.0.128:5060'. */
  async rang(at: Container): Promise<string[]> {
    const text = await shellOf(at).sh('cat /tmp/rang 2> /dev/null || true');
    return text === '' ? [] : text.split('\n');
  }

  /** Who called each number of a far side so far, a line a call: '103 101'. */
  async callers(at: Container): Promise<string[]> {
    return (await shellOf(at).sh('cat /tmp/callers 2> /dev/null || true')).split('\n');
  }

  /** How many calls of a far side were answered so far. */
  async answered(at: Container): Promise<number> {
    return Number(await shellOf(at).sh('cat /tmp/answered 2> /dev/null | wc -l'));
  }

  /** Calls from a far side: of the carrier to the PBX, `PJSIP/world/sip:DID@...`; of a telephone, `PJSIP/102@calls-101`. */
  async calls(from: Container, number: string, channel: string): Promise<void> {
    await shellOf(from).sh(`asterisk -rx 'channel originate ${channel} extension ${number}@answered'`);
  }

  /** Calls a telephone from a PBX. */
  async rings(on: Container, channel: string): Promise<void> {
    await shellOf(on).sh(`asterisk -rx 'channel originate ${channel} application Wait 1'`);
  }

  /** The dialler calls a customer, and joins him with a telephone, by the login and the address that it always had. @returns what AMI says of it */
  async dials(customer: string, telephone: string): Promise<string> {
    const block = (fields: Record<string, string>): string =>
      `${Object.entries(fields)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n`;
    const said = [
      block({ Action: 'Login', Username: DIALLER.user, Secret: DIALLER.secret }),
      block({
        Action: 'Originate',
        Channel: `Local/${customer}@from-internal`,
        Context: 'from-internal',
        Exten: telephone,
        Priority: '1',
        Async: 'true',
        Timeout: '30000',
      }),
    ];
    return (await this.telephones.exec(['bash', '-c', ASK_AMI, this.address], { stdin: Buffer.from(said.join('')) })).out;
  }

  /** Every call has ended, on both PBXs and far sides that run. */
  async hangUp(): Promise<void> {
    for (const at of [this.telephones, this.carrier]) await shellOf(at).sh("asterisk -rx 'channel request hangup all' > /dev/null");
  }
}
