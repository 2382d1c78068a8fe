import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const users = [{ extension: '101', name: 'Front', voicemail: 'novm', ringtimer: '0', outboundcid: '' }];
const code = (name: string, defaultcode: string, customcode = '', enabled = '1') => ({
  modulename: name.split('/')[0] ?? '',
  featurename: name.split('/')[1] ?? '',
  description: name,
  defaultcode,
  customcode,
  enabled,
});
const featurecodes = [
  code('core/simu_pstn', '7777', '*66'),
  code('core/chanspy', '555', '', '0'),
  code('miscapps/miscapp_1', '777', '*7'),
  code('miscapps/miscapp_2', '778', '', '0'),
  code('miscapps/miscapp_9', '779'),
];
const tables = {
  users,
  featurecodes,
  languages: [{ language_id: '1', lang_code: ' ru ', description: 'Русский', dest: 'app-setcid,4,1' }],
  setcid: [
    {
      cid_id: '4',
      cid_name: 'VIP ${CALLERID(name)}',
      cid_num: '${CALLERID(num)}',
      description: 'Mark',
      dest: 'app-queueprio,2,1',
      variables: '__ALERT_INFO=ring2,SOURCE=a=b,',
    },
  ],
  queueprio: [
    { queueprio_id: '2', queue_priority: '10', description: 'VIP', dest: 'ext-miscdests,1,1' },
    { queueprio_id: '3', queue_priority: 'high', description: 'odd', dest: '' },
  ],
  callrecording: [
    { callrecording_id: '1', callrecording_mode: 'force', description: 'All', dest: 'ext-callrecording,2,1' },
    { callrecording_id: '2', callrecording_mode: 'never', description: '', dest: 'from-did-direct,101,1' },
    { callrecording_id: '3', callrecording_mode: 'delayed', description: '', dest: '' },
    { callrecording_id: '4', callrecording_mode: '', description: '', dest: '' },
  ],
  miscdests: [
    { id: '1', description: 'City', destdial: '9{core:simu_pstn}' },
    { id: '2', description: 'Off', destdial: '{core:chanspy}' },
    { id: '3', description: 'Number', destdial: '84957654321' },
  ],
  miscapps: [
    { miscapps_id: '1', ext: '777', description: 'Short', dest: 'from-did-direct,101,1' },
    { miscapps_id: '2', ext: '778', description: 'Off', dest: 'from-did-direct,101,1' },
    { miscapps_id: '3', ext: '780', description: 'No code', dest: 'ext-miscdests,9,1' },
  ],
};

describe('what a call passes on its way', () => {
  const { model, ledger, findings } = readBox(boxOf({ tables }));

  it('is read with what it changes and where it leads', () => {
    expect(model.language['1']).toEqual({ description: 'Русский', language: 'ru', next: { to: 'set-cid', id: '4' } });
    expect(model['set-cid']['4']).toEqual({
      description: 'Mark',
      callerName: 'VIP ${CALLERID(name)}',
      callerNumber: '${CALLERID(num)}',
      variables: { __ALERT_INFO: 'ring2', SOURCE: 'a' },
      next: { to: 'queue-priority', id: '2' },
    });
    expect(model['queue-priority']).toEqual({
      '2': { description: 'VIP', priority: 10, next: { to: 'misc-destination', id: '1' } },
      '3': { description: 'odd', priority: 0, next: { to: 'end', how: 'hangup' } },
    });
  });

  it('is recorded or not from there on, as the rule has it', () => {
    expect(Object.values(model['recording-rule']).map((r) => r.mode)).toEqual(['at-once', 'never', 'when-joined', 'as-usual']);
    expect(model['recording-rule']['1']).toEqual({ description: 'All', mode: 'at-once', next: { to: 'recording-rule', id: '2' } });
  });

  it('dials the number that a feature code has, where a number names one that is on', () => {
    expect(Object.values(model['misc-destination']).map((m) => m.number)).toEqual(['9*66', '', '84957654321']);
    expect(findings.find((f) => f.about?.kind === 'misc-destination')).toMatchObject({ code: 'DESTINATION_MISSING', about: { id: '2' } });
  });

  it('has the number of its feature code, which is none of its own', () => {
    expect(Object.values(model['misc-application']).map((a) => [a.number, a.enabled])).toEqual([
      ['*7', true],
      ['778', false],
      ['780', true],
    ]);
    expect(model['misc-application']['3']?.next).toMatchObject({ to: 'missing' });
    expect(Object.keys(model['feature-code']).filter((id) => id.startsWith('miscapps/'))).toEqual([]);
    expect(
      ledger.entries
        .filter((e) => e.name === 'featurecodes')
        .map((e) => e.fate)
        .slice(2),
    ).toEqual(['carried', 'carried', 'dropped']);
  });

  it('is left out with its module', () => {
    const modules = ['languages', 'setcid', 'queueprio', 'callrecording', 'miscdests', 'miscapps'].map((modulename) => ({
      modulename,
      enabled: '0',
    }));
    const off = readBox(boxOf({ tables: { ...tables, modules } }));
    expect([off.model.language, off.model['set-cid'], off.model['queue-priority'], off.model['recording-rule']]).toEqual([{}, {}, {}, {}]);
    expect([off.model['misc-destination'], off.model['misc-application']]).toEqual([{}, {}]);
    const rows = off.ledger.entries.filter((e) => Object.keys(tables).slice(2).includes(e.name));
    expect(rows.map((e) => e.fate)).toEqual(rows.map(() => 'dropped'));
  });
});
