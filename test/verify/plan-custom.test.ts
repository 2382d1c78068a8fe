import { describe, expect, test } from 'vitest';
import { compare } from '../../src/verify/calls/compare.ts';
import { intoDialplan } from '../../src/verify/calls/into.ts';
import { plan } from '../../src/verify/plan.ts';
import type { Scenario } from '../../src/verify/scenario.ts';
import { aModel, houseOf, stateWith } from '../model/a-model.ts';
import { EMPTY_TRACE } from './empty-trace.ts';

function lines(...steps: string[]): object[] {
  return steps.map((step, i) => {
    const [, extension, priority, application, args] = /^([^,]+),(\S+) (\w+)\((.*)\)$/.exec(step) ?? [];
    return extension === undefined
      ? { at: `x.conf:${i + 1}`, include: step }
      : { at: `x.conf:${i + 1}`, extension, priority, application, arguments: args ?? '' };
  });
}

const { scenarios, skipped } = plan(
  aModel({
    ...houseOf({ 201: stateWith({}), 202: stateWith({}), 203: stateWith({}), 204: stateWith({}), 205: stateWith({}), 206: stateWith({}) }),
    recording: { 1: { prompts: [{ file: 'custom/hello', formats: ['wav'] }] } },
    'custom-dialplan': {
      'from-internal-custom': {
        joins: ['from-internal-xfer'],
        lines: lines('more', '5555,1 Playback(custom/hello)', '5555,n Hangup()', '_77XXX,1 Dial(SIP/${EXTEN:2}|20|t)', '_77XXX,n Hangup()'),
      },
      more: {
        lines: lines(
          '9,1 Festival(hello)',
          '9,n Dial(SIP/204&SIP/777|20)',
          '8,1 Read(x,custom/hello,1,,1,3)',
          '8,n Hangup()',
          'h,1 NoOp(x)',
        ),
      },
      'dialler-out': { lines: lines('201,1 Dial(SIP/${EXTEN})') },
      'sub-x': { lines: lines('s,1 Return()') },
    },
  }),
);
const own = new Map<string, Scenario>(scenarios.filter((s) => s.kind === 'custom-dialplan').map((s) => [s.id, s]));

describe('hand-made dialplan is called', () => {
  test('while the telephones that its lines name are there, though nobody can tell whether they ring', () => {
    const claims = [...own.values()].filter((s) => s.dial === '9').map((s) => s.claims.filter((c) => c.ref.kind === 'device'));
    expect(claims.length).toBeGreaterThan(0);
    for (const held of claims) expect(held).toContainEqual({ ref: { kind: 'device', id: '204' }, mode: 'shared' });
    expect(claims.flat().map((c) => c.ref.id)).not.toContain('777');
  });

  test('by each of its numbers, an example that rings somebody where it is a pattern', () => {
    expect([...own.keys()].sort()).toEqual(
      [
        'custom-dialplan/dialler-out/201/first-answers',
        'custom-dialplan/dialler-out/201/first-busy',
        'custom-dialplan/dialler-out/201/nobody',
        'custom-dialplan/from-internal-custom/5555/nobody',
        'custom-dialplan/from-internal-custom/77201/first-answers',
        'custom-dialplan/from-internal-custom/77201/first-busy',
        'custom-dialplan/from-internal-custom/77201/nobody',
        'custom-dialplan/more/8/keyed',
        'custom-dialplan/more/8/nobody',
        'custom-dialplan/more/9/nobody',
      ].sort(),
    );
    expect(own.get('custom-dialplan/from-internal-custom/5555/nobody')?.expect.heard).toEqual(['custom/hello']);
    expect(own.get('custom-dialplan/more/8/keyed')?.expect.keys).toBe('1');
  });

  test('as a dialler does where no telephone comes to it; a routine is not', () => {
    const sent = own.get('custom-dialplan/dialler-out/201/nobody') as Scenario;
    expect(sent.dial).toMatch(/^at\*\d{4}\*201$/);
    expect(sent.expect.legs.map((l) => l.dialled)).toEqual(['201']);
    expect(intoDialplan(['dialler-out'])).toContain(`exten = _${sent.dial.slice(0, 8)}.,1,Goto(dialler-out,`);
    expect(skipped.find((s) => s.id === 'custom-dialplan/sub-x')?.why).toContain('no call begins there');
  });

  test('where nobody can tell what it does, the call must come there, and no more', () => {
    const open = own.get('custom-dialplan/more/9/nobody') as Scenario;
    expect(open.expect.open).toBe(true);
    const seen = { ...EMPTY_TRACE, heard: ['whatever'], end: { at: 'hangup', cause: 34 } as const };
    expect(compare(open, seen)).toEqual([]);
    expect(compare(open, { ...seen, heard: ['silence/1', 'cannot-complete-as-dialed'] }).map((d) => d.what)).toEqual(['heard']);
    expect(compare({ ...open, expect: { ...open.expect, through: ['more'] } }, seen).map((d) => d.what)).toEqual(['through']);
  });
});
