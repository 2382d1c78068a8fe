import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const trunk = (o: Record<string, string>) => ({ trunkid: '1', tech: 'sip', channelid: 'gw', name: 'gw', disabled: 'off', ...o });
const told = (tables: NonNullable<Parameters<typeof boxOf>[0]['tables']>): string[] =>
  readBox(boxOf({ tables })).findings.flatMap((f) => (f.code === 'NUMBER_UNREADABLE' ? [`${f.where}: ${f.means}`] : []));

describe('a text where a number is meant to stand', () => {
  it('is told once, with its place', () => {
    expect(told({ trunks: [trunk({ maxchans: ' ten ' })] })).toEqual([
      "trunks.maxchans 1: 'ten' stands where a whole number is meant to: the new box goes on as if nothing stood there.",
    ]);
    expect(readBox(boxOf({ tables: { trunks: [trunk({ maxchans: 'ten' })] } })).model.trunk['1']).toMatchObject({ maxChannels: null });
  });

  it('is none where a number or nothing stands, nor in a row that is not carried', () => {
    expect(told({ trunks: [trunk({ maxchans: '2' })] })).toEqual([]);
    expect(told({ trunks: [trunk({ maxchans: '' })] })).toEqual([]);
    expect(
      told({
        modules: [{ modulename: 'queueprio', version: '1', enabled: '0' }],
        queueprio: [{ queueprio_id: '1', queue_priority: 'high', description: 'x', dest: '' }],
      }),
    ).toEqual([]);
  });
});

describe('what callers were to hear and do', () => {
  it('is told where a recording names no file, and where the key that plays it again is none', () => {
    const { findings, model } = readBox(
      boxOf({
        tables: {
          recordings: [{ id: '6', displayname: 'empty', filename: '', description: '' }],
          announcement: [
            {
              announcement_id: '4',
              description: 'x',
              recording_id: '6',
              post_dest: 'app-blackhole,hangup,1',
              return_ivr: '0',
              repeat_msg: 'x',
            },
          ],
        },
      }),
    );
    expect(findings.filter((f) => f.code === 'SOUND_MISSING').map((f) => f.about?.id)).toEqual(['6']);
    expect(findings.filter((f) => f.code === 'MENU_KEY_UNREADABLE').map((f) => f.about?.id)).toEqual(['4']);
    expect(model.announcement['4']?.repeatKey).toBe('');
  });
});
