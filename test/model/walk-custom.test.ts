import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { filledIn } from '../../src/model/walk/custom-value.ts';
import type { Step } from '../../src/model/walk/step.ts';
import { entered } from '../../src/model/walk/timeline.ts';
import { aModel } from './a-model.ts';
import { call, told } from './told.ts';

/** The call is there, and what comes is not in the model. */
const isOpen = (steps: readonly Step[]): boolean => {
  const last = steps.at(-1);
  return last?.do === 'stay' && last.at === 'not-understood';
};

/** 'extension,priority(label) Application(arguments)' */
function context(steps: string[], more: object = {}): object {
  const lines = steps.map((step, i) => {
    const [, extension, priority, , label = '', application, args] = /^([^,]+),([^( ]+)(\((\w+)\))? (\w+)\((.*)\)$/.exec(step) ?? [];
    return { at: `extensions_custom.conf:${i + 1}`, extension, priority, label, application, arguments: args ?? '' };
  });
  return { ...more, lines };
}

function house(steps: string[], more: object = {}, other: object = {}): Model {
  return aModel({
    recording: { 1: { prompts: [{ file: 'custom/hello', formats: ['wav'] }] } },
    'custom-dialplan': { 'from-internal-custom': context(steps, { joins: ['from-internal-xfer'], ...more }) },
    ...other,
  });
}

describe('hand-made dialplan', () => {
  test('takes a number before anybody in the house', () => {
    expect(told(call(house(['101,1 Playback(custom/hello)', '101,n Hangup()']), '101'))).toEqual(['plays custom/hello', 'end 16']);
  });

  test('plays only what there is', () => {
    expect(told(call(house(['7,1 Playback(custom/gone&custom/hello&beep)', '7,n Hangup()']), '7'))).toEqual([
      'plays custom/hello beep',
      'end 16',
    ]);
  });

  test('that comes back to itself without a pause ends, and one that plays something on its way goes on', () => {
    const round = ['7,1 Answer()', '7,n(again) Set(x=1)', '7,n Goto(again)'];
    expect(told(call(house(round), '7')).slice(-2)).toEqual(['loop', 'congestion 34']);
    expect(told(call(house(['7,1 Goto(n)', '7,n Goto(7,4)', '7,n Hangup()', '7,n NoOp()', '7,n Hangup()']), '7'))).toEqual(['end 16']);
    expect(isOpen(call(house(['7,1(again) Playback(beep)', '7,n Goto(again)']), '7'))).toBe(true);
    expect(isOpen(call(house(['7,1(again) Set(x=1)', '7,n GotoIf($["${y}"="1"]?again)', '7,n Goto(again)']), '7'))).toBe(true);
  });

  test('that sends a call to a group that is gone hangs up on it in silence', () => {
    expect(told(call(house(['7,1 Goto(ext-group,666,1)']), '7'))).toEqual(['missing', 'end 16']);
  });

  test('branches on what is known', () => {
    const steps = [
      '_7XX,1 Set(who=${EXTEN:1})',
      '_7XX,n GotoIf($["${who}" = "01" | "${who}" = "03"]?yes:no)',
      '_7XX,n(yes) Playback(beep)',
      '_7XX,n(no) Busy(10)',
    ];
    expect(told(call(house(steps), '701'))).toContain('plays beep');
    expect(told(call(house(steps), '702')).at(-1)).toBe('busy 17');
  });

  test('asks, and goes on by what was keyed', () => {
    const steps = ['7,1 Read(choice|custom/hello|1||2|5)', '7,n GotoIf($["${choice}" = "1"]?ext-group,600,1)', '7,n Congestion()'];
    const more = { 'ring-group': { 600: { strategy: 'ringall', ringSeconds: '20', members: [] } } };
    expect(entered(call(house(steps, {}, more), '7', {}, { keys: ['1'] })).map((r) => r.id)).toContain('600');
    const silent = told(call(house(steps), '7'));
    expect(silent.filter((s) => s.startsWith('asks custom/hello'))).toHaveLength(2);
    expect(silent.at(-1)).toBe('congestion 34');
  });

  test('that is a circle ends', () => {
    expect(told(call(house(['7,1 Goto(1)']), '7'))).toEqual(['loop', 'congestion 34']);
  });

  test('reads the keys of AstDB that are its own', () => {
    const steps = ['7,1 Set(x=${DB(short/7)})', '7,n GotoIf($[${LEN(${x})} > 0]?go)', '7,n Busy()', '7,n(go) Playback(beep)'];
    expect(told(call(house(steps, { astdb: { 'short/7': '101' } }), '7'))).toContain('plays beep');
    expect(told(call(house(steps), '7')).at(-1)).toBe('busy 17');
  });

  test('of which nobody can tell what it does is reached, and that is all', () => {
    expect(isOpen(call(house(['7,1 Answer()', '7,n Festival(hello)']), '7'))).toBe(true);
    expect(isOpen(call(house(['7,1 GotoIf($[${SHELL(date)} > 3]?9,1:10,1)']), '7'))).toBe(true);
  });

  test('without a further step ends the call', () => {
    expect(told(call(house(['7,1 Answer()']), '7'))).toEqual(['end 16']);
  });
});

describe('values in hand-made dialplan', () => {
  const known = {
    variable: (name: string) => ({ A: '101', E: '' })[name] ?? null,
    read: (name: string, args: string) => (name === 'LEN' ? String(args.length) : null),
  };

  test.each([
    ['x${A}y', 'x101y'],
    ['${A:1}', '01'],
    ['${A:-1}', '1'],
    ['${A:0:2}', '10'],
    ['$["${E}" = ""]', '1'],
    ['$[${LEN(${A})} > 2]', '1'],
    ['$["${A}" = "1" & "a" = "a"]', '0'],
    ['$[${A} + 1]', '102'],
    ['${B}', null],
    ['$[${A} : "x"]', null],
    ['${A', null],
  ])('%s is %s', (text, value) => {
    expect(filledIn(text, known)).toBe(value);
  });

  test('never throw, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'${}[]()":=&|<>!+-A1 ,'), maxLength: 40 }), (text) => {
        const value = filledIn(text, known);
        return value === null || typeof value === 'string';
      }),
    );
  });
});
