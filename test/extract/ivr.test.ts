import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const read = (tables: NonNullable<Parameters<typeof boxOf>[0]['tables']>) =>
  readBox(
    boxOf({
      tables: {
        recordings: ['3', '4', '5', '6'].map((id) => ({ id, displayname: id, filename: id === '6' ? 'custom/old-menu' : `custom/${id}` })),
        ...tables,
      },
    }),
  );
const codes = (reading: ReturnType<typeof readBox>) => reading.findings.map((f) => `${f.code} ${f.where}`);
const sum = (reading: ReturnType<typeof readBox>, name: string) => reading.ledger.sums.find((s) => s.name === name);
const busy = { to: 'end', how: 'busy' };
const hangup = { to: 'end', how: 'hangup' };

const menu = (id: string, more: Record<string, string | null> = {}) => ({
  id,
  name: `Menu ${id}`,
  description: 'd',
  announcement: '3',
  directdial: '',
  invalid_loops: '3',
  invalid_retry_recording: 'default',
  invalid_destination: 'app-blackhole,busy,1',
  timeout_enabled: null,
  invalid_recording: '5',
  retvm: '',
  timeout_time: '7',
  timeout_recording: 'default',
  timeout_retry_recording: '4',
  timeout_destination: 'app-blackhole,hangup,1',
  timeout_loops: '2',
  timeout_append_announce: '0',
  invalid_append_announce: '1',
  timeout_ivr_ret: '1',
  invalid_ivr_ret: '0',
  ...more,
});
const entry = (ivr_id: string, selection: string, dest: string, more: Record<string, string> = {}) => ({
  ivr_id,
  selection,
  dest,
  ivr_ret: '0',
  spoken: '',
  ...more,
});

describe('a menu of FreePBX 2.10 and later', () => {
  const reading = read({
    ivr_details: [
      menu('1', { directdial: 'ext-local', retvm: 'on' }),
      menu('2', { directdial: '9', invalid_loops: 'disabled', timeout_loops: 'disabled', announcement: '77' }),
      menu('3', { invalid_destination: '', timeout_loops: '', announcement: '0' }),
    ],
    ivr_entries: [
      entry('1', '1', 'app-blackhole,busy,1', { ivr_ret: '1' }),
      entry('1', '#', 'ivr-2,s,1', { spoken: 'sales' }),
      entry('1', '1', 'app-blackhole,hangup,1'),
      entry('1', '_5X', 'app-blackhole,hangup,1'),
      entry('1', '7', ''),
      entry('1', 't', 'app-blackhole,congestion,1'),
      entry('2', 'T', 'app-blackhole,congestion,1', { ivr_ret: '1' }),
      entry('8', '1', 'app-blackhole,hangup,1'),
    ],
    ivr: [{ ivr_id: '1', displayname: 'Old' }],
  });

  it('is read whole', () => {
    expect(reading.model.ivr['1']).toEqual({
      name: 'Menu 1',
      description: 'd',
      announcement: '3',
      timeoutSeconds: 7,
      directDial: true,
      directDialDirectory: null,
      entries: [
        { keys: '1', destination: busy, returns: true },
        { keys: '#', destination: { to: 'ivr', id: '2' }, returns: false },
        { keys: '7', destination: hangup, returns: false },
      ],
      timeout: { retries: 2, retryPrompt: '4', menuFollows: false, lastPrompt: 'default', next: hangup, returns: true },
      invalid: { retries: 3, retryPrompt: 'default', menuFollows: true, lastPrompt: '5', next: busy, returns: false },
      sharesRetries: false,
      returnsFromVoicemail: true,
      digitTimeoutSeconds: 3,
    });
  });

  it('heeds no row t where it has a destination for it, and does where that is switched off', () => {
    expect(sum(reading, 'ivr_entries')).toMatchObject({ rows: 8, carried: 4, dropped: 4 });
    expect(reading.model.ivr['2']).toMatchObject({
      directDial: true,
      directDialDirectory: '9',
      timeout: { retries: 0, next: { to: 'end', how: 'congestion' }, returns: true },
      invalid: { retries: null, next: null },
    });
  });

  it('tells dead ends, keys that nobody can press, and recordings that are gone', () => {
    expect(reading.model.ivr['3']).toMatchObject({ announcement: null, invalid: { next: null, retries: 3 }, timeout: { retries: 0 } });
    expect(codes(reading)).toEqual(
      expect.arrayContaining([
        'MENU_DEAD_END ivr_details #3',
        'MENU_DEAD_END ivr_entries 1/7',
        'MENU_KEY_UNREADABLE ivr_entries 1/_5X',
        'RECORDING_MISSING ivr_details #2',
        'OPTION_NOT_CARRIED ivr_entries 1/#',
      ]),
    );
  });

  it('wins over tables that an update left behind', () => {
    expect(sum(reading, 'ivr')).toMatchObject({ rows: 1, dropped: 1 });
  });
});

