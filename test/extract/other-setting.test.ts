import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const setting = (keyword: string, value: string, defaultval = '') => ({ keyword, value, defaultval, name: 'shown', category: 'x' });
const read = (o: Parameters<typeof boxOf>[0]) => readBox(boxOf(o));
const fates = (reading: ReturnType<typeof readBox>, name: string) =>
  reading.ledger.entries.filter((e) => e.name === name).map((e) => e.fate);
const told = (reading: ReturnType<typeof readBox>, code: string) => reading.findings.filter((f) => f.code === code);

describe('settings that the model does not hold', () => {
  const reading = read({
    tables: {
      freepbx_settings: [
        setting('RINGTIMER', '20'),
        setting('BRAND_TITLE', 'Our own'),
        setting('AMPMGRPASS', 'secret-of-ami'),
        setting('MIXMON_POST', '/usr/local/bin/mail-it ^{CALLFILENAME}'),
        setting('REC_POLICY', 'caller'),
        setting('INBOUND_NOTRANS', '1'),
        setting('DIAL_OPTIONS', 'Ttr'),
        setting('ODD_ONE', 'value-of-odd', 'x'),
        setting('ODD_TWO', 'x', 'x'),
      ],
      globals: [
        { variable: 'RINGTIMER', value: '15' },
        { variable: 'VM_PREFIX', value: '*8' },
        { variable: 'OPERATOR_XTN', value: '101' },
      ],
    },
  });

  it('are told where calls follow them, and dropped with a reason where they do not', () => {
    expect(fates(reading, 'freepbx_settings')).toEqual([
      'carried',
      'dropped',
      'dropped',
      'dropped',
      'dropped',
      'dropped',
      'carried',
      'unknown',
      'unknown',
    ]);
    expect(told(reading, 'SETTING_NOT_CARRIED').map((f) => f.where)).toEqual([
      'freepbx_settings #4',
      'freepbx_settings #6',
      'globals #3',
      'settings',
    ]);
    expect(told(reading, 'SETTING_NOT_CARRIED').at(-1)?.means).toContain('freepbx_settings #8.');
    expect(JSON.stringify([reading.ledger, reading.findings])).not.toMatch(/secret-of-ami|value-of-odd|mail-it/);
  });

  it('count in their newest place alone', () => {
    expect(reading.model.settings['pbx']?.ringSeconds).toBe(20);
    expect(fates(reading, 'globals')).toEqual(['dropped', 'carried', 'dropped']);
    expect(reading.model['feature-code']['voicemail/directdialvoicemail']?.code).toBe('*8');
  });
});

describe('settings of drivers', () => {
  it('say which telephones must be set to another port', () => {
    const reading = read({
      tables: {
        users: [{ extension: '101', name: 'One', voicemail: 'novm', ringtimer: '0' }],
        devices: [{ id: '101', tech: 'pjsip', dial: 'PJSIP/101', devicetype: 'fixed', user: '101' }],
        pjsipsettings: [{ keyword: 'bindport', data: '5066', seq: '1', type: '0' }],
        iaxsettings: [
          { keyword: 'alaw', data: '1', seq: '1', type: '1' },
          { keyword: 'g722', data: '', seq: '2', type: '1' },
          { keyword: 'jitterbuffer', data: 'yes', seq: '3', type: '0' },
          { keyword: 'bindport', data: '4569', seq: '4', type: '0' },
        ],
        managersettings: [
          { keyword: 'webenabled', data: 'yes', seq: '1', type: '1' },
          { keyword: 'channelvars', data: '', seq: '2', type: '1' },
        ],
      },
    });
    expect(told(reading, 'SETTING_NOT_CARRIED').map((f) => f.means)).toEqual([expect.stringContaining('101 register on port 5066')]);
    expect(fates(reading, 'iaxsettings')).toEqual(['approximated', 'dropped', 'dropped', 'dropped']);
    expect(told(reading, 'OPTION_NOT_CARRIED').map((f) => f.where)).toEqual(['iaxsettings #3', 'managersettings #1']);
  });
});

