import { describe, expect, it } from 'vitest';
import type { TarEntry } from '../../src/engine/container.ts';
import { emptyModel, type Model, modelKinds } from '../../src/model/kinds.ts';
import { ref } from '../../src/model/ref.ts';
import type { CallResult } from '../../src/verify/calls/calls.ts';
import { compareSides } from '../../src/verify/old/compare-sides.ts';
import { EXPECTED } from '../../src/verify/old/expected.ts';
import { type Gap, gapsOf } from '../../src/verify/old/gap.ts';
import type { Leg, Trace } from '../../src/verify/scenario.ts';
import { call, carrier, phone } from './a-scenario.ts';
import { EMPTY_TRACE } from './empty-trace.ts';

const scenario = call('outbound/1', phone('101'), '9123', []);
const result = (trace: Partial<Trace>): CallResult => ({
  scenario,
  trace: { ...EMPTY_TRACE, ...trace },
  differences: [],
  trouble: null,
  passed: true,
  atFirst: null,
  ms: 0,
  way: [],
});
const trunk = (own: { fromUser?: string }): Model => ({
  ...emptyModel(),
  trunk: { '1': modelKinds.trunk.decode({ technology: 'sip', name: 'City', peer: 'city', host: '198.51.100.7', ...own }) },
});
/** Ids of what explains each difference between the two. */
function rules(was: Partial<Trace>, is: Partial<Trace>, o: { model?: Model; gaps?: readonly Gap[] } = {}): (string | null)[] {
  const calls = { old: result(was), new: result(is) };
  const known = { model: o.model ?? emptyModel(), gaps: o.gaps ?? [] };
  return compareSides(scenario, { ...EMPTY_TRACE, ...was }, { ...EMPTY_TRACE, ...is }).map(
    (d) => EXPECTED.find((rule) => rule.covers(d, calls, known))?.id ?? null,
  );
}
const outside = (name: string, number = 'shop01'): Leg => ({
  to: ref('trunk', '1'),
  dialled: '123',
  order: 1,
  rangMs: 2000,
  shown: { number, name },
  answered: false,
});

