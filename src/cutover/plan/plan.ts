import type { Finding } from '../../finding.ts';
import { type Model, settingsOf } from '../../model/kinds.ts';
import { refText } from '../../model/ref.ts';
import type { Trunk } from '../../model/trunk.ts';
import { hasOwnClass } from '../own-class.ts';
import type { StepTime } from './times.ts';

/** What the last verification said of a build; null: there is none. */
export interface Verified {
  /** ISO time of its end. */
  readonly at: string;
  readonly sentence: string;
  /** Of this very build, and nothing wrong. */
  readonly isGreen: boolean;
  /** Why it does not count, a line each. */
  readonly but: readonly string[];
}

/** A carrier, and what it must know. */
export interface CarrierPlan {
  readonly trunk: string;
  readonly name: string;
  readonly technology: string;
  /** 'user@host'; whoever registers last gets its calls. */
  readonly registers: readonly string[];
  readonly tell: string;
}

/** All that a cutover is made of: cutover.json. */
export interface Plan {
  readonly schema: 1;
  readonly modelSha256: string;
  readonly verified: Verified | null;
  /** How long its steps took when they were last done. */
  readonly times: readonly StepTime[];
  readonly telephones: {
    readonly sip: number;
    readonly iax2: number;
    readonly others: number;
    /** What the old box saw of their makes. */
    readonly seen: string | null;
    /** Those for which something changes, and what. */
    readonly changed: readonly { readonly id: string; readonly what: string }[];
  };
  readonly carriers: readonly CarrierPlan[];
  /** Programs that are connected over AMI: who, and from where. */
  readonly clients: readonly { readonly user: string; readonly from: readonly string[] }[];
  /** Lines that such programs must change. */
  readonly lines: readonly { readonly says: string; readonly instead: string }[];
  /** What the old machine does beside its PBX, and scripts that calls run. */
  readonly beside: readonly { readonly code: string; readonly where: string; readonly means: string; readonly hint: string }[];
  readonly ports: readonly { readonly port: string; readonly protocol: string; readonly why: string }[];
  /** Findings that somebody must decide about first. */
  readonly open: readonly { readonly code: string; readonly about: string; readonly means: string; readonly hint: string }[];
  readonly oldAddress: string | null;
}

const BESIDE = new Set<Finding['code']>([
  'CLIENT_CONNECTED',
  'JOB_STAYS_BEHIND',
  'PROGRAM_STAYS_BEHIND',
  'SERVICE_STAYS_BEHIND',
  'SERVICE_REPLACED',
  'DATABASE_NOT_CARRIED',
  'AGI_SCRIPT',
  'AGI_SCRIPT_OLD',
  'AGI_SCRIPT_REFUSED',
  'AGI_SCRIPT_MISSING',
  'HANGUP_AGI_GONE',
]);

/** What for a telephone changes, by what was found of it. */
const CHANGES = new Set<Finding['code']>(['TRANSPORT_NOT_CARRIED', 'CODEC_UNKNOWN', 'SECRET_GUESSABLE']);

/** A plan from what is known. Pure. @param findings of extract, render and verify, each once */
export function planOf(
  model: Model,
  o: { modelSha256: string; verified: Verified | null; findings: readonly Finding[]; times: readonly StepTime[] },
): Plan {
  const devices = Object.values(model.device);
  const count = (technology: string): number => devices.filter((d) => d.technology === technology).length;
  const { findings } = o;
  return {
    schema: 1,
    modelSha256: o.modelSha256,
    verified: o.verified,
    times: o.times,
    telephones: {
      sip: count('sip'),
      iax2: count('iax2'),
      others: devices.length - count('sip') - count('iax2'),
      seen: findings.find((f) => f.code === 'TELEPHONES_SEEN')?.means ?? null,
      changed: changedTelephones(model, findings),
    },
    carriers: Object.entries(model.trunk).map(([id, t]) => carrier(id, t)),
    clients: Object.entries(model['ami-user']).map(([user, { permit }]) => ({ user, from: permit })),
    lines: findings
      .filter((f) => f.code === 'AMI_CLIENT_DIFFERS')
      .map((f) => ({ says: f.where ?? '', instead: f.hint.replace(/^Send instead: /, '') })),
    beside: findings
      .filter((f) => BESIDE.has(f.code))
      .map((f) => ({ code: f.code, where: f.where ?? (f.about === null ? '' : refText(f.about)), means: f.means, hint: f.hint })),
    ports: ports(model),
    open: findings
      .filter((f) => f.severity === 'error')
      .map((f) => ({ code: f.code, about: f.about === null ? (f.where ?? '') : refText(f.about), means: f.means, hint: f.hint })),
    oldAddress: settingsOf(model).sip.externalAddress,
  };
}

function changedTelephones(model: Model, findings: readonly Finding[]): { id: string; what: string }[] {
  const told = findings.flatMap((f) => (f.about?.kind === 'device' && CHANGES.has(f.code) ? [{ id: f.about.id, what: f.means }] : []));
  const fixed = Object.entries(model.device).flatMap(([id, d]) =>
    'host' in d && d.host !== null
      ? [{ id, what: `it does not register: the PBX calls it at ${d.host}, and it must call the new PBX where the address changes` }]
      : [],
  );
  const confined = Object.keys(model.device)
    .filter((id) => hasOwnClass(model, id))
    .map((id) => ({ id, what: 'it has a class of service of its own: it cannot go before the rest by `cutover pilot --between`' }));
  return [...fixed, ...confined, ...told];
}

function carrier(trunk: string, t: Trunk): CarrierPlan {
  const registrations = 'registrations' in t ? t.registrations : [];
  const registers = registrations.map((r) => `${r.user}@${r.host}`);
  const host = 'host' in t ? t.host : null;
  const tell = t.disabled
    ? 'nothing: the trunk is switched off'
    : registers.length > 0
      ? 'nothing, where it goes by the registration alone: the new PBX registers at the cutover, and whoever registered last gets the calls. Where it also checks the address, the new one.'
      : host !== null
        ? `the address of the new PBX, where it is not the old one: ${host} knows this PBX by its address`
        : t.technology === 'sip' || t.technology === 'iax2'
          ? 'nothing: it registers with the PBX, and finds it where the old address is taken over'
          : `see to it by hand: ${t.technology}`;
  return { trunk, name: t.name, technology: t.technology, registers, tell };
}

function ports(model: Model): Plan['ports'] {
  const { sip, rtp } = settingsOf(model);
  const uses = (technology: string): boolean =>
    [...Object.values(model.device), ...Object.values(model.trunk)].some((d) => d.technology === technology);
  const outside = Object.values(model['ami-user']).some((u) => u.permit.some((p) => !/^127\./.test(p)));
  return [
    { port: String(sip.port), protocol: 'udp', why: 'SIP of telephones and carriers' },
    { port: `${rtp.first}-${rtp.last}`, protocol: 'udp', why: 'sound (RTP)' },
    ...(uses('iax2') ? [{ port: '4569', protocol: 'udp', why: 'IAX2' }] : []),
    ...(outside ? [{ port: '5038', protocol: 'tcp', why: 'AMI, for the addresses of its users and nobody else' }] : []),
    { port: '80', protocol: 'tcp', why: 'recordings in a browser' },
  ];
}
