import { describe, expect, test } from 'vitest';
import { byHand } from './by-hand.ts';
import { smallHouse, treeOf } from './some-pbx.ts';

const house = (own: Record<string, [option: string, value: string][]>, more = {}) =>
  treeOf({ ...smallHouse, ...more, 'custom-configuration': byHand(own) });

describe('queues by hand', () => {
  test('ring telephones by their names of today, in a file of their own', async () => {
    const tree = await house({
      'queues.conf/vip': [
        ['strategy', 'roundrobin'],
        ['music', 'nowhere'],
        ['member', 'SIP/101,2,Anna,SIP/101'],
        ['member', 'SIP/999'],
        ['member', 'Local/102@from-internal/n,1'],
        ['eventwhencalled', 'yes'],
        ['rtone', '1'],
      ],
    });
    expect(tree.text('queues.conf')).toContain('#include queues.d/custom.conf');
    expect(
      tree
        .text('queues.d/custom.conf')
        .split('\n')
        .slice(3)
        .filter((l) => l !== ''),
    ).toEqual([
      '; queues_custom.conf',
      '[vip]',
      'strategy = rrmemory',
      'musicclass = default',
      'member = PJSIP/101,2,Anna,PJSIP/101',
      'member = Local/102@from-internal/n,1',
    ]);
    const told = tree.findings.filter((f) => f.code === 'CONFIGURATION_NOT_TRANSLATED').map((f) => f.where);
    expect(told).toEqual(['queues_custom.conf:4', 'queues_custom.conf:7']);
    expect(tree.text('modules.conf')).toContain('load = app_queue.so');
  });

  test('may set what holds for all queues', async () => {
    const tree = await house({ 'queues.conf/general': [['shared_lastcall', 'no']], 'queues.conf/vip': [['strategy', 'linear']] });
    expect(tree.text('queues.conf')).toContain('shared_lastcall = no');
    expect(tree.text('queues.conf')).not.toContain('shared_lastcall = yes');
    expect(tree.text('queues.conf')).toContain('persistentmembers = yes');
  });

  test('run the routine of the site on an agent before he takes a call, where there is one', async () => {
    const custom = {
      'macro-hello': {
        lines: [{ at: 'extensions_custom.conf:2', extension: 's', priority: '1', application: 'Playback', arguments: 'beep' }],
      },
    };
    const tree = await house(
      { 'queues.conf/a': [['membermacro', 'hello']], 'queues.conf/b': [['membermacro', 'gone']] },
      { 'custom-dialplan': custom },
    );
    expect(tree.text('queues.d/custom.conf').match(/membergosub = .*/g)).toEqual(['membergosub = macro-hello']);
    expect(tree.findings.some((f) => f.code === 'CONFIGURATION_NOT_TRANSLATED' && f.about?.id === 'queues.conf/b')).toBe(true);
  });
});

describe('what is keyed in a call by hand', () => {
  test('is said in the words of Asterisk 22, and its module is loaded', async () => {
    const tree = await house(
      {
        'features.conf/applicationmap': [
          ['nway', '*0,callee,Macro,nway'],
          ['nway', '*1,callee,Macro,nway'],
          ['beep', '#9,self/caller,Playback(beep),default'],
          ['gone', '#8,self,Macro,nothing'],
          ['odd', '#7,both,Playback,beep'],
        ],
        'features.conf/general': [
          ['featuredigittimeout', '700'],
          ['parkpos', '701-720'],
        ],
        'features.conf/featuremap': [['parkcall', '#72']],
      },
      {
        'custom-dialplan': {
          'macro-nway': { lines: [{ at: 'extensions_custom.conf:2', extension: 's', priority: '1', application: 'NoOp', arguments: 'x' }] },
        },
      },
    );
    const features = tree.text('features.conf');
    expect(features.split('[applicationmap]')[1]?.match(/^\w+ = .*/gm)).toEqual([
      'nway = *0,peer,Gosub(macro-nway,s,1)',
      'beep = #9,self,Playback(beep),default',
    ]);
    expect(features).toContain('featuredigittimeout = 700');
    expect(features).not.toContain('featuredigittimeout = 1000');
    expect(features).toContain('parkcall = #72');
    expect(features).not.toContain('parkpos');
    expect(tree.text('modules.conf')).toContain('load = app_playback.so');
    const told = tree.findings.filter((f) => f.code === 'CONFIGURATION_NOT_TRANSLATED').map((f) => f.where);
    expect(told.sort()).toEqual(['features_custom.conf:2', 'features_custom.conf:4', 'features_custom.conf:5']);
  });
});

describe('functions that ask a database', () => {
  const DEBTOR: [string, string][] = [
    ['dsn', 'crm'],
    ['read', "SELECT debt FROM d WHERE n='${SQL_ESC(${ARG1})}'"],
  ];
  const asks = {
    'custom-dialplan': {
      debt: {
        lines: [
          {
            at: 'extensions_custom.conf:2',
            extension: 's',
            priority: '1',
            application: 'Set',
            arguments: 'D=${ODBC_DEBTOR(${CALLERID(num)})}',
          },
        ],
      },
    },
  };

  test('are known to the dialplan that names them, and their database is told', async () => {
    const tree = await house(
      {
        'func_odbc.conf/DEBTOR': DEBTOR,
        'res_odbc.conf/crm': [
          ['dsn', 'crm-dsn'],
          ['username', 'reader'],
          ['pooling', 'no'],
          ['password', '%secret1%'],
        ],
      },
      { ...asks, secrets: { ...smallHouse.secrets, 'custom-configuration/res_odbc.conf/crm/1': 'geheim' } },
    );
    expect(tree.text('extensions.d/custom.conf')).toContain('Set(D=${ODBC_DEBTOR(${CALLERID(num)})})');
    expect(tree.text('func_odbc.conf')).toContain("readsql = SELECT debt FROM d WHERE n='${SQL_ESC(${ARG1})}'");
    expect(tree.text('res_odbc.conf')).toContain(
      '[crm]\nenabled => yes\npre-connect => no\ndsn => crm-dsn\nusername => reader\npassword => geheim\n',
    );
    expect(tree.findings.find((f) => f.code === 'ODBC_DATABASE_UNKNOWN')?.means).toContain('[crm-dsn]');
    expect(tree.findings.some((f) => f.code === 'DIALPLAN_CALL_UNKNOWN')).toBe(false);
    expect(tree.text('modules.conf')).toContain('load = func_odbc.so');
    expect(JSON.stringify(tree.findings)).not.toContain('geheim');
  });

  test('that ask the call records ask those of the new box', async () => {
    const tree = await house(
      {
        'func_odbc.conf/DEBTOR': [
          ['readhandle', 'asteriskcdrdb'],
          ['readsql', 'SELECT 1'],
        ],
      },
      asks,
    );
    expect(tree.text('func_odbc.conf')).toContain('readhandle = cdr');
    expect(tree.findings.some((f) => f.code === 'ODBC_DATABASE_UNKNOWN')).toBe(false);
  });
});
