import { describe, expect, it } from 'vitest';
import type { SipTrunk } from '../../src/model/trunk.ts';
import { carriers } from '../../src/verify/lab/carriers.ts';
import { registeredAs, registrationSections, triedRegistration } from '../../src/verify/lab/registrar.ts';
import { worldTree } from '../../src/verify/lab/world.ts';
import { plan } from '../../src/verify/plan.ts';
import { aModel } from '../model/a-model.ts';
import { smallModel } from './small-build.ts';

const trunk = (o: object): SipTrunk => {
  const { trunk: all } = aModel({ trunk: { 1: { technology: 'sip', name: 'M', peer: 'm', host: 'sip.m.example', ...o } } });
  return all['1'] as SipTrunk;
};
const registers = (o: object = {}): object => ({ registrations: [{ host: 'sip.m.example', user: 'acc', ...o }] });
const carrierOf = (o: object) => {
  const [one] = carriers(
    aModel({ trunk: { 1: { technology: 'sip', name: 'M', peer: 'm', host: 'sip.m.example', ...o } } }),
    (n) => `10.0.0.${n}`,
  );
  if (one === undefined) throw new Error('no carrier');
  return one;
};

describe('the registration of a trunk that the lab tries', () => {
  it('is one that goes where its carrier listens', () => {
    expect(triedRegistration(trunk(registers()))).toMatchObject({ index: 0, registration: { user: 'acc' } });
    expect(triedRegistration(trunk({}))).toBeNull();
    expect(triedRegistration(trunk({ ...registers(), disabled: 'yes' }))).toBeNull();
    expect(triedRegistration(trunk({ ...registers(), port: '5070' }))).toBeNull();
    expect(triedRegistration(trunk(registers({ transport: 'tls' })))).toBeNull();
    expect(triedRegistration(trunk(registers({ user: 'a]b' })))).toBeNull();
  });

  it('is kept under user and domain, at the address of the lab where that is an address', () => {
    expect(registeredAs(carrierOf(registers()))).toBe('acc@sip.m.example');
    expect(registeredAs(carrierOf(registers({ domain: 'm.example' })))).toBe('acc@m.example');
    expect(registeredAs(carrierOf({ host: '192.0.2.7', registrations: [{ host: '192.0.2.7', user: 'acc' }] }))).toBe('acc@10.0.0.0');
  });
});

describe('what the PBX is given to register with', () => {
  const file = [
    '; head',
    '',
    '[m-registration]',
    'type = registration',
    'client_uri = sip:acc@sip.m.example',
    'outbound_auth = m-registration-auth',
    '',
    '[m-registration-auth]',
    'type = auth',
    'password = a]b',
    '',
    '[n-registration]',
    'type = registration',
    'client_uri = sip:acc@sip.n.example',
    'outbound_auth = n-registration-auth',
    '',
    '[n-registration-auth]',
    'type = auth',
    '',
  ].join('\n');

  it('is what was rendered for carriers of the lab, and for nobody else', () => {
    const text = registrationSections(file, [carrierOf(registers())]);
    expect(text.match(/^\[.*\]$/gm)).toEqual(['[m-registration]', '[m-registration-auth]']);
    expect(text).toContain('password = a]b');
    expect(registrationSections(file, [carrierOf({})])).toBe('');
  });
});

describe('a carrier of the lab that takes a registration', () => {
  const model = smallModel();
  const list = carriers(model, (n) => `10.0.0.${n}`);
  const tree = worldTree({ model, carriers: list, iax: [], address: '10.0.0.100', pbx: '10.0.0.101', ami: { user: 'u', secret: 's' } });
  const sip = Buffer.from(tree.find((e) => e.path.endsWith('/pjsip.conf'))?.content ?? '').toString('utf8');

  it('asks for user and secret', () => {
    expect(sip).toContain('[acc@sip.carrier.example]\ntype = aor\nmax_contacts = 1\n');
    expect(sip).toContain('[carrier-1-registers]\ntype = auth\nauth_type = digest\nusername = acc\npassword = Reg\\;1\n');
    expect(sip).toMatch(/\naors = carrier-1,acc@sip\.carrier\.example\n[^[]*\nauth = [^\n]*carrier-1-registers\n/);
  });

  it('calls where the PBX has registered, from an address of which the PBX knows nothing', () => {
    expect(sip).toMatch(/\[carrier-1-by-registration\][^[]*\ntransport = phones-udp\naors = acc@sip\.carrier\.example\n/);
  });
});

it('a carrier that is called over TCP calls over TCP, and takes registrations over UDP as well', () => {
  const model = aModel({ trunk: { 1: { technology: 'sip', name: 'M', peer: 'm', host: 'sip.m.example', transport: 'tcp' } } });
  const list = carriers(model, (n) => `10.0.0.${n}`);
  const tree = worldTree({ model, carriers: list, iax: [], address: '10.0.0.100', pbx: '10.0.0.101', ami: { user: 'u', secret: 's' } });
  const sip = Buffer.from(tree.find((e) => e.path.endsWith('/pjsip.conf'))?.content ?? '').toString('utf8');
  expect(sip).toContain('[carrier-10-0-0-0-5060-tcp]\ntype = transport\nprotocol = tcp\nbind = 10.0.0.0:5060\n');
  expect(sip).toContain('[carrier-10-0-0-0-5060]\ntype = transport\nprotocol = udp\nbind = 10.0.0.0:5060\n');
  expect(sip).toMatch(/\[carrier-1\]\ntype = endpoint\n[^[]*\ntransport = carrier-10-0-0-0-5060-tcp\n/);
  expect(sip).toContain('[carrier-1]\ntype = aor\ncontact = sip:10.0.0.101:5060\\;transport=tcp\n');
});

it('a call by its registration is planned for each trunk that has one', () => {
  const model = {
    ...smallModel(),
    'inbound-route': aModel({ 'inbound-route': { any: { did: '7495', destination: { to: 'extension', id: '101', by: 'direct' } } } })[
      'inbound-route'
    ],
  };
  expect(
    plan(model)
      .scenarios.filter((s) => s.id.endsWith('/by-registration'))
      .map((s) => s.caller),
  ).toMatchObject([{ ref: { kind: 'trunk', id: '1' }, way: 'by-registration' }]);
});
