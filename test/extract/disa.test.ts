import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const row = (disa_id: string, more: Record<string, string | null> = {}) => ({
  disa_id,
  displayname: `D${disa_id}`,
  pin: '',
  cid: '',
  context: 'from-internal',
  digittimeout: '5',
  resptimeout: '10',
  needconf: '',
  hangup: '',
  ...more,
});

describe('a DISA', () => {
  it('has its PINs apart, and all that it says', () => {
    const { model, ledger, findings } = readBox(
      boxOf({
        tables: {
          disa: [
            row('1', {
              pin: '43219, 87657,43219',
              cid: '"House" <74951234500>',
              digittimeout: '3',
              resptimeout: '7',
              needconf: 'CHECKED',
              hangup: 'CHECKED',
              keepcid: '1',
              context: 'night',
            }),
          ],
        },
      }),
    );
    expect(model.disa['1']).toEqual({
      name: 'D1',
      asksPin: true,
      confirms: true,
      callerId: '"House" <74951234500>',
      keepsCallerId: false,
      context: 'night',
      firstDigitSeconds: 7,
      digitSeconds: 3,
      dialsAgain: true,
    });
    expect(model.secrets).toEqual({ 'disa/1/pin/0': '43219', 'disa/1/pin/1': '87657' });
    expect(JSON.stringify([model.disa, ledger, findings])).not.toMatch(/43219|87657/);
  });

  it.each(['', 'no-password', 'No-Password'])("without a PIN ('%s') is an error: the house pays for whoever finds it", (pin) => {
    const { model, findings } = readBox(boxOf({ tables: { disa: [row('2', { pin })] } }));
    expect(model.disa['2']).toMatchObject({ asksPin: false, keepsCallerId: true });
    expect(findings.map((f) => [f.code, f.severity])).toContainEqual(['DISA_WITHOUT_PIN', 'error']);
  });

  it('in a row of FreePBX 2.8 keeps the caller id, and times that are none are the usual ones', () => {
    const { model } = readBox(boxOf({ tables: { disa: [row('3', { digittimeout: '0', resptimeout: null, context: '' })] } }));
    expect(model.disa['3']).toMatchObject({ keepsCallerId: true, context: 'from-internal', firstDigitSeconds: 10, digitSeconds: 5 });
  });
});
