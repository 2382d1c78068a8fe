import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { areFound } from './planted.ts';
import { group, person } from './planted-rows.ts';
import { soundBox } from './sound-box.ts';

describe('what cannot be dialled or never ends is found', () => {
  areFound([
    ['an extension that no dialplan line holds', { tables: person('2,0;5') }, 'EXTENSION_UNDIALABLE', null, /2,0;5/],
    [
      'a group without a time',
      { tables: { ringgroups: [group('600', '201', '', { grptime: '0' })] } },
      'RING_GROUP_APPROXIMATED',
      'ring-group/600',
      /no end/,
    ],
  ]);

  it('and a member that stands in a group twice rings once', () => {
    const { model } = readBox(soundBox({ tables: { ringgroups: [group('600', '201-202-201')] } }));
    expect(model['ring-group']['600']?.members.map((m) => m.number)).toEqual(['201', '202']);
  });
});
