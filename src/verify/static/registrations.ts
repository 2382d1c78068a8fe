import { bracketed } from '../../asterisk/network.ts';
import { ref } from '../../model/ref.ts';
import { isLiteralAddress } from '../lab/carriers.ts';
import { setting } from './asked.ts';
import { defineCheck, differing, type Mismatch, missing, tooMuch, yes } from './mismatch.ts';

/**
 * What the PBX registers with once it is told to: every registration of the model. Until then with nobody, since whoever registers last gets the carrier's
 * calls; so what registers already must be of the model, too.
 */
export const registrationCheck = defineCheck(async ({ list, config }, model) => {
  const file = await config('pjsip_registration.conf');
  const sections = [...file.keys()].filter((name) => setting(file, name, 'type') === 'registration');
  const found: Mismatch[] = [];
  const taken = new Set<string>();
  const expected: Place[] = [];
  for (const [id, trunk] of Object.entries(model.trunk)) {
    if (trunk.technology !== 'sip' || trunk.disabled) continue;
    for (const [i, r] of trunk.registrations.entries()) {
      const about = ref('trunk', id);
      const place = { user: r.user, host: r.domain ?? r.host };
      const client = `sip:${place.user}@${place.host}`;
      expected.push(place);
      const left = sections.filter((s) => !taken.has(s));
      const uriOf = (s: string): string => setting(file, s, 'client_uri') ?? '';
      const name = left.find((s) => isAt(uriOf(s), client)) ?? left.find((s) => isPlayedFor(uriOf(s), place));
      if (name === undefined) {
        found.push(missing(about, `registration ${client}`));
        continue;
      }
      taken.add(name);
      const auth = setting(file, name, 'outbound_auth') ?? '';
      const secret = model.secrets[`trunk/${id}/registration/${i}`];
      if (secret !== undefined && setting(file, auth, 'password') !== secret)
        found.push({ about, what: `secret of registration ${client}`, expected: 'the one of the model', held: 'another' });
      found.push(
        ...differing(about, {
          'number that the carrier then calls': [r.contactUser, setting(file, name, 'contact_user')],
          'mark in the address that the carrier learns': ['yes', setting(file, name, 'line') ?? 'no'],
          'name to register with': [r.authUser ?? r.user, setting(file, auth, 'username')],
          'registers by TCP': [r.transport === 'tcp', yes(/;transport=tcp\b/i.test(setting(file, name, 'server_uri') ?? ''))],
          'port to register at': [r.port ?? 'usual', portOf(setting(file, name, 'server_uri') ?? '')],
          // what the carrier is asked for; left out, Asterisk asks for an hour
          'seconds that it asks for': [r.expirySeconds ?? 'usual', setting(file, name, 'expiration') ?? 'usual'],
        }),
      );
      if (!isLiteralAddress(r.host) && !isAt(setting(file, name, 'server_uri') ?? '', `sip:${bracketed(r.host)}`))
        found.push({ about, what: 'registers at', expected: r.host, held: setting(file, name, 'server_uri') ?? 'nothing' });
    }
  }
  // how each authenticates is listed beside it, as an event of its own
  const held = (await list('PJSIPShowRegistrationsOutbound')).flatMap((e) => e['ClientUri'] ?? []);
  const foreign = held.filter((uri) => !expected.some((place) => isAt(uri, `sip:${place.user}@${place.host}`) || isPlayedFor(uri, place)));
  return [...found, ...foreign.map((uri) => tooMuch(ref('settings', 'pbx'), `registration ${uri}`))];
});

interface Place {
  readonly user: string;
  readonly host: string;
}

/** A carrier that is given by its address has another one in the lab. */
function isPlayedFor(uri: string, { user, host }: Place): boolean {
  const at = /^sip:(.*)@(\[[^\]]*\]|[^:;@]*)[^@]*$/.exec(uri);
  return at?.[1] === user && isLiteralAddress(host) && isLiteralAddress((at[2] ?? '').replace(/^\[|\]$/g, ''));
}

function portOf(uri: string): string {
  return /:(\d+)(?:;|$)/.exec(uri.replace(/^sip:/, '').replace(/\[.*\]/, ''))?.[1] ?? 'usual';
}

/** Whether a URI is this one, port and parameters left out: sip.example is no part of sip.example.org. */
function isAt(uri: string, one: string): boolean {
  return uri.startsWith(one) && /^(?:$|[:;])/.test(uri.slice(one.length));
}
