/** Pure readers of what the programs of an old machine print. Lines that they do not know are left out: other versions print other heads. */

/** A line of `netstat -tulnp`, `netstat -tunp`, `ss -tulnp` or `ss -tunp`. */
export interface Socket {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  /** null where nobody is connected. */
  readonly peer: { readonly address: string; readonly port: number } | null;
  /** '' where it is not told. */
  readonly program: string;
}

export function readSockets(text: string): Socket[] {
  return text.split('\n').flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const protocol = /^(tcp|udp)6?$/.exec(words[0] ?? '')?.[1] as Socket['protocol'] | undefined;
    const [local, peer] = words.slice(1).flatMap((word) => place(word) ?? []);
    if (protocol === undefined || local === undefined || local.port === null) return [];
    const program = /\s\d+\/(\S+)/.exec(line)?.[1] ?? /users:\(\("([^"]+)"/.exec(line)?.[1] ?? '';
    const connected = peer === undefined || peer.port === null ? null : { address: peer.address, port: peer.port };
    return [{ protocol, address: local.address, port: local.port, peer: connected, program: program.replace(/:$/, '') }];
  });
}

/** '0.0.0.0:5038', ':::80', '[::1]:25', '*:69', '192.0.2.1%eth0:67'; port null for '*'. */
function place(word: string): { address: string; port: number | null } | null {
  const found = /^(\[?[0-9a-fA-F:.]*\]?|\*)(?:%\w+)?:(\d{1,5}|\*)$/.exec(word);
  if (found === null) return null;
  const address = (found[1] ?? '').replace(/^\[|\]$/g, '').replace(/^::ffff:/i, '');
  return {
    address: address === '*' || address === '::' || address === '' ? '0.0.0.0' : address,
    port: found[2] === '*' ? null : Number(found[2]),
  };
}

/** Nobody but the machine itself gets there. */
export function isLoopback(address: string): boolean {
  return /^127\.|^::1$/.test(address);
}

/** A job of cron; the command itself is not kept: it may hold passwords. */
export interface CronJob {
  /** '/etc/crontab:3', or '/etc/cron.daily/backup'. */
  readonly key: string;
  /** The program that it runs, as far as that is a plain path; '' else. */
  readonly program: string;
}

/** The collector's crontab.txt: '==> /etc/crontab <==', then its lines; of a folder of cron the names of its files. */
export function readCronJobs(text: string): CronJob[] {
  const jobs: CronJob[] = [];
  let file = '';
  let number = 0;
  for (const line of text.split('\n')) {
    const head = /^==> (\/\S+) <==$/.exec(line);
    if (head !== null) {
      file = head[1] ?? '';
      number = 0;
      continue;
    }
    number++;
    if (line.trim() === '' || file === '') continue;
    if (/^\/etc\/cron\.(?:hourly|daily|weekly|monthly)$/.test(file)) jobs.push({ key: `${file}/${line}`, program: `${file}/${line}` });
    else if (isJob(line)) jobs.push({ key: `${file}:${number}`, program: programOf(line, /^\/etc\//.test(file)) });
  }
  return jobs;
}

function isJob(line: string): boolean {
  return /^\s*(?:@[a-z]+|[\d*][\d*,/-]*\s)/.test(line);
}

const INTERPRETERS = /(?:^|\/)(?:nice|ionice|env|sudo|sh|bash|dash|php\d?|perl|python[\d.]*)$/;

/** First word of the command that names a program: not a variable, not an interpreter, not its options. */
function programOf(line: string, hasUser: boolean): string {
  const times = /^\s*(?:@[a-z]+|(?:\S+\s+){4}\S+)\s+/.exec(line)?.[0] ?? '';
  const command = line
    .slice(times.length)
    .trim()
    .replace(hasUser ? /^\S+\s+/ : '', '');
  const words = command.replace(/^cd\s+\S+\s*(?:&&|;)\s*/, '').split(/\s+/);
  const program = words.find((word) => !/^-|^\d+$|=/.test(word) && !INTERPRETERS.test(word)) ?? words[0] ?? '';
  return /^[\w./+-]+$/.test(program) ? program : '';
}

/** A line a name with columns between tabs. */
export function readColumns(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t'));
}

/** Services that `chkconfig --list` has on in runlevel 3, those of xinetd included. */
export function readServicesOn(text: string): Set<string> {
  const on = text.split('\n').flatMap((line) => /^(\S+)\s.*\b3:on\b/.exec(line)?.[1] ?? /^\s+(\S+):\s+on\s*$/.exec(line)?.[1] ?? []);
  return new Set(on);
}
