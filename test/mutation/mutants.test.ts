import { describe, expect, it } from 'vitest';
import { modelKinds } from '../../src/model/kinds.ts';
import { aModel, houseOf } from '../model/a-model.ts';
import { buildMutants } from './build-mutants.ts';
import { modelMutants } from './model-mutants.ts';
import { type Files, spread } from './mutant.ts';
import { Random } from './random.ts';

const HOUSE = aModel({
  ...houseOf({ '101': {}, '102': { state: { forwardAlways: '101' } } }),
  ivr: { '1': { entries: ['1', '2'].map((keys) => ({ keys, destination: { to: 'extension', id: `10${keys}`, by: 'direct' } })) } },
  queue: { '400': { strategy: 'ringall', members: [{ number: '101' }] } },
  'ring-group': { '600': { strategy: 'hunt', ringSeconds: '20', members: [{ number: '101' }, { number: '102' }] } },
});

const FILES: Files = new Map(
  Object.entries({
    'etc/asterisk/extensions.conf':
      '[a]\ninclude = b\nexten = 600,1,Dial(PJSIP/101,20,t)\n same = n,Goto(b,s,1)\n[b]\nexten = s,1,Playback(beep)\n same = n,Goto(a,600,1)\n',
    'etc/asterisk/voicemail.conf': '; a comment\n[general]\nattach = yes\n',
    'etc/asterisk/pjsip_wizard.conf': '[phone](!)\ntype = wizard\n[101](phone)\ninbound_auth/password = hidden1\n',
    'etc/asterisk/logger.conf': '[general]\nuse_callids = yes\n',
    'usr/local/share/asterisk/sounds/welcome.wav': 'RIFF',
  }).map(([path, text]) => [path, Buffer.from(text)]),
);

const BUILT = { files: FILES, secret: new Set(['etc/asterisk/pjsip_wizard.conf']), ids: new Set(['101']) };

describe('defects put in on purpose', () => {
  it('leave a model that could be one, and differ from the true one', () => {
    const mutants = modelMutants(HOUSE, new Random(1));
    expect(mutants.length).toBeGreaterThan(50);
    for (const { made, what } of mutants) {
      if (made.in !== 'model') continue;
      expect(made.model, what).not.toEqual(HOUSE);
      for (const [kind, schema] of Object.entries(modelKinds)) {
        for (const object of Object.values(made.model[kind as keyof typeof modelKinds]))
          expect(() => schema.encode(object as never), what).not.toThrow();
      }
    }
  });

  it('are the same for the same seed, and others for another', () => {
    const names = (seed: number): string[] => spread(modelMutants(HOUSE, new Random(seed)), 30, new Random(seed)).map((m) => m.what);
    expect(names(5)).toEqual(names(5));
    expect(names(5)).not.toEqual(names(6));
  });

  it('come one of each rule before a second of any', () => {
    const all = modelMutants(HOUSE, new Random(1));
    const rules = new Set(all.map((m) => m.rule));
    expect(new Set(spread(all, rules.size, new Random(2)).map((m) => m.rule))).toEqual(rules);
  });

  it('in a build are changed places, times, prompts, includes and options, and sounds that are gone; comments and the frame stay', () => {
    const what = buildMutants(BUILT, new Random(1)).map((m) => m.what);
    expect(what).toContain('extensions.conf:2 gone: include = b');
    expect(what).toContain('extensions.conf:3 exten = 600,1,Dial(PJSIP/101,20,t) -> exten = 600,1,Dial(PJSIP/101,43,t)');
    expect(what).toContain('extensions.conf:4 same = n,Goto(b,s,1) -> same = n,Goto(a,600,1)');
    expect(what).toContain('extensions.conf:6 exten = s,1,Playback(beep) -> exten = s,1,Playback(goodbye)');
    expect(what).toContain('voicemail.conf:3 attach = yes -> no');
    expect(what).toContain('usr/local/share/asterisk/sounds/welcome.wav is missing');
    expect(what).toContain('pjsip_wizard.conf:4 inbound_auth/password dropped');
    expect(what.filter((w) => w.includes('hidden') || w.includes('wizard.conf:2'))).toEqual([]);
    expect(what.filter((w) => w.startsWith('logger.conf') || w.includes('comment'))).toEqual([]);
  });

  it('in a step of the dialplan know where it stands', () => {
    const mutant = buildMutants(BUILT, new Random(1)).find((m) => m.what.startsWith('extensions.conf:4'));
    expect(mutant?.made).toMatchObject({ place: { context: 'a', extension: '600', priority: 2 } });
  });
});