describe('telephone cards', () => {
  it('are an error that names all that hangs on them', () => {
    const reading = read({
      tables: {
        devices: [{ id: '140', tech: 'dahdi', dial: 'DAHDI/1', devicetype: 'fixed', user: '140' }],
        trunks: [{ trunkid: '5', name: 'PRI', tech: 'zap', channelid: 'g0' }],
        zapchandids: [{ channel: '3', description: 'FXO 3', did: '74951234500' }],
      },
      etc: { 'chan_dahdi.conf': '[channels]\nlanguage=ru\n', 'dahdi-channels.conf': 'channel => 1\n' },
    });
    expect(told(reading, 'DAHDI_HARDWARE')).toEqual([
      expect.objectContaining({
        severity: 'error',
        means: expect.stringMatching(/extensions 140; trunks 5 \(PRI\); lines channel 3 \(FXO 3\) for 74951234500\.$/),
      }),
    ]);
    expect(reading.model.trunk['5']).toMatchObject({ group: 'g0', lines: [{ line: '3', number: '74951234500', name: 'FXO 3' }] });
    expect(fates(reading, 'zapchandids')).toEqual(['approximated']);
    expect(fates(reading, 'etc/asterisk')).toEqual(['dropped', 'dropped']);
  });

  it('bring the lines of each group of channels to the trunk of that group, and those of none to nobody', () => {
    const line = (channel: string): Record<string, string> => ({ channel, description: '', did: `749512345${channel}` });
    const reading = read({
      tables: {
        trunks: [
          { trunkid: '5', name: 'City', tech: 'dahdi', channelid: 'g0' },
          { trunkid: '6', name: 'Mobile', tech: 'dahdi', channelid: 'R11' },
          { trunkid: '7', name: 'Door', tech: 'dahdi', channelid: '14' },
        ],
        dahdichandids: ['10', '11', '12', '13', '14', '15'].map(line),
        zapchandids: [{ channel: '11', description: 'stale', did: '1' }],
      },
      etc: {
        'chan_dahdi.conf': '[channels]\ngroup=0\nchannel => 10-11\n#include dahdi-channels.conf\n',
        'dahdi-channels.conf': 'group=0,11\nchannel => 13\ngroup=11\nchannel=12\ngroup=3\nchannel => 14,15\n',
      },
    });
    const linesOf = (id: string): string[] => {
      const trunk = reading.model.trunk[id];
      return trunk?.technology === 'dahdi' ? trunk.lines.map((l) => l.line) : [];
    };
    expect(['5', '6', '7'].map(linesOf)).toEqual([['10', '11', '13'], ['12'], ['14']]);
    expect(fates(reading, 'dahdichandids')).toEqual([...Array(5).fill('approximated'), 'dropped']);
    expect(fates(reading, 'zapchandids')).toEqual(['dropped']);
  });

  it('are none where only the stock file is there', () => {
    const reading = read({ etc: { 'chan_dahdi.conf': '[channels]\nlanguage=ru\n' } });
    expect(told(reading, 'DAHDI_HARDWARE')).toEqual([]);
    expect(fates(reading, 'etc/asterisk')).toEqual(['dropped']);
  });
});

describe('a stock file', () => {
  it('is none any more where people wrote telephones into it, and agents are read', () => {
    const etc = {
      'agents.conf': '[agents]\nagent => 1001,4321,Anna\n',
      'users.conf': '[general]\nfullname = x\n[6001]\nhassip = yes\n',
      'cdr.conf': '[general]\nenable=yes\n',
    };
    const reading = read({ etc });
    expect(fates(reading, 'etc/asterisk')).toEqual(['carried', 'unknown', 'dropped']);
    expect(told(reading, 'FILE_NOT_READ').map((f) => f.where)).toEqual(['users.conf']);
  });
});

describe('live keys of AstDB', () => {
  it('that only show what others say are dropped; lamps of hand-made dialplan are told', () => {
    const reading = read({
      astdb: {
        'CustomDevstate/TC1': 'INUSE',
        'CustomDevstate/DND101': 'BUSY',
        'CustomDevstate/DoorOpen': 'INUSE',
        'SIP/Registry/101': 'x',
      },
    });
    expect(fates(reading, 'CustomDevstate')).toEqual(['dropped', 'dropped', 'unknown']);
    expect(told(reading, 'ASTDB_NOT_CARRIED').map((f) => f.where)).toEqual(['CustomDevstate']);
    expect(fates(reading, 'SIP')).toEqual(['dropped']);
  });
});
