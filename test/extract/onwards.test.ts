import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const told = (tables: NonNullable<Parameters<typeof boxOf>[0]['tables']>): string[] =>
  readBox(boxOf({ tables })).findings.flatMap((f) =>
    f.code === 'DESTINATION_MISSING' ? [`${f.about?.kind}/${f.about?.id}: ${f.means}`] : [],
  );

const nowhere = (of: string): string[] => [`${of}: Calls that come here are sent nowhere and end.`];

describe('what has nowhere to send its calls', () => {
  it.each([
    ['announcement/5', { announcement: [{ announcement_id: '5', description: 'x', recording_id: '', post_dest: ' ', return_ivr: '0' }] }],
    ['set-cid/1', { setcid: [{ cid_id: '1', cid_name: 'x', cid_num: '', description: 'x', dest: '' }] }],
    ['language/1', { languages: [{ language_id: '1', lang_code: 'en', description: 'x', dest: '' }] }],
    ['misc-application/1', { miscapps: [{ miscapps_id: '1', ext: '780', description: 'x', dest: '' }] }],
    ['queue-priority/1', { queueprio: [{ queueprio_id: '1', queue_priority: '1', description: 'x', dest: '' }] }],
    ['recording-rule/1', { callrecording: [{ callrecording_id: '1', callrecording_mode: 'force', description: 'x', dest: '' }] }],
    ['callback/1', { callback: [{ callback_id: '1', description: 'x', callbacknum: '', destination: '', sleep: '0', deptname: '' }] }],
  ])('%s is told', (of, tables) => {
    expect(told(tables)).toEqual(nowhere(of));
  });

  it('is no announcement that goes back to its menu', () => {
    expect(told({ announcement: [{ announcement_id: '5', description: 'x', recording_id: '', post_dest: '', return_ivr: '1' }] })).toEqual(
      [],
    );
  });
});