describe('a menu of FreePBX 2.8', () => {
  const old = (ivr_id: string, more: Record<string, string | null> = {}) => ({
    ivr_id,
    displayname: `Old ${ivr_id}`,
    deptname: 'x',
    enable_directory: '',
    enable_directdial: 'CHECKED',
    timeout: '10',
    announcement: null,
    dircontext: 'default',
    alt_timeout: 'CHECKED',
    alt_invalid: '',
    loops: '3',
    announcement_id: '3',
    timeout_id: '0',
    invalid_id: '',
    retvm: 'CHECKED',
    ...more,
  });
  const dest = (ivr_id: string, selection: string, to: string) => ({ ivr_id, selection, dest: to, ivr_ret: '0' });
  const reading = read({
    ivr: [
      old('1'),
      old('2', { timeout_id: '4', invalid_id: '5', enable_directory: 'CHECKED', enable_directdial: '' }),
      old('3', { announcement_id: '0', announcement: 'old-menu', alt_invalid: 'CHECKED' }),
      old('9', { displayname: '__install_done' }),
    ],
    ivr_dests: [
      dest('1', 't', 'app-blackhole,busy,1'),
      dest('1', 'i', 'app-blackhole,hangup,1'),
      dest('1', '*', 'app-blackhole,busy,1'),
      dest('2', '#', 'app-blackhole,busy,1'),
      dest('3', 'i', 'app-blackhole,busy,1'),
      dest('9', '1', 'app-blackhole,busy,1'),
    ],
  });

  it('goes at once or after its tries, as alt_timeout and alt_invalid say', () => {
    expect(reading.model.ivr['1']).toEqual({
      name: 'Old 1',
      description: '',
      announcement: '3',
      timeoutSeconds: 10,
      directDial: true,
      directDialDirectory: null,
      entries: [{ keys: '*', destination: busy, returns: false }],
      timeout: { retries: 3, retryPrompt: null, menuFollows: true, lastPrompt: null, next: busy, returns: false },
      invalid: { retries: 0, retryPrompt: 'default', menuFollows: true, lastPrompt: null, next: hangup, returns: false },
      sharesRetries: true,
      returnsFromVoicemail: true,
      digitTimeoutSeconds: 3,
    });
    expect(reading.model.ivr['3']?.invalid).toMatchObject({ retries: 3, next: busy });
  });

  it('without rows t and i is played again and ends; its own messages take its place', () => {
    expect(reading.model.ivr['2']).toMatchObject({
      timeout: { retries: 3, retryPrompt: '4', menuFollows: false, next: null },
      invalid: { retries: 3, retryPrompt: '5', menuFollows: false, next: null },
    });
  });

  it('leads # to the directory where it says so, and finds the recording of an old sound file', () => {
    expect(reading.model.ivr['2']?.entries).toEqual([{ keys: '#', destination: { to: 'directory', id: '#' }, returns: false }]);
    expect(reading.model.ivr['3']?.announcement).toBe('6');
  });

  it('is no marker of the installation, and every row is accounted for', () => {
    expect(Object.keys(reading.model.ivr)).toEqual(['1', '2', '3']);
    expect(sum(reading, 'ivr')).toMatchObject({ rows: 4, carried: 3, dropped: 1 });
    expect(sum(reading, 'ivr_dests')).toMatchObject({ rows: 6, carried: 5, dropped: 1 });
  });
});
