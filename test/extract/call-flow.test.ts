import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const rows = (ext: string, held: Record<string, string>) => Object.entries(held).map(([dmode, dest]) => ({ ext, dmode, dest }));
const reading = readBox(
  boxOf({
    tables: {
      daynight: [
        ...rows('0', {
          day: 'app-blackhole,busy,1',
          night: 'app-blackhole,congestion,1',
          fc_description: 'Main',
          password: '73910',
          day_recording_id: '5',
          night_recording_id: '',
          timeday: '1',
          timenight: '99',
          odd: 'x',
        }),
        ...rows('1', { day: 'app-blackhole,busy,1', fc_description: '', password: 'secret', timenight: '1' }),
        ...rows('2', { day: 'app-blackhole,busy,1', night: 'app-blackhole,busy,1' }),
      ],
      timeconditions: [{ timeconditions_id: '1', displayname: 'x', time: '1', truegoto: '', falsegoto: '' }],
      recordings: [{ id: '5', displayname: 'Day', filename: 'beep' }],
      incoming: [{ extension: '5', cidnum: '', destination: 'app-daynight,2,1' }],
    },
    astdb: { 'DAYNIGHT/C0': 'NIGHT', 'DAYNIGHT/C7': 'DAY' },
  }),
);
const codes = reading.findings.map((f) => `${f.code} ${f.about?.kind}/${f.about?.id}`);

describe('a call flow', () => {
  it('is all its rows, its mode and the conditions that it forces', () => {
    expect(reading.model['call-flow']['0']).toEqual({
      name: 'Main',
      day: { to: 'end', how: 'busy' },
      night: { to: 'end', how: 'congestion' },
      state: 'night',
      asksPassword: true,
      dayRecording: '5',
      nightRecording: null,
      dayForces: ['1'],
      nightForces: [],
    });
    expect(reading.model.secrets['call-flow/0/password']).toBe('73910');
    expect(JSON.stringify([reading.model['call-flow'], reading.ledger, reading.findings])).not.toContain('73910');
    expect(codes).toContain('TIME_CONDITION_MISSING call-flow/0');
  });

  it('asks for no password that is not of digits, and ends where a way is missing', () => {
    expect(reading.model['call-flow']['1']).toMatchObject({
      asksPassword: false,
      night: { to: 'end', how: 'hangup' },
      state: 'day',
      nightForces: ['1'],
    });
    expect(reading.model.secrets['call-flow/1/password']).toBeUndefined();
    expect(codes).toEqual(expect.arrayContaining(['DESTINATION_MISSING call-flow/1', 'CALL_FLOW_STATE_UNKNOWN call-flow/1']));
  });

  it('without a description row is none, as for the old dialplan', () => {
    expect(reading.model['call-flow']['2']).toBeUndefined();
    expect(reading.model['inbound-route']['5/any']?.destination).toMatchObject({ to: 'missing' });
  });

  it('has every row accounted for', () => {
    expect(reading.ledger.sums.find((s) => s.name === 'daynight')).toMatchObject({ rows: 15, carried: 10, dropped: 5, unknown: 0 });
    expect(reading.ledger.sums.find((s) => s.name === 'DAYNIGHT')).toMatchObject({ rows: 2, carried: 1, dropped: 1 });
  });
});
