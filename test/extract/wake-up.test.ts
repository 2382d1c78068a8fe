import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { wakeUp } from '../../src/model/wake-up.ts';
import { boxOf } from './box-of.ts';

const code = {
  modulename: 'hotelwakeup',
  featurename: 'hotelwakeup',
  description: 'Wake Up',
  defaultcode: '*68',
  customcode: '',
  enabled: '1',
};
const row = {
  maxretries: '2',
  waittime: '45',
  retrytime: '90',
  extensionlength: '3',
  cnam: 'Good morning',
  cid: '*68',
  operator_mode: '1',
  operator_extensions: '201 , 30X, [',
  application: 'AGI',
  data: 'wakeconfirm.php',
};
const read = (tables: Parameters<typeof boxOf>[0]['tables']) => readBox(boxOf({ tables: { featurecodes: [code], ...tables } }));

describe('wake-up calls of the old box', () => {
  it('keep how long and how often they ring, what is shown, and who orders them for others', () => {
    const { model, findings } = read({ hotelwakeup: [row] });
    expect(model['wake-up']).toEqual({
      1: {
        ringSeconds: 45,
        retries: 2,
        retrySeconds: 90,
        callerName: 'Good morning',
        callerNumber: '*68',
        operators: ['201', '30X'],
        extensionDigits: 3,
      },
    });
    expect(findings.filter((f) => f.code === 'COLUMN_UNREAD')).toEqual([]);
  });

  it('that were ordered there stay there, which is told', () => {
    const { ledger, findings } = read({ hotelwakeup_calls: [{ time: '1480000000', ext: '201' }] });
    expect(ledger.sums.find((s) => s.name === 'hotelwakeup_calls')).toMatchObject({ rows: 1, dropped: 1 });
    expect(findings.map((f) => f.code)).toContain('WAKE_UP_CALLS_STAY');
  });

  it('ring as FreePBX has it from the start where the row says nothing sensible', () => {
    const odd = { ...row, maxretries: '-1', waittime: '0', retrytime: 'x', extensionlength: '', operator_mode: '0' };
    const usual = wakeUp.decode({});
    expect(read({ hotelwakeup: [odd] }).model['wake-up']['1']).toEqual({ ...usual, callerName: 'Good morning', callerNumber: '*68' });
  });

  it('are none where the module is off', () => {
    const { model, findings } = read({ hotelwakeup: [row], modules: [{ modulename: 'hotelwakeup', enabled: '0' }] });
    expect(model['wake-up']).toEqual({});
    expect(findings.map((f) => f.code)).not.toContain('WAKE_UP_CALLS_STAY');
  });
});
