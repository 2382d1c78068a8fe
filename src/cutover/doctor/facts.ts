import type { Machine } from '../move/machine.ts';
import { said } from '../move/machine.ts';

/** What a running PBX is asked, a program each: only read, as root. What is not there says nothing. */
const ASKED = {
  status: 'pbx-config status',
  uptime: "asterisk -rx 'core show uptime seconds'",
  contacts: "asterisk -rx 'pjsip show contacts'",
  endpoints: "asterisk -rx 'pjsip list endpoints'",
  queues: "asterisk -rx 'queue show'",
  iax: "asterisk -rx 'iax2 show peers'",
  registrations: "asterisk -rx 'pjsip show registrations'",
  iaxRegistrations: "asterisk -rx 'iax2 show registry'",
  channelStats: "asterisk -rx 'pjsip show channelstats'",
  channels: "asterisk -rx 'core show channels concise'",
  ami: "asterisk -rx 'manager show connected'",
  taskprocessors: "asterisk -rx 'core show taskprocessors' | grep manager",
  odbc: "asterisk -rx 'odbc show all'",
  records: 'mariadb asteriskcdrdb -NBe "SELECT COUNT(*), IFNULL(MAX(calldate), \'\') FROM cdr"',
  spool: 'wc -l < /var/log/asterisk/cdr-custom/spool.csv',
  clock: 'date +%s',
  synchronized: 'timedatectl show -p NTPSynchronized --value',
  zone: 'readlink -f /etc/localtime',
  disc: 'df -Pk /var/spool/asterisk /var/lib/mysql /var/log',
  certificates:
    'for file in /etc/asterisk/keys/*.crt /etc/asterisk/keys/*.pem /etc/nginx/ssl/*.crt /etc/letsencrypt/live/*/cert.pem; do [ -f "$file" ] && echo "$file $(openssl x509 -noout -enddate -in "$file" | sed s/notAfter=//)"; done',
  refused:
    'grep -h "failed for \'" /var/log/asterisk/messages | tail -n 5000 | sed -n "s/.* failed for \'\\([0-9a-fA-F.:]*\\):[0-9]*\' .*/\\1/p" | sort | uniq -c | sort -rn | head -n 20',
  files: 'cd / && find etc/asterisk etc/migrate etc/systemd/system/asterisk* etc/msmtprc -type f 2> /dev/null | sort | xargs sha256sum',
  timers: 'systemctl list-timers --all --no-legend "asterisk-*"',
} as const;
export type FactName = keyof typeof ASKED;

/** What each printed; '' where it failed or is not there. */
export type Facts = Readonly<Record<FactName, string>>;

const MARK = '=====migrate-doctor=====';

/** Asks all of it in one go, so that a far machine is reached once. @throws MigrateError E_MACHINE */
export async function askFacts(machine: Machine): Promise<Facts> {
  const script = Object.entries(ASKED).map(([name, program]) => `echo '${MARK}${name}'; { ${program}; } 2> /dev/null < /dev/null || true`);
  return factsOf(await said(machine, 'sh -s', script.join('\n')));
}

export function factsOf(text: string): Facts {
  const parts = text.split(MARK).slice(1);
  const found = new Map(
    parts.map((part) => {
      const end = part.indexOf('\n');
      return [part.slice(0, end), part.slice(end + 1).trim()];
    }),
  );
  return Object.fromEntries(Object.keys(ASKED).map((name) => [name, found.get(name) ?? ''])) as unknown as Facts;
}
