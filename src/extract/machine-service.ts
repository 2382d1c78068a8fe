import type { Facts } from '../box/facts.ts';
import { readColumns } from './fact-lines.ts';
import type { Machine } from './machine.ts';

/** Something that the old machine did for its site beside telephony, and that ends when it is switched off. */
export interface MachineService {
  readonly name: string;
  /** What shows that it is there; null: it is not. */
  seen(m: Machine, facts: Facts): string | null;
  /** What the new box has in its place; null: it stays behind. */
  readonly replacedBy: string | null;
  readonly means: string;
  readonly hint: string;
}

/** What such boxes are found to do (ELASTIX.md, section 18). */
export const MACHINE_SERVICES: readonly MachineService[] = [
  {
    name: 'tftp',
    seen: (m, facts) =>
      port(m, 'udp', 69) ??
      named(m, ['tftp']) ??
      lines(facts, 'tftp-clients', 'requests in the log') ??
      lines(facts, 'tftp-files', 'files in tftpboot'),
    replacedBy: null,
    means:
      'Telephones load their configuration from the old machine when they start (TFTP). Without it a telephone that restarts keeps what it has, or comes up without an account.',
    hint: "Serve the folder tftpboot of the tar from another machine, with the new box's address in it, and let DHCP name it (option 66 or 150).",
  },
  {
    name: 'dhcp',
    seen: (m) => port(m, 'udp', 67, /^(?:dhcpd|dnsmasq)/) ?? running(m, ['dhcpd']) ?? named(m, ['dhcpd']),
    replacedBy: null,
    means:
      'The old machine gives addresses to the network (DHCP). Without it telephones and computers lose the network when their lease ends.',
    hint: 'Move DHCP (etc/dhcpd.conf in the tar) to a router or another machine before the old one is switched off.',
  },
  {
    name: 'ntp',
    seen: (m) => port(m, 'udp', 123, /^(?:ntpd|chronyd)/) ?? named(m, ['ntpd', 'chronyd']),
    replacedBy: null,
    means: 'Telephones may take their time from the old machine (NTP): their displays go wrong without it.',
    hint: 'Let DHCP (option 42) and the telephones name another time server, or install chrony on the new box and allow the network there.',
  },
  {
    name: 'mail-relay',
    seen: (m) => port(m, 'tcp', 25) ?? null,
    replacedBy: null,
    means: 'The old machine takes mail from others on the network (port 25). The new box only sends its own, through a relay.',
    hint: 'See who sends through it (collected/connections.txt, its mail log) and name another relay there.',
  },
  {
    name: 'mail',
    seen: (m, facts) => (facts.has('mail') ? 'postfix' : null) ?? running(m, ['sendmail', 'exim', 'master']),
    replacedBy: 'msmtp on the new box, through a relay',
    means: "The old machine sends voicemail's mail itself.",
    hint: 'Name the relay of collected/mail.txt in /etc/msmtprc of the new box.',
  },
  {
    name: 'fax',
    seen: (m, facts) =>
      port(m, 'tcp', 4559) ?? running(m, ['hfaxd', 'faxq', 'iaxmodem', 'faxgetty']) ?? lines(facts, 'fax-modems', 'files of fax modems'),
    replacedBy: null,
    means: 'The old machine receives or sends faxes (HylaFAX, iaxmodem). Faxes do not arrive on the new box.',
    hint: 'Move fax to a service of the carrier or to a fax server of its own, and send its numbers there.',
  },
  {
    name: 'vpn',
    seen: (m) => running(m, ['openvpn', 'pptpd', 'racoon', 'charon']) ?? port(m, 'udp', 1194) ?? named(m, ['openvpn', 'ipsec', 'pptpd']),
    replacedBy: null,
    means: 'The old machine is an end of a VPN. Telephones and branches behind it do not reach the new box.',
    hint: 'Set the VPN up on the new box or on the router, with the same keys, before the cutover.',
  },
  {
    name: 'phone-book',
    seen: (m, facts) =>
      port(m, 'tcp', 389) ?? running(m, ['slapd']) ?? asked(facts, /phone_?book|addressbook|address_book|directory.*\.(?:xml|php)/i),
    replacedBy: null,
    means: 'Telephones look up names in a phone book on the old machine (LDAP or a web page).',
    hint: 'Serve the phone book from another machine and name it in the telephones.',
  },
  {
    name: 'click-to-call',
    seen: (_, facts) => asked(facts, /click|originate|call(?:to|back|me)?\.(?:php|cgi)/i),
    replacedBy: null,
    means: 'Programs start calls through a web page on the old machine (click to call).',
    hint: "Let them use the new box's AMI over HTTP (AJAM), or install the page on a web server that reaches its AMI.",
  },
  {
    name: 'web-provisioning',
    seen: (_, facts) => asked(facts, /\.(?:cfg|conf|boot|bin|rom|sbin)$|\/[0-9a-f]{12}(?:\.xml|\.txt)?$/i),
    replacedBy: null,
    means: 'Telephones load their configuration from the old machine over HTTP.',
    hint: 'Serve the same paths from another machine, and name it in the telephones or in DHCP (option 66).',
  },
  {
    name: 'operator-panel',
    seen: (m) => running(m, ['op_server.pl']) ?? port(m, 'tcp', 4445),
    replacedBy: null,
    means: 'The operator panel shows who is on the telephone. The new box has none: it made the old one slow.',
    hint: 'Lamps of telephones (BLF) are carried; a panel that logs in over AMI can be added later.',
  },
  {
    name: 'dialler',
    seen: (m) => running(m, ['dialerd', 'elastixdialer']) ?? named(m, ['elastixdialer', 'issabeldialer']),
    replacedBy: null,
    means: 'The call centre of the old box dials campaigns and shows agents their console. The new box has neither.',
    hint: 'Let another dialler take over (databases/call_center.sql.gz holds campaigns and results); it finds queues and AMI users as they were.',
  },
  {
    name: 'web-pages',
    seen: (m) => port(m, 'tcp', 80) ?? port(m, 'tcp', 443),
    replacedBy: 'files under /etc/asterisk and in the model, edited by hand',
    means: 'Administrators and users use the web pages of the old box: settings, recordings, reports, the portal for voicemail.',
    hint: 'Tell users of the portal how to listen to recordings and voicemail from now on.',
  },
  {
    name: 'firewall',
    seen: (m, facts) =>
      ((facts.get('iptables') ?? '').split('\n').some((line) => line.startsWith('-A')) ? 'iptables' : null) ??
      running(m, ['fail2ban-server']),
    replacedBy: null,
    means: 'The old machine filters the network (iptables) or locks out who guesses passwords (fail2ban). The rules are not carried.',
    hint: 'Write the rules of collected/iptables.txt that still hold for the new box; SIP and AMI must not be open to the world.',
  },
];

/** Program and port, for a port on which somebody else may reach the machine. */
function port(m: Machine, protocol: 'tcp' | 'udp', number: number, program = /^/): string | null {
  const found = m.open.find((s) => s.protocol === protocol && s.port === number && program.test(s.program));
  return found === undefined ? null : `${protocol} ${number}${found.program === '' ? '' : ` (${found.program})`}`;
}

function running(m: Machine, programs: readonly string[]): string | null {
  // the kernel keeps fifteen letters of a name
  return programs.find((name) => m.running.has(name) || m.running.has(name.slice(0, 15))) ?? null;
}

function named(m: Machine, services: readonly string[]): string | null {
  return services.find((name) => m.on.has(name)) ?? null;
}

function lines(facts: Facts, name: string, of: string): string | null {
  return (facts.get(name) ?? '').trim() === '' ? null : of;
}

/** A path that somebody asked the web server for: `12 192.0.2.60 GET /phonebook.xml`. */
function asked(facts: Facts, path: RegExp): string | null {
  const paths = readColumns(facts.get('web-clients') ?? '').flatMap(([line]) => line?.split(' ').slice(3).join(' ') ?? []);
  const found = paths.find((one) => path.test(one));
  return found === undefined ? null : found.slice(0, 120);
}
