import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { areFound, newFindings } from './planted.ts';
import { group, person } from './planted-rows.ts';
import { soundBox } from './sound-box.ts';

it('in a box with one trunk, one route and one DID nothing is to be found but its music', () => {
  expect(readBox(soundBox()).findings.map((f) => f.code)).toEqual(['MUSIC_NOT_CARRIED']);
});

describe('a number that two have is found', () => {
  areFound([
    [
      'a group with the number of an extension',
      { tables: { ringgroups: [group('201', '202')] } },
      'NUMBER_TAKEN',
      'extension/201',
      /reaches ring-group\/201/,
    ],
    [
      'a room with the number of an extension',
      {
        tables: {
          meetme: [{ exten: '202', options: '', userpin: '', adminpin: '', description: 'c', joinmsg_id: '0', music: '', users: '0' }],
        },
      },
      'NUMBER_TAKEN',
      'extension/202',
    ],
    [
      'slots of a parking lot over extensions',
      {
        tables: {
          parkplus: [
            {
              id: '1',
              defaultlot: 'yes',
              type: 'public',
              name: 'Lot',
              parkext: '200',
              parkpos: '203',
              numslots: '8',
              parkingtime: '45',
              findslot: 'first',
              generatefc: 'yes',
            },
          ],
        },
      },
      'NUMBER_TAKEN',
      'extension/203',
    ],
  ]);

  it('one number, one extension: none', () => {
    expect(newFindings({ tables: person('205') })).toEqual([]);
  });
});