describe('a difference that must be', () => {
  it("is a name that chan_pjsip leaves out where the trunk's own stands in the From header, and no other", () => {
    const model = trunk({ fromUser: 'shop01' });
    expect(rules({ legs: [outside('Anna')] }, { legs: [outside('')] }, { model })).toEqual(['name-with-from-user']);
    expect(rules({ legs: [outside('Anna')] }, { legs: [outside('Bert')] }, { model })).toEqual([null]);
    expect(rules({ legs: [outside('Anna')] }, { legs: [outside('', '4711')] }, { model })).toEqual([null]);
    expect(rules({ legs: [outside('Anna')] }, { legs: [outside('')] }, { model: trunk({}) })).toEqual([null]);
  });

  it('is what a caller hears who orders a wake-up call: a script asked for it on the old box', () => {
    const was = { heard: ['wakeup-call'] };
    const is = { heard: ['hello', 'time'] };
    expect(rules(was, { ...is, through: ['from-internal', 'wake-up-order'] })).toEqual(['asks-in-its-own-words']);
    expect(rules(was, { ...is, through: ['from-internal'] })).toEqual([null]);
  });

  it("is a carrier that cannot call where it was registered with, as a ';' in the password has cut the old box's register line", () => {
    const registration = { user: 'shop01', host: 'sip.city.example', transport: 'udp' } as const;
    const city = modelKinds.trunk.decode({
      technology: 'sip',
      name: 'City',
      peer: 'city',
      host: 'sip.city.example',
      registrations: [registration],
    });
    const by = call('carrier/1', { ...carrier, way: 'by-registration' }, '4420', []);
    const calls = { old: { ...result({}), scenario: by, trouble: 'world made no channel' }, new: { ...result({}), scenario: by } };
    const rule = EXPECTED.find((one) => one.id === 'register-line-cut');
    const covered = (secret: string): boolean | undefined => {
      const model: Model = { ...emptyModel(), trunk: { '1': city }, secrets: { 'trunk/1/registration/0': secret } };
      return rule?.covers({ what: 'end', expected: 'world made no channel', seen: 'placed' }, calls, { model, gaps: [] });
    };
    expect(covered('pass;word')).toBe(true);
    expect(covered('password')).toBe(false);
  });

  it('is what a caller hears once a DAHDI line was tried, which neither side has, unless somebody answered', () => {
    const route = modelKinds['outbound-route'].decode({ name: 'City', position: '0', trunks: ['1'] });
    const [city] = Object.values(trunk({}).trunk);
    const line = modelKinds.trunk.decode({ technology: 'dahdi', name: 'Line', group: 'g0' });
    const rule = EXPECTED.find((one) => one.id === 'dahdi');
    const covered = (way: Model['trunk'][string] | undefined, legs: Leg[] = []): boolean | undefined => {
      const about = call('outbound/1/x', phone('101'), '9123', []);
      const placed = { ...result({ legs }), scenario: { ...about, about: [ref('outbound-route', '1')] } };
      const model: Model = { ...emptyModel(), 'outbound-route': { '1': route }, trunk: way === undefined ? {} : { '1': way } };
      return rule?.covers({ what: 'heard', expected: 'a', seen: 'b' }, { old: placed, new: placed }, { model, gaps: [] });
    };
    expect(covered(line)).toBe(true);
    expect(covered(city)).toBe(false);
    expect(covered(line, [{ ...outside('Anna'), answered: true }])).toBe(false);
  });

  it('is a name that the old PBX writes into its phone book though it found none, and nothing else that it writes', () => {
    expect(rules({ wrote: ['cidname/79160001122'] }, {})).toEqual(['name-not-found']);
    expect(rules({ wrote: ['cidname/79160001122', 'CALLTRACE/101'] }, {})).toEqual([null]);
  });

  it('is a message for many whose first mailbox is missing: the old PBX hung up', () => {
    const member = (voicemail: string | null): Model['extension'][string] => ({ ...modelKinds.extension.decode({ name: 'A' }), voicemail });
    const rule = EXPECTED.find((one) => one.id === 'blast-without-first');
    const covered = (first: string | null): boolean | undefined => {
      const about = call('voicemail-blast/950/message', phone('101'), '950', []);
      const placed = { ...result({}), scenario: { ...about, about: [ref('voicemail-blast', '950')] } };
      const model: Model = {
        ...emptyModel(),
        extension: { '101': member(first), '102': member('102@default') },
        mailbox: Object.fromEntries(['101@default', '102@default'].map((id) => [id, modelKinds.mailbox.decode({})])),
        'voicemail-blast': { '950': modelKinds['voicemail-blast'].decode({ members: ['101', '102'] }) },
      };
      return rule?.covers({ what: 'end', expected: 'a', seen: 'b' }, { old: placed, new: placed }, { model, gaps: [] });
    };
    expect([covered(null), covered('101@default')]).toEqual([true, false]);
  });

  it('is what callers hear in place of something that is not carried yet', () => {
    const is = { heard: ['ss-noservice'], through: ['from-trunk', 'not-carried'] };
    expect(rules({ heard: ['custom/menu'] }, is)).toEqual(['not-carried']);
    expect(rules({ heard: ['custom/menu'] }, { ...is, through: ['from-trunk'] })).toEqual([null]);
  });
});

