import type { Ami } from '../../asterisk/ami.ts';
import type { Container, TarEntry } from '../../engine/container.ts';
import type { Registration, SipTrunk } from '../../model/trunk.ts';
import { type Carrier, hosts, isLiteralAddress } from './carriers.ts';
import type { Change } from './overlay.ts';

const RENDERED = 'etc/asterisk/pjsip_registration.conf';
const FILE = 'etc/asterisk/pjsip.conf';

/**
 * The registration of a trunk that the lab tries, with its place in the model: the first for which world's carrier listens, which does so at the
 * trunk's own port by UDP. null: there is none.
 */
export function triedRegistration(trunk: SipTrunk): { readonly registration: Registration; readonly index: number } | null {
  if (trunk.disabled || trunk.host === null) return null;
  const index = trunk.registrations.findIndex(
    (r) => r.transport === 'udp' && (r.port ?? 5060) === (trunk.port ?? 5060) && [r.user, r.host, r.domain ?? ''].every(isPlain),
  );
  const registration = trunk.registrations[index];
  return registration === undefined ? null : { registration, index };
}

/** What stands in an address and in the name of a section alike. */
function isPlain(text: string): boolean {
  return /^[A-Za-z0-9_.+-]*$/.test(text);
}

/** Under which name a carrier keeps where the PBX has registered: user@domain, as the PBX in the lab says it. null: it does not register with this one. */
export function registeredAs(carrier: Carrier): string | null {
  const tried = triedRegistration(carrier.model);
  if (tried === null) return null;
  const { user, domain, host } = tried.registration;
  const said = domain ?? host;
  const address = isLiteralAddress(said) ? hosts(carrier).find((h) => h.host === said)?.address : undefined;
  return `${user}@${address ?? said}`;
}

/** The sections of the rendered file by which the PBX registers with the lab's carriers, as they stand there. */
export function registrationSections(text: string, list: readonly Carrier[]): string {
  const wanted = new Set(list.map((c) => `sip:${registeredAs(c)}`));
  const sections = text.split(/^(?=\[)/m).filter((section) => section.startsWith('['));
  const of = (section: string, name: string): string => new RegExp(`^${name} = (.*)$`, 'm').exec(section)?.[1] ?? '';
  const taken = sections.filter((s) => of(s, 'type') === 'registration' && wanted.has(of(s, 'client_uri')));
  const auths = new Set(taken.map((s) => `[${of(s, 'outbound_auth')}]`));
  return [...taken, ...sections.filter((s) => auths.has(s.slice(0, s.indexOf('\n'))))].join('\n');
}

/** The first knows the passwords: without it the second asks with none (tried). */
const RELOADED = ['res_pjsip', 'res_pjsip_outbound_registration'];

/**
 * Lets the PBX register, with the lab's carriers alone: what an administrator does at the cutover by an include. Nobody else is within reach, and the build itself stays
 * as quiet as it was. @returns the change to what will be installed; none where no carrier of the model takes a registration.
 */
export async function registerWithCarriers(
  { container, ami, entries }: { container: Container; ami: Ami; entries: readonly TarEntry[] },
  list: readonly Carrier[],
): Promise<Change[]> {
  const rendered = Buffer.from(entries.find((e) => e.path === RENDERED)?.content ?? '').toString('utf8');
  const sections = registrationSections(rendered, list);
  if (sections === '') return [];
  // by stdin: it holds secrets. Put behind what is there, so that the file keeps its owner
  await container.exec(['sh', '-c', `cat >> /${FILE}`], { stdin: Buffer.from(`\n${sections}`) });
  for (const name of RELOADED) await ami.command(`module reload ${name}.so`);
  for (const [, name] of sections.matchAll(/^\[(.*)\]\ntype = registration$/gm))
    await ami.action({ Action: 'PJSIPRegister', Registration: name ?? '' });
  return [
    { file: FILE, from: null, to: sections, secret: true, because: 'the PBX registers as after the cutover, with carriers of the lab' },
  ];
}
