import type { Facts } from '../box/facts.ts';
import { type Finding, finding } from '../finding.ts';
import { type CronJob, readColumns, readCronJobs } from './fact-lines.ts';
import { type Machine, machineOf } from './machine.ts';
import { MACHINE_SERVICES } from './machine-service.ts';

/** Something that lives on the old machine beside its PBX, with what becomes of it. */
export interface FoundService {
  readonly name: string;
  /** Which of several: a path, an address, a line of a file. Never a value. */
  readonly key: string;
  readonly fate:
    | { readonly is: 'replaced'; readonly by: string }
    | { readonly is: 'left'; readonly why: string }
    /** A program that uses AMI; null where nobody knows under which name. */
    | { readonly is: 'ami'; readonly user: string | null };
  readonly finding: Finding | null;
}

const STAYS = 'stays behind on the old machine';

/** All of them, in a stable order; none where the source brings no facts. Pure. */
export function foundServices(facts: Facts): FoundService[] {
  const machine = machineOf(facts);
  return [
    ...services(machine, facts),
    ...listeners(machine),
    ...clients(machine, facts),
    ...jobs(facts),
    ...programs(facts),
    ...databases(facts),
  ];
}

function services(machine: Machine, facts: Facts): FoundService[] {
  return MACHINE_SERVICES.flatMap(({ name, seen, replacedBy, means, hint }): FoundService[] => {
    const sign = seen(machine, facts);
    if (sign === null) return [];
    const told =
      replacedBy === null
        ? finding('SERVICE_STAYS_BEHIND', { where: sign, means, hint })
        : finding('SERVICE_REPLACED', { where: sign, means, hint });
    return [
      { name, key: sign, fate: replacedBy === null ? { is: 'left', why: STAYS } : { is: 'replaced', by: replacedBy }, finding: told },
    ];
  });
}

/** Of Asterisk itself and of the operating system, and those that MACHINE_SERVICES tells. */
const EXPLAINED_PROGRAMS =
  /^(?:asterisk|safe_asterisk|sshd|httpd|mysqld|mariadbd|rpc\S*|portmap|cupsd|avahi\S*|dhclient|xinetd|master|sendmail|ntpd|chronyd|dhcpd|hfaxd|openvpn|slapd)$/;
const EXPLAINED_PORTS = new Set([22, 25, 67, 68, 69, 80, 123, 389, 443, 1194, 3306, 4445, 4559]);

/** Programs that answer on the network and that nobody here knows. */
function listeners(machine: Machine): FoundService[] {
  const unknown = machine.open.filter((s) => s.program !== '' && !EXPLAINED_PROGRAMS.test(s.program) && !EXPLAINED_PORTS.has(s.port));
  const keys = new Set(unknown.map((s) => `${s.protocol} ${s.port} (${s.program})`));
  return [...keys].sort().map((key): FoundService => {
    const means = 'A program of the old machine answers here on the network. The new box does not have it.';
    const hint = 'See what it does and for whom, and move it to another machine where somebody needs it.';
    return {
      name: 'listener',
      key,
      fate: { is: 'left', why: STAYS },
      finding: finding('SERVICE_STAYS_BEHIND', { where: key, means, hint }),
    };
  });
}

const AMI_PORTS = new Set([5038, 8088]);
const CLIENTS: ReadonlyMap<number, string> = new Map([
  [5038, 'AMI'],
  [8088, 'AMI over HTTP'],
  [3306, 'the database'],
  [25, 'mail'],
  [389, 'LDAP'],
  [445, 'shared folders'],
  [4559, 'fax'],
]);

/** Who was connected while the facts were taken: a program a port. */
function clients(machine: Machine, facts: Facts): FoundService[] {
  const seen = new Map(
    machine.connected
      .filter((s) => CLIENTS.has(s.port))
      .map((s) => [`${s.peer.address} at port ${s.port}`, { port: s.port, address: s.peer.address }]),
  );
  return [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, { port, address }]) => client(key, port, address, facts));
}

function client(key: string, port: number, address: string, facts: Facts): FoundService {
  const what = CLIENTS.get(port) ?? `port ${port}`;
  if (AMI_PORTS.has(port)) {
    const user = amiUserAt(address, facts.get('ami-sessions') ?? '');
    const means = `A program at ${address} was connected to ${what}${user === null ? '' : ` as '${user}'`}: a dialler, a CRM or a panel. It finds nobody at the old address after the cutover.`;
    const hint = "Give it the new box's address, or give the new box the old one's. User, secret and rights are carried as they are.";
    return { name: 'client', key, fate: { is: 'ami', user }, finding: finding('CLIENT_CONNECTED', { where: key, means, hint }) };
  }
  const means = `A program at ${address} was connected to ${what} of the old machine. The new box does not offer it.`;
  return { name: 'client', key, fate: { is: 'left', why: STAYS }, finding: finding('CLIENT_CONNECTED', { where: key, means }) };
}

