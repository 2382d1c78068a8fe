import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { fromExtension, fromOutside } from '../../src/model/walk/situation.ts';
import type { Step } from '../../src/model/walk/step.ts';
import { entered, parties } from '../../src/model/walk/timeline.ts';
import { dialled, fromCarrier, walk } from '../../src/model/walk.ts';
import { aModel, houseOf, stateWith } from './a-model.ts';
import { told } from './told.ts';

const reception = { to: 'extension', id: '101', by: 'direct' };
function house(o: object): Model {
  return aModel({
    ...houseOf({ '101': stateWith({}), '102': stateWith({}) }),
    'inbound-route': { 'any/any': { callerNamePrefix: 'R:', destination: { to: 'set-cid', id: '1' } } },
    ...o,
  });
}
const shown = (steps: readonly Step[]): string[] => parties(steps).map((p) => `${p.shown.name} <${p.shown.number}>`);
const outside = (model: Model): Step[] => walk(model, fromCarrier('5551000'), fromOutside('79161112233', 'Ann'));

describe('a caller id that is set on the way', () => {
  const set = (o: object, settings: object = {}): Step[] => outside(house({ settings, 'set-cid': { '1': { next: reception, ...o } } }));

  test('is filled in from what the call was shown under, prefix and all', () => {
    expect(shown(set({ callerName: 'VIP ${CALLERID(name)}', callerNumber: '${CALLERID(num):1}' }))).toEqual(['VIP R:Ann <9161112233>']);
    expect(shown(set({ callerName: '', callerNumber: '100' }))).toEqual([' <100>']);
    // a later prefix takes the place of the first only where that still stands in front
    const group = {
      'ring-group': {
        '600': { description: 'G', callerNamePrefix: 'G:', strategy: 'ringall', ringSeconds: '20', members: [{ number: '101' }] },
      },
    };
    const through = (callerName: string): string[] =>
      shown(
        outside(
          house({ ...group, 'set-cid': { '1': { callerName, callerNumber: '${CALLERID(num)}', next: { to: 'ring-group', id: '600' } } } }),
        ),
      );
    expect(through('${CALLERID(name)}')).toEqual(['G:Ann <79161112233>']);
    expect(through('VIP ${CALLERID(name)}')).toEqual(['G:VIP R:Ann <79161112233>']);
  });

  test('that asks for what nobody can tell leaves the rest of the call open', () => {
    expect(set({ callerName: '${SHELL(date)}', callerNumber: '1' }).at(-1)).toMatchObject({ do: 'stay', at: 'not-understood' });
  });
});

describe('what a call passes', () => {
  test('leads on, and is told', () => {
    const model = house({
      language: { '1': { language: 'de', next: { to: 'queue-priority', id: '1' } } },
      'queue-priority': { '1': { priority: '5', next: reception } },
      'misc-application': {
        '1': { number: '777', next: { to: 'language', id: '1' } },
        '2': { number: '778', enabled: 'no', next: reception },
      },
    });
    const steps = walk(model, dialled('777'), fromExtension('102'));
    expect(entered(steps).map((r) => `${r.kind}/${r.id}`)).toEqual([
      'misc-application/1',
      'language/1',
      'queue-priority/1',
      'extension/101',
    ]);
    expect(told(walk(model, dialled('778'), fromExtension('102'))).at(-1)).toBe('congestion 34');
  });

  describe('a rule for recording', () => {
    const recorded = (o: object, own: object = {}): string[] => {
      const model = house({ ...houseOf({ '101': { ...stateWith({}), recording: own } }), ...o });
      return outside(model).flatMap((s) => (s.do === 'record' ? [`${s.because.kind}/${s.because.id}`] : []));
    };
    const rule = (mode: string, next: object = reception) => ({ mode, next });
    const through = (...modes: string[]) => ({
      'inbound-route': { 'any/any': { destination: { to: 'recording-rule', id: '0' } } },
      'recording-rule': Object.fromEntries(
        modes.map((mode, i) => [String(i), rule(mode, i + 1 < modes.length ? { to: 'recording-rule', id: String(i + 1) } : reception)]),
      ),
    });
    const always = { inExternal: 'always' };

    test('goes before what the extension says', () => {
      expect(recorded(through('as-usual'))).toEqual([]);
      expect(recorded(through('as-usual'), always)).toEqual(['extension/101']);
      expect(recorded(through('at-once'))).toEqual(['recording-rule/0']);
      expect(recorded(through('when-joined'), { inExternal: 'never' })).toEqual(['extension/101']);
      expect(recorded(through('never'), always)).toEqual([]);
    });

    test('that begins when somebody is called leaves a call alone that reaches nobody', () => {
      const busy = { to: 'end', how: 'busy' };
      const silent = house({ ...through('when-joined'), 'recording-rule': { '0': rule('when-joined', busy) } });
      expect(outside(silent).filter((s) => s.do === 'record')).toEqual([]);
    });

    test('goes before the rule before it', () => {
      expect(recorded(through('never', 'as-usual'), always)).toEqual(['extension/101']);
      expect(recorded(through('never', 'at-once'))).toEqual(['recording-rule/1']);
      expect(recorded(through('at-once', 'when-joined'))).toEqual(['recording-rule/0']);
    });

    test('may hang on a route, in and out', () => {
      const inbound = (recording: string) => ({ 'inbound-route': { 'any/any': { recording, destination: reception } } });
      expect(recorded(inbound('at-once'))).toEqual(['inbound-route/any/any']);
      expect(recorded(inbound('never'), always)).toEqual([]);
      const out = (recording: string) =>
        walk(
          house({
            ...houseOf({ '101': { recording: { outExternal: 'always' } } }),
            trunk: { 1: { technology: 'sip', name: 't', peer: 't' } },
            'outbound-route': { 1: { name: 'r', position: '0', trunks: ['1'], patterns: [{ match: '9X.' }], recording } },
          }),
          dialled('9123'),
          fromExtension('101'),
        ).flatMap((s) => (s.do === 'record' ? [s.because.kind] : []));
      expect([out('as-usual'), out('never'), out('at-once')]).toEqual([['extension'], [], ['outbound-route']]);
    });
  });

  test('a number as a destination is dialled as from inside, whoever calls', () => {
    const model = house({ 'misc-destination': { '1': { number: '102' }, '2': { number: '' }, '3': { number: '999' } } });
    const to = (id: string): string[] => told(walk(model, { to: 'misc-destination', id }, fromOutside('79161112233', 'Ann')));
    expect(to('1')).toEqual(['rings 102 for ever: endless']);
    expect(to('2')).toEqual(['end 16']);
    expect(to('3').at(-1)).toBe('congestion 34');
  });

  test('a circle of them ends', () => {
    const model = house({
      language: { '1': { next: { to: 'misc-destination', id: '1' } } },
      'misc-destination': { '1': { number: '777' } },
      'misc-application': { '1': { number: '777', next: { to: 'language', id: '1' } } },
    });
    expect(told(walk(model, dialled('777'), fromExtension('102')))).toEqual(['loop', 'congestion 34']);
  });
});
