import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const busy = 'app-blackhole,busy,1';
const hangup = 'app-blackhole,hangup,1';
const condition = (timeconditions_id: string, time: string, more: Record<string, string> = {}) => ({
  timeconditions_id,
  displayname: `Condition ${timeconditions_id}`,
  time,
  truegoto: busy,
  falsegoto: hangup,
  deptname: 'x',
  ...more,
});
const groups = {
  timegroups_groups: [
    { id: '1', description: 'Hours' },
    { id: '2', description: 'Empty' },
  ],
  timegroups_details: [
    { id: '1', timegroupid: '1', time: '08:00-20:00|mon-fri|*|*' },
    { id: '2', timegroupid: '1', time: 'whenever' },
    { id: '3', timegroupid: '9', time: '*|*|*|*' },
  ],
};
const read = (o: Parameters<typeof boxOf>[0]) => readBox(boxOf(o));
const codes = (reading: ReturnType<typeof readBox>) => reading.findings.map((f) => `${f.code} ${f.about?.kind}/${f.about?.id}`);
const fates = (reading: ReturnType<typeof readBox>, name: string) =>
  Object.fromEntries(reading.ledger.entries.filter((e) => e.name === name).map((e) => [e.key, e.fate]));

describe('a time group', () => {
  const reading = read({ tables: { ...groups, timeconditions: [condition('1', '2')] } });

  it('is the lines that Asterisk can read', () => {
    expect(reading.model['time-group']).toEqual({
      1: { description: 'Hours', times: [{ hours: '08:00-20:00', weekdays: 'mon-fri', daysOfMonth: '*', months: '*' }] },
      2: { description: 'Empty', times: [] },
    });
    expect(reading.ledger.sums.find((s) => s.name === 'timegroups_details')).toMatchObject({ rows: 3, carried: 1, dropped: 2 });
    expect(codes(reading)).toContain('TIME_UNREADABLE time-group/1');
  });

  it('without a line never matches, and that is told where something asks for it', () => {
    expect(codes(reading)).toContain('TIME_GROUP_MISSING time-group/2');
    expect(codes(reading)).not.toContain('TIME_GROUP_MISSING time-group/1');
  });
});

describe('a time condition', () => {
  it('has its ways, its hours and the override of now', () => {
    const reading = read({
      tables: { ...groups, timeconditions: ['1', '2', '3', '4', '5'].map((id) => condition(id, '1', { generate_hint: '1' })) },
      astdb: { 'TC/1': 'true', 'TC/2': 'true_sticky', 'TC/3': 'false', 'TC/4': 'false_sticky', 'TC/5': '', 'TC/77': 'true' },
    });
    expect(reading.model['time-condition']['1']).toEqual({
      name: 'Condition 1',
      timeGroup: '1',
      whenMatched: { to: 'end', how: 'busy' },
      otherwise: { to: 'end', how: 'hangup' },
      override: 'matched',
      hasHint: true,
    });
    expect(Object.values(reading.model['time-condition']).map((c) => c.override)).toEqual([
      'matched',
      'matched-sticky',
      'unmatched',
      'unmatched-sticky',
      null,
    ]);
    expect(fates(reading, 'TC')).toMatchObject({ 5: 'carried', 77: 'dropped' });
  });

  it('without a group, or of one that is gone, goes the other way and that is told', () => {
    const reading = read({ tables: { ...groups, timeconditions: [condition('1', ''), condition('2', '9'), condition('3', '0')] } });
    expect(Object.values(reading.model['time-condition']).map((c) => c.timeGroup)).toEqual([null, '9', null]);
    expect(codes(reading).filter((c) => c.startsWith('TIME_GROUP_MISSING time-condition'))).toHaveLength(3);
  });

  it('of FreePBX 2.8 has no override, whatever AstDB holds', () => {
    const reading = read({ tables: { ...groups, timeconditions: [condition('1', '1')] }, astdb: { 'TC/1': 'true' } });
    expect(reading.model['time-condition']['1']).toMatchObject({ override: null, hasHint: false });
    expect(fates(reading, 'TC')).toEqual({ 1: 'dropped' });
  });

  it('of FreePBX 2.4 has its hours in itself', () => {
    const { model } = read({ tables: { timeconditions: [condition('4', '09:00-18:00|mon-fri|*|*')] } });
    expect(model['time-condition']['4']?.timeGroup).toBe('of-4');
    expect(model['time-group']['of-4']?.times).toEqual([{ hours: '09:00-18:00', weekdays: 'mon-fri', daysOfMonth: '*', months: '*' }]);
  });

  it('is inert where its module is switched off, and a route with its hours is then open', () => {
    const reading = read({
      tables: {
        ...groups,
        timeconditions: [condition('1', '1')],
        outbound_routes: [{ route_id: '1', name: 'Out', time_group_id: '1' }],
        trunks: [{ trunkid: '1', tech: 'custom', channelid: 'Local/1@x' }],
        modules: [{ modulename: 'timeconditions', enabled: '0' }],
      },
    });
    expect(reading.model['time-condition']).toEqual({});
    expect(reading.model['time-group']).toEqual({});
    expect(reading.model['outbound-route']['1']?.timeGroup).toBeNull();
    expect(fates(reading, 'timeconditions')).toEqual({ '#1': 'dropped' });
  });
});

describe('an outbound route', () => {
  it('of a time group that is gone is told', () => {
    const reading = read({ tables: { outbound_routes: [{ route_id: '1', name: 'Out', time_group_id: '7' }], trunks: [] } });
    expect(reading.model['outbound-route']['1']?.timeGroup).toBe('7');
    expect(codes(reading)).toContain('TIME_GROUP_MISSING outbound-route/1');
  });
});
