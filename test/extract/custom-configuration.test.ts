import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const queue = (extension: string) => ({ extension, descr: `Queue ${extension}`, dest: 'app-blackhole,hangup,1', ringing: '0' });
const detail = (id: string, keyword: string, data: string, flags = '0') => ({ id, keyword, data, flags });
const TABLES = {
  queues_config: [queue('400'), queue('401'), queue('402')],
  queues_details: [
    detail('400', 'strategy', 'ringall'),
    detail('400', 'member', 'Local/101@from-queue/n,0'),
    detail('401', 'strategy', 'ringall'),
    detail('401', 'member', 'Local/101@from-queue/n,0'),
    detail('402', 'timeout', '20'),
  ],
  featurecodes: [
    { modulename: 'core', featurename: 'blindxfer', description: '', defaultcode: '##', customcode: '', enabled: '1' },
    { modulename: 'core', featurename: 'atxfer', description: '', defaultcode: '*2', customcode: '', enabled: '1' },
  ],
};
const QUEUES =
  '[general]\n#include queues_general_additional.conf\n#include queues_custom.conf\n#include queues_additional.conf\n#include queues_post_custom.conf\n';

const box = (etc: Record<string, string>, sounds: string[] = []) =>
  readBox(boxOf({ tables: TABLES, etc: { 'queues.conf': QUEUES, ...etc }, sounds }));

describe('a queue that was written by hand', () => {
  const { model, findings, ledger } = box(
    {
      'queues_custom.conf':
        'shared_lastcall=no\n[vip](!)\nstrategy=linear\n[gold](vip)\nmember => SIP/101,1\nannounce=custom/gold\n[400]\nstrategy=rrmemory\nmember => SIP/102\n[gold]\nstrategy=random\n',
      'queues_post_custom.conf': '[401](+)\nmember => SIP/103,5\ntimeout=7\n[402]\ntimeout=99\n[new](+)\ntimeout=1\n',
    },
    ['custom/gold.wav'],
  );

  it('and that the web pages do not know stands for itself, its template resolved, its sound brought along', () => {
    expect(model['custom-configuration']['queues.conf/gold']).toEqual({
      adds: false,
      sounds: [{ file: 'custom/gold', formats: ['wav'] }],
      options: [
        { at: 'queues_custom.conf:3', option: 'strategy', value: 'linear' },
        { at: 'queues_custom.conf:5', option: 'member', value: 'SIP/101,1' },
        { at: 'queues_custom.conf:6', option: 'announce', value: 'custom/gold' },
      ],
    });
    expect(Object.keys(model['custom-configuration'])).toEqual(['queues.conf/general', 'queues.conf/gold']);
    expect(model['custom-configuration']['queues.conf/general']).toMatchObject({ adds: true, options: [{ option: 'shared_lastcall' }] });
  });

  it('takes the place of that of the web pages where Asterisk read it first', () => {
    expect(model.queue['400']).toMatchObject({ strategy: 'rrmemory', members: [{ kind: 'dial', number: 'SIP/102' }], name: 'Queue 400' });
  });

  it('goes on with it where it says so, and counts for nothing where it comes too late', () => {
    expect(model.queue['401']).toMatchObject({ strategy: 'ringall', agentRingSeconds: 7 });
    expect(model.queue['401']?.members.map((m) => m.number)).toEqual(['101', 'SIP/103']);
    expect(model.queue['402']).toMatchObject({ agentRingSeconds: 20 });
  });

  it('is told with its line where Asterisk did not take it', () => {
    const told = findings.filter((f) => f.code === 'CONFIGURATION_IGNORED').map((f) => f.where);
    expect(told).toEqual(['queues_custom.conf:10', 'queues_post_custom.conf:4', 'queues_post_custom.conf:6']);
    expect(ledger.entries.find((e) => e.key === 'queues_custom.conf')).toMatchObject({ fate: 'carried' });
    expect(ledger.entries.find((e) => e.key === 'queues_post_custom.conf')).toMatchObject({ fate: 'carried' });
  });

  it('is read in the usual order where the source lacks queues.conf', () => {
    const { model: without } = readBox(boxOf({ tables: TABLES, etc: { 'queues_custom.conf': '[gold]\nstrategy=linear\n' } }));
    expect(without['custom-configuration']['queues.conf/gold']).toMatchObject({ options: [{ value: 'linear' }] });
  });
});

