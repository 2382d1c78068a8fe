import { describe, expect, it } from 'vitest';
import { customConfigurationCheck } from '../../src/verify/static/custom-configuration.ts';
import { queueCheck } from '../../src/verify/static/queues.ts';
import { aModel } from '../model/a-model.ts';
import { byHand } from '../render/by-hand.ts';
import { said } from './asked.ts';

const model = aModel({
  device: { '101': { technology: 'sip' } },
  'custom-configuration': byHand({
    'queues.conf/vip': [
      ['strategy', 'roundrobin'],
      ['member', 'SIP/101,1'],
      ['member', 'SIP/999'],
      ['member', 'Local/102@from-internal/n'],
    ],
    'features.conf/applicationmap': [['nway', '*0,self,Macro,nway']],
    'func_odbc.conf/DEBTOR': [['readsql', 'SELECT 1']],
  }),
});
const member = (Location: string) => ({ Event: 'QueueMember', Queue: 'vip', Membership: 'static', Location });
const params = (Strategy: string) => ({ Event: 'QueueParams', Queue: 'vip', Strategy });
const FEATURES = 'nway                      no def  *0     ';
const FUNCTIONS = 'ODBC_DEBTOR          ODBC_DEBTOR(<arg1>)      Runs';

describe('what the site wrote by hand', () => {
  it('is held by Asterisk as the model has it', async () => {
    const lists = { QueueStatus: [params('rrmemory'), member('PJSIP/101'), member('Local/102@from-internal/n')] };
    const prints = { 'core show functions': FUNCTIONS, 'features show': FEATURES };
    expect(await said(customConfigurationCheck, { lists, prints }, model)).toEqual([]);
    expect(await said(queueCheck, { lists, prints }, model)).toEqual([]);
  });

  it('is told where a queue, one whom it rings, a function or a key in a call is missing', async () => {
    const lists = { QueueStatus: [params('linear'), member('PJSIP/101')] };
    expect(await said(customConfigurationCheck, { lists }, model)).toEqual([
      'custom-configuration/queues.conf/vip members: 101, 102, held 101',
      'custom-configuration/queues.conf/vip strategy: rrmemory, held linear',
      'custom-configuration/func_odbc.conf/DEBTOR function: is there, held is missing',
      'custom-configuration/features.conf/applicationmap feature nway: is there, held is missing',
    ]);
    expect(await said(customConfigurationCheck, {}, model)).toContain(
      'custom-configuration/queues.conf/vip queue: is there, held is missing',
    );
  });
});
