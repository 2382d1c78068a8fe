import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFeature, translateOption } from '../../../src/asterisk/translate/configuration.ts';
import { CONFIGURED } from '../../../src/model/custom-configuration.ts';

const now = (file: Parameters<typeof translateOption>[0], section: string, option: string, value: string) =>
  translateOption(file, section, { option, value });

describe('options written by hand', () => {
  test('are called as Asterisk 22 calls them', () => {
    expect(now('queues.conf', 'vip', 'musiconhold', 'jazz')).toEqual({ options: [{ option: 'musicclass', value: 'jazz' }] });
    expect(now('queues.conf', 'vip', 'strategy', 'roundrobin')).toEqual({ options: [{ option: 'strategy', value: 'rrmemory' }] });
    expect(now('func_odbc.conf', 'X', 'read', 'SELECT 1')).toEqual({ options: [{ option: 'readsql', value: 'SELECT 1' }] });
    expect(now('features.conf', 'general', 'FeatureDigitTimeout', '500')).toEqual({
      options: [{ option: 'featuredigittimeout', value: '500' }],
    });
  });

  test('that Asterisk 22 does without are left out, and told where something is lost', () => {
    expect(now('queues.conf', 'vip', 'eventwhencalled', 'yes')).toEqual({ lost: null });
    expect(now('queues.conf', 'vip', 'rtone', '1')).toMatchObject({ lost: expect.stringContaining('ringing') });
    expect(now('features.conf', 'general', 'parkext', '700')).toMatchObject({ lost: expect.stringContaining('parking') });
    // a line that features.conf does not know makes Asterisk 22 throw the whole file away
    expect(now('features.conf', 'featuremap', 'automon', '*1')).toMatchObject({ lost: expect.any(String) });
    expect(now('res_odbc.conf', 'crm', 'pre-connect', 'yes')).toEqual({ lost: null });
  });

  test('are never lost without a word or an option', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CONFIGURED), fc.string(), fc.string(), fc.string(), (file, section, option, value) => {
        const said = now(file, section, option, value);
        expect('lost' in said || said.options.length > 0).toBe(true);
      }),
    );
  });
});

describe('a feature that is keyed in a call', () => {
  test('is read in the form of Asterisk 1.2 and in that of today', () => {
    const playback = { keys: '*5', runsOn: 'self', application: 'Playback', args: 'beep', musicClass: 'jazz' };
    expect(readFeature('*5,self,Playback,beep,jazz')).toEqual(playback);
    expect(readFeature('*5,self/both,Playback(beep),jazz')).toEqual(playback);
    expect(readFeature('#1,callee,Macro(record,a,b)')).toEqual({
      keys: '#1',
      runsOn: 'peer',
      application: 'Macro',
      args: 'record,a,b',
      musicClass: '',
    });
    expect(readFeature('#1,peer,Playback,"one&two,skip",jazz')).toMatchObject({ args: 'one&two,skip', musicClass: 'jazz' });
    expect(readFeature('*5,both,Playback,beep')).toBeNull();
    expect(readFeature('hello')).toBeNull();
  });

  test('is read back as it was, whatever its arguments are', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abc123,-_/@') }), (args) => {
        expect(readFeature(`*5,self,Playback(${args})`)).toMatchObject({ application: 'Playback', args });
      }),
    );
    fc.assert(fc.property(fc.string({ size: 'large' }), (text) => void readFeature(text)));
  });
});