/** `manager show connected`: a line a session, name and address first. */
function amiUserAt(address: string, sessions: string): string | null {
  const words = sessions.split('\n').map((line) => line.trim().split(/\s+/));
  return words.find((line) => line[1] === address)?.[0] ?? null;
}

/** Jobs that CentOS, its packages and the old web pages bring; they do nothing for callers. */
const STOCK_JOBS =
  /run-parts|\/(?:sa1|sa2|raid-check|logrotate|logwatch|0logwatch|00-?logwatch|makewhatis\S*|mlocate\S*|prelink|rpm|tmpwatch|cups|anacron|0anacron|0yum\S*|yum\S*|certwatch|man-db\S*|apt-compat|dpkg|freepbx-cron-scheduler\.php|issabelpbx-cron-scheduler\.php|hylafax|inn-cron-\S*|mcelog\S*|0hourly|dailyjobs|readahead\S*|popularity-contest|e2scrub_all|passwd|aptitude|bsdmainutils)$/;

function jobs(facts: Facts): FoundService[] {
  return readCronJobs(facts.get('crontab') ?? '').map((job): FoundService => {
    if (STOCK_JOBS.test(job.program))
      return { name: 'cron-job', key: job.key, fate: { is: 'left', why: 'a job of the old system itself' }, finding: null };
    return { name: 'cron-job', key: job.key, fate: { is: 'left', why: STAYS }, finding: jobFinding(job) };
  });
}

function jobFinding(job: CronJob): Finding {
  const what = job.program === '' ? 'a command' : job.program;
  return finding('JOB_STAYS_BEHIND', { where: job.key, means: `The old machine runs ${what} at set times, and the new box does not.` });
}

const PROGRAMS: readonly { readonly fact: string; readonly name: string; readonly means: string; readonly hint: string }[] = [
  {
    fact: 'hangup-addons',
    name: 'hangup-addon',
    means: 'The old box runs it at the end of each call (hangup.agi), with what is known of the call.',
    hint: 'Let a hang-up handler of the dialplan do it, or let the program read the call records of the database.',
  },
  {
    fact: 'web-pages',
    name: 'web-page',
    means: 'A page that no package brought lies on the web server of the old machine.',
    hint: 'See who uses it (collected/web-clients.txt); if anybody does, move it to another machine.',
  },
  {
    fact: 'local-bin',
    name: 'local-program',
    means: 'A program that no package brought lies on the old machine.',
    hint: 'See what starts it (cron, dialplan, AGI); if anything does, move it.',
  },
  {
    fact: 'local-sbin',
    name: 'local-program',
    means: 'A program that no package brought lies on the old machine.',
    hint: 'See what starts it (cron, dialplan, AGI); if anything does, move it.',
  },
];

function programs(facts: Facts): FoundService[] {
  return PROGRAMS.flatMap(({ fact, name, means, hint }) =>
    (facts.get(fact) ?? '')
      .split('\n')
      .filter((path) => path.startsWith('/'))
      .sort()
      .map(
        (path): FoundService => ({
          name,
          key: path,
          fate: { is: 'left', why: STAYS },
          finding: finding('PROGRAM_STAYS_BEHIND', { where: path, means, hint }),
        }),
      ),
  );
}

/** Those of the server itself, and those that are read elsewhere. */
const KNOWN_DATABASES = new Set(['mysql', 'information_schema', 'performance_schema', 'sys', 'test', 'asterisk', 'asteriskcdrdb']);

const DATABASE_MEANS: Readonly<Record<string, string>> = {
  call_center: 'Campaigns, agents and their results of the call centre.',
  meetme: 'Conferences that were booked beforehand on the web pages.',
  endpointconfig: 'Telephones that the web pages set up, with their MAC addresses.',
  roundcubedb: 'Web mail.',
  vtigercrm: 'The CRM that came with the old box.',
  mya2billing: 'Calling cards and billing (A2Billing).',
};

/** Databases that hold anything: `name, tables, bytes, bytes of indexes`. */
function databases(facts: Facts): FoundService[] {
  return readColumns(facts.get('databases') ?? '').flatMap(([name = '', , bytes = '']): FoundService[] => {
    if (KNOWN_DATABASES.has(name) || !(Number(bytes) > 0)) return [];
    const means = `${DATABASE_MEANS[name] ?? 'Nobody knows what it holds.'} ${bytes} bytes are not carried.`;
    return [
      { name: 'database', key: name, fate: { is: 'left', why: STAYS }, finding: finding('DATABASE_NOT_CARRIED', { where: name, means }) },
    ];
  });
}