describe('what is keyed in a call', () => {
  const FEATURES =
    '[general]\n#include features_general_additional.conf\n#include features_general_custom.conf\n[applicationmap]\n#include features_applicationmap_custom.conf\n[featuremap]\n#include features_featuremap_additional.conf\n#include features_featuremap_custom.conf\n';
  const { model, findings } = box({
    'features.conf': FEATURES,
    'features_general_custom.conf': 'pickupexten=*9\nparkext=900\n',
    'features_applicationmap_custom.conf': 'nway => *0,self,Macro,nway\n',
    'features_featuremap_custom.conf': 'blindxfer=#1\nparkcall=#72\natxfer=\n',
  });

  it('by hand takes the place of the codes of the web pages, and what they do not have stands for itself', () => {
    expect(model['feature-code']['core/blindxfer']).toMatchObject({ code: '#1', enabled: true });
    expect(model['feature-code']['core/atxfer']).toMatchObject({ enabled: false });
    expect(model['feature-code']['core/pickupexten']).toMatchObject({ code: '*9' });
    expect(model['custom-configuration']['features.conf/featuremap']?.options.map((o) => o.option)).toEqual(['parkcall']);
    expect(model['custom-configuration']['features.conf/general']?.options.map((o) => o.option)).toEqual(['parkext']);
    expect(model['custom-configuration']['features.conf/applicationmap']).toMatchObject({ adds: true, options: [{ option: 'nway' }] });
  });

  it('counts for nothing where what the web pages say comes later', () => {
    const { model: other, findings: told } = box({
      'features.conf': '[featuremap]\n#include features_featuremap_custom.conf\n#include features_featuremap_additional.conf\n',
      'features_featuremap_custom.conf': 'blindxfer=#1\n',
    });
    expect(other['feature-code']['core/blindxfer']).toMatchObject({ code: '##' });
    expect(told.find((f) => f.code === 'CONFIGURATION_IGNORED')?.where).toBe('features_featuremap_custom.conf:1');
    expect(findings.filter((f) => f.code === 'CONFIGURATION_IGNORED')).toEqual([]);
  });
});

describe('functions that ask a database', () => {
  const { model, ledger, findings } = box({
    'extensions_custom.conf': '[debt]\nexten => s,1,Set(D=${ODBC_DEBTOR(${CALLERID(num)})})\nexten => s,n,Set(CRM_NAME(1)=2)\n',
    'func_odbc.conf':
      '[DEBTOR]\ndsn=crm\nread=SELECT 1\n[NAME]\nprefix=CRM\nwritehandle=crm\nwritesql=UPDATE x\n[SAMPLE]\ndsn=mysql1\nreadsql=SELECT 2\n',
    'res_odbc.conf': '[crm]\nenabled=>yes\ndsn=>crm-dsn\nusername=>reader\npassword=>geheim\n[other]\ndsn=>x\npassword=>geheim2\n',
  });

  it('travel with the dialplan that asks for them, and with the database that they ask', () => {
    expect(Object.keys(model['custom-configuration'])).toEqual(['func_odbc.conf/DEBTOR', 'func_odbc.conf/NAME', 'res_odbc.conf/crm']);
  });

  it('give their passwords to nobody', () => {
    expect(Object.values(model.secrets)).toContain('geheim');
    expect(JSON.stringify([model['custom-configuration'], ledger, findings])).not.toContain('geheim');
    expect(Object.values(model.secrets)).not.toContain('geheim2');
  });
});
