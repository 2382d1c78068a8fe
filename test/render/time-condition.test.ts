import { describe, expect, test } from 'vitest';
import { contextOf, type Some, smallHouse, treeOf } from './some-pbx.ts';
import { danglingTargets } from './targets.ts';

const by = { to: 'extension', id: '101', by: 'follow-me' };
const house = (conditions: object, more: Some = {}): Some => ({ ...smallHouse, 'time-condition': conditions as never, ...more });
const file = 'extensions.d/time-condition.conf';
const hours = { hours: '08:00-20:00', weekdays: 'mon-fri', daysOfMonth: '*', months: '*' };

describe('time conditions', () => {
  test('every range is asked by GotoIfTime, and an override goes before the hours until they say the same', async () => {
    const tree = await treeOf(
      house(
        { '2': { name: 'Office', timeGroup: '1', whenMatched: by, otherwise: { to: 'end', how: 'busy' } } },
        { 'time-group': { '1': { times: [hours, { hours: '09:00-15:00', weekdays: 'sat' }] } } },
      ),
    );
    expect(contextOf(tree.text(file), 'timeconditions')).toEqual([
      'exten = 2,1,NoOp(Office)',
      'same = n,GotoIfTime(08:00-20:00,mon-fri,*,*?within)',
      'same = n,GotoIfTime(09:00-15:00,sat,*,*?within)',
      'same = n,GotoIf($["${DB(TC/2):0:4}" = "true"]?matched)',
      'same = n,ExecIf($["${DB(TC/2)}" = "false"]?Set(DB(TC/2)=)) ; the hours say it themselves now',
      'same = n(unmatched),ExecIf($["${DEVICE_STATE(Custom:TC2)}" != "INUSE"]?Set(DEVICE_STATE(Custom:TC2)=INUSE))',
      'same = n,Goto(app-blackhole,busy,1) ; busy',
      'same = n(within),GotoIf($["${DB(TC/2):0:5}" = "false"]?unmatched)',
      'same = n,ExecIf($["${DB(TC/2)}" = "true"]?Set(DB(TC/2)=))',
      'same = n(matched),ExecIf($["${DEVICE_STATE(Custom:TC2)}" != "NOT_INUSE"]?Set(DEVICE_STATE(Custom:TC2)=NOT_INUSE))',
      'same = n,Goto(from-did-direct,101,1) ; extension 101 (follow-me)',
    ]);
    expect(danglingTargets(tree.files)).toEqual([]);
  });

  test('one whose group is gone or has no hours always goes the other way, and says so', async () => {
    for (const groups of [{}, { '1': { times: [] } }, { '1': { times: [{ hours: '25:00' }] } }]) {
      const tree = await treeOf(house({ '1': { timeGroup: '1', whenMatched: by } }, { 'time-group': groups as never }));
      const lines = contextOf(tree.text(file), 'timeconditions').join('\n');
      expect(lines).not.toContain('GotoIfTime');
      expect(lines).not.toContain('(within)');
      expect(tree.codes()).toContain('TIME_CONDITION_NEVER');
    }
  });

  test('a range that Asterisk cannot read never fits, the others do', async () => {
    const times = [{ hours: '08:00-24:00' }, { weekdays: 'mon-fri;Hangup()' }, { months: 'dec-jan', daysOfMonth: '1-8' }];
    const tree = await treeOf(house({ '1': { timeGroup: '1', whenMatched: by } }, { 'time-group': { '1': { times } } }));
    const asked = contextOf(tree.text(file), 'timeconditions').filter((l) => l.includes('GotoIfTime'));
    expect(asked).toEqual(['same = n,GotoIfTime(*,*,1-8,dec-jan?within)']);
    expect(tree.codes().filter((c) => c === 'TIME_RANGE_UNREADABLE')).toHaveLength(2);
  });

  test('a call flow that is linked decides before the hours', async () => {
    const flow = { '0': { name: 'Hand', dayForces: ['1'], nightForces: ['1'] } };
    const tree = await treeOf(house({ '1': { timeGroup: '1', whenMatched: by } }, { 'call-flow': flow as never }));
    expect(contextOf(tree.text(file), 'timeconditions').slice(1, 3)).toEqual([
      'same = n,GotoIf($["${DB(DAYNIGHT/C0)}" = "NIGHT"]?unmatched) ; call flow 0 Hand decides',
      'same = n,GotoIf($["${DB(DAYNIGHT/C0)}" = "DAY"]?matched) ; call flow 0 Hand decides',
    ]);
  });

  test('one that leads to itself ends a call after fifty rounds', async () => {
    const circle = { '1': { otherwise: { to: 'call-flow', id: '0' } }, '2': { otherwise: { to: 'time-condition', id: '1' } } };
    const flow = { '0': { day: { to: 'time-condition', id: '1' }, night: by } };
    const tree = await treeOf(house(circle, { 'call-flow': flow as never }));
    const lines = contextOf(tree.text(file), 'timeconditions');
    expect(lines.slice(lines.indexOf('exten = 1,1,NoOp()') + 1)[1]).toBe('same = n,GotoIf($[${PASSES} > 50]?in-a-circle,${EXTEN},1)');
    expect(lines.slice(lines.indexOf('exten = 2,1,NoOp()')).join('\n')).not.toContain('PASSES');
    expect(contextOf(tree.text('extensions.d/call-flow.conf'), 'app-daynight')[0]).toContain('PASSES');
    expect(contextOf(tree.text('extensions.d/routines.conf'), 'in-a-circle')).toContain('same = n,Congestion(10)');
  });
});

test('a call flow goes by its mode in AstDB, by day where there is none', async () => {
  const tree = await treeOf({ ...smallHouse, 'call-flow': { '0': { name: 'Hand', day: by, night: { to: 'ring-group', id: '600' } } } });
  expect(contextOf(tree.text('extensions.d/call-flow.conf'), 'app-daynight')).toEqual([
    'exten = 0,1,GotoIf($["${DB(DAYNIGHT/C0)}" = "NIGHT"]?ext-group,600,1:from-did-direct,101,1)',
  ]);
  expect(tree.text('extensions.conf')).toContain('#include "extensions.d/call-flow.conf"');
});
