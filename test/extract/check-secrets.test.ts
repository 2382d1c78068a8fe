import { describe, expect, it } from 'vitest';
import { checkSecrets } from '../../src/extract/check-secrets.ts';
import { aModel, houseOf } from '../model/a-model.ts';

const codes = (model: Parameters<typeof checkSecrets>[0]): string[] => checkSecrets(model).map((f) => `${f.code} ${f.about?.id}`);

describe('a box that is an easy prey', () => {
  it('has telephones with passwords that are tried first, which no finding shows', () => {
    const model = {
      ...aModel(houseOf({ 101: {}, 102: {}, 103: {}, 104: {}, 105: {} })),
      secrets: {
        'device/101/sip': 'abc101xyz',
        'device/102/sip': '12345678',
        'device/103/sip': 'Kq7#vTz9Lw',
        'device/104/sip': '77777777',
      },
    };
    expect(codes(model)).toEqual(['101', '102', '104', '105'].map((id) => `SECRET_GUESSABLE ${id}`));
    for (const secret of Object.values(model.secrets)) expect(JSON.stringify(checkSecrets(model))).not.toContain(secret);
  });

  it('lets everybody call abroad, where no PIN is asked for', () => {
    const route = (o: object): object => ({ name: 'r', position: '0', trunks: ['1'], ...o });
    const model = aModel({
      'outbound-route': {
        1: route({ patterns: [{ prefix: '9', match: '00.' }] }),
        2: route({ patterns: [{ match: '810.' }], pinSet: '1' }),
        3: route({ patterns: [{ match: '00.', callerId: '101' }] }),
        4: route({ patterns: [{ match: '0XXXXXXXXX' }] }),
        5: route({ patterns: [{ match: '+.' }], trunks: [] }),
      },
    });
    expect(codes(model)).toEqual(['ROUTE_ABROAD_OPEN 1']);
  });
});