describe('a clone that lacks something of the old PBX', () => {
  const conf = (name: string, text: string): TarEntry => ({ path: `etc/asterisk/${name}`, content: Buffer.from(text), mode: 0o640 });
  const script = (name: string): TarEntry => ({
    path: `var/lib/asterisk/agi-bin/${name}`,
    content: Buffer.from('#!/bin/sh\n'),
    mode: 0o755,
  });
  const fixed = (text: string): TarEntry => conf('extensions.conf', `#include extensions_override_freepbx.conf\n${text}`);
  const ASKS = '[macro-dial]\nexten => s,1,AGI(dialparties.agi)\n';
  const where = (...entries: TarEntry[]): string[] => gapsOf(entries).map((g) => `${g.context}: ${g.because}`);

  it('is no judge of who rings where the script that decides it is not there', () => {
    expect(where(fixed(ASKS))).toEqual(['macro-dial: no script']);
    expect(where(fixed(ASKS), script('dialparties.agi'))).toEqual([]);
    const gaps = gapsOf([fixed(ASKS)]);
    const through = ['macro-dial'];
    expect(rules({ through }, { legs: [outside('')] }, { gaps })).toEqual(['no-script']);
    expect(rules({ heard: ['beep'], through }, {}, { gaps })).toEqual([null]);
    expect(rules({ through: ['ext-local'] }, { legs: [outside('')] }, { gaps })).toEqual([null]);
  });

  it("is no judge of who rings where extensions.conf is not FreePBX's, and is one of what the site overrides", () => {
    expect(where(fixed('[macro-dial]\nexten => s,1,Dial(${ARG3})\n'))).toEqual(['macro-dial: another macro-dial']);
    const override = conf('extensions_override_freepbx.conf', '[macro-dial]\nexten => s,1,Dial(${ARG3})\n');
    expect(where(fixed(ASKS), override, script('dialparties.agi'))).toEqual([]);
  });

  it('is no judge where a program of the old PBX is run that the source lacks, nor of lines in the language of 1.4', () => {
    expect(where(fixed('[macro-toggle-tc]\nexten => s,1,System(/var/lib/asterisk/bin/schedtc.php 60 0)\n'))).toEqual([
      'macro-toggle-tc: no script',
    ]);
    expect(where(fixed('[shop]\nexten => 1,1,System(/bin/touch /tmp/x)\nexten => 2,1,Dial(SIP/21,20,tr)\n'))).toEqual([]);
    expect(where(fixed('[shop]\nexten => 1,1,Dial(SIP/21|20|tr)\nexten => 1,2,GotoIf($["${A}"="1"|"${B}"="2"]?9)\n'))).toEqual([
      'shop: pipes',
    ]);
    expect(where(fixed('[shop]\nexten => 1,1,Dial(SIP/$[1|2],20)\n'))).toEqual([]);
  });

  it('is no judge where passwords are asked for that stand in a file which the source lacks', () => {
    const asks = fixed('[disa]\nexten => 1,1,Authenticate(/etc/asterisk/disa-1.conf,)\n');
    expect(where(asks)).toEqual(['disa: no passwords']);
    expect(where(asks, conf('disa-1.conf', '4711\n'))).toEqual([]);
    expect(where(fixed('[disa]\nexten => 1,1,Authenticate(4711)\nexten => 2,1,Authenticate(/etc/asterisk/pinset_${ARG1})\n'))).toEqual([]);
    expect(rules({ heard: ['vm-goodbye'], through: ['disa'] }, {}, { gaps: gapsOf([asks]) })).toEqual(['no-passwords']);
  });

  it('is no judge of such a line in a context that another includes, either', () => {
    const gaps = gapsOf([fixed('[from-internal-custom]\nexten => 1,1,Dial(SIP/21|20|tr)\n')]);
    const mine = { ...scenario, about: [ref('custom-dialplan', 'from-internal-custom')] };
    const pipes = EXPECTED.find((rule) => rule.id === 'pipes');
    const [old, is] = [result({}), result({})];
    const difference = { what: 'end', expected: 'x', seen: 'y' } as const;
    expect(pipes?.covers(difference, { old: { ...old, scenario: mine }, new: is }, { model: emptyModel(), gaps })).toBe(true);
    expect(pipes?.covers(difference, { old, new: is }, { model: emptyModel(), gaps })).toBe(false);
  });

  it('judges calls all the same past a script that decides nothing', () => {
    expect(where(fixed('[macro-dialout-trunk]\nexten => s,1,AGI(trunkbalance.php,1)\n'))).toEqual([]);
    expect(where(fixed('[shop]\nexten => s,1,AGI(agi://10.0.0.1/x)\nexten => s,2,DeadAGI(own.pl|1)\n'))).toEqual(['shop: no script']);
  });
});
