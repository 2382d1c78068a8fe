import { finding } from '../finding.ts';
import type { Iax2Device } from '../model/device.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import type { Registration, Trunk } from '../model/trunk.ts';
import { codecsFor } from './codec.ts';
import { oldCallerVariables } from './custom-variable.ts';
import { mailboxNamed } from './mailbox.ts';
import { shownAs } from './pjsip-phone.ts';
import { callerPolicy } from './recording.ts';
import { networkLines } from './telephone-network.ts';
import { defineView, type Notes } from './view.ts';

type IaxTrunk = Extract<Trunk, { technology: 'iax2' }>;

/** iax.conf, where the PBX has IAX2 at all. */
export const iaxView = defineView({
  file: 'etc/asterisk/iax.conf',
  secret: true,
  data: (model, notes, { options }) => {
    const devices = Object.entries(model.device).filter((e): e is [string, Iax2Device] => e[1].technology === 'iax2');
    const trunks = Object.entries(model.trunk).filter((e): e is [string, IaxTrunk] => e[1].technology === 'iax2' && !e[1].disabled);
    if (devices.length + trunks.length === 0) return null;
    notes.from(...devices.map(([id]) => ({ kind: 'device' as const, id })), ...trunks.map(([id]) => ({ kind: 'trunk' as const, id })));
    return {
      registers: trunks.some(([, t]) => t.registrations.length > 0),
      live: options.live,
      codecs: codecsFor([], settingsOf(model).sip.codecs).list,
      sections: [...devices.map(([id, d]) => device(model, id, d, notes)), ...trunks.flatMap(([id, t]) => trunk(model, id, t, notes))],
    };
  },
});

/** iax_registration.conf: how this PBX registers with IAX2 carriers. iax.conf includes it once it may. */
export const iaxRegistrationView = defineView({
  file: 'etc/asterisk/iax_registration.conf',
  secret: true,
  data: (model, notes, { options }) => {
    const trunks = Object.entries(model.trunk).filter((e): e is [string, IaxTrunk] => e[1].technology === 'iax2' && !e[1].disabled);
    const lines = trunks.flatMap(([id, t]) => t.registrations.flatMap((r, i) => registration(model, id, t, r, i, notes) ?? []));
    return lines.length === 0 ? null : { lines, live: options.live };
  },
});

/** `user:secret@host:port`; null where the line cannot hold it: it is cut at the first colon and the first @ (chan_iax2.c, iax2_register). */
function registration(model: Model, id: string, t: IaxTrunk, r: Registration, index: number, notes: Notes): object | null {
  const secret = model.secrets[`trunk/${id}/registration/${index}`] ?? '';
  const about = ref('trunk', id);
  notes.from(about);
  if ([r.user, secret].every((text) => !/[:@\s]/.test(text)) && /^[\w.-]+$/.test(r.host)) {
    return { trunk: t.name, value: `${r.user}${secret === '' ? '' : `:${secret}`}@${r.host}${r.port === null ? '' : `:${r.port}`}` };
  }
  notes.finding(
    finding('TRUNK_REGISTRATION_UNREADABLE', {
      about,
      where: `registration ${index}`,
      means: `trunk '${t.name}' does not register, so that the carrier sends no calls: a register line of IAX2 cannot hold its name or password`,
    }),
  );
  return null;
}

/** chan_iax2 looks for it at each start. */
export const iaxProvisioningView = defineView({ file: 'etc/asterisk/iaxprov.conf', data: (model) => (usesIax(model) ? {} : null) });

/** Whether the PBX has a telephone or trunk on IAX2. */
export function usesIax(model: Model): boolean {
  return (
    Object.values(model.device).some((d) => d.technology === 'iax2') ||
    Object.values(model.trunk).some((t) => t.technology === 'iax2' && !t.disabled)
  );
}

interface Section {
  readonly name: string;
  readonly title: string;
  readonly options: { name: string; value: string }[];
}

function device(model: Model, id: string, d: Iax2Device, notes: Notes): Section {
  const box = d.mailbox === null ? null : mailboxNamed(model, d.mailbox);
  const variables =
    d.extension === null
      ? []
      : [
          { name: '__CALLER', value: d.extension },
          ...oldCallerVariables(model, d.extension),
          ...callerPolicy(model, d.extension).map((v) => ({ name: `__${v.name}`, value: v.value })),
        ];
  return {
    name: id,
    title: d.description,
    options: options({
      type: 'friend',
      host: d.host ?? 'dynamic',
      context: d.context,
      ...secretOf(model, `device/${id}/iax2`),
      requirecalltoken: d.requireCallToken,
      qualify: d.qualify ? 'yes' : 'no',
      transfer: d.transfer,
      callerid: shownAs(model, id, d),
      mailbox: box,
      accountcode: d.accountCode,
    }).concat(
      codecs(d.codecs),
      networkLines(d, { kind: 'device', id }, notes),
      variables.map((v) => ({ name: 'setvar', value: `${v.name}=${v.value}` })),
    ),
  };
}

function trunk(model: Model, id: string, t: IaxTrunk, notes: Notes): Section[] {
  if (t.otherOptions.length > 0) {
    const names = t.otherOptions.map((o) => o.name).join(', ');
    notes.finding(
      finding('OPTION_NOT_CARRIED', {
        about: { kind: 'trunk', id },
        where: names,
        means: `trunk '${t.name}' works without the options ${names} of the old box`,
      }),
    );
  }
  const peer: Section = {
    name: t.peer,
    title: t.name,
    options: options({
      // who may call in under its name, too
      type: t.inboundUser === t.peer ? 'friend' : 'peer',
      host: t.host ?? 'dynamic',
      username: t.username,
      context: t.context,
      ...secretOf(model, `trunk/${id}/outbound`),
      trunk: t.trunkMode ? 'yes' : 'no',
      qualify: t.qualify ? 'yes' : 'no',
    }).concat(codecs(t.codecs)),
  };
  if (t.inboundUser === null || t.inboundUser === t.peer) return [peer];
  const user: Section = {
    name: t.inboundUser,
    title: `${t.name}, calls that come in as ${t.inboundUser}`,
    options: options({ type: 'user', context: t.context, ...secretOf(model, `trunk/${id}/inbound`) }).concat(codecs(t.codecs)),
  };
  return [peer, user];
}

function secretOf(model: Model, key: string): Record<string, string> {
  const secret = model.secrets[key] ?? '';
  // 'plaintext' is gone
  return secret === '' ? {} : { secret, auth: 'md5' };
}

function options(named: Record<string, string | null>): { name: string; value: string }[] {
  return Object.entries(named).flatMap(([name, value]) => (value === null || value === '' ? [] : [{ name, value }]));
}

function codecs(own: readonly string[]): { name: string; value: string }[] {
  if (own.length === 0) return [];
  return [
    { name: 'disallow', value: 'all' },
    { name: 'allow', value: codecsFor(own, []).list.join(',') },
  ];
}
