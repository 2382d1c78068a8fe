import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { fromOutside } from '../../src/model/walk/situation.ts';
import { walk } from '../../src/model/walk.ts';
import { aModel, houseOf } from '../model/a-model.ts';
import { told } from '../model/told.ts';
import { boxOf } from './box-of.ts';
import { dynamicRoute } from './planted-rows.ts';

const users = [{ extension: '101', name: 'Front', voicemail: 'novm', ringtimer: '0', outboundcid: '' }];
const dest = (dynroute_id: string, selection: string | null, default_dest: string, to: string) => ({
  dynroute_id,
  selection,
  default_dest,
  dest: to,
});

describe('a dynamic route', () => {
  const { model, ledger, findings } = readBox(
    boxOf({
      tables: {
        users,
        dynroute: [
          dynamicRoute('1', 'none', { enable_dtmf_input: 'CHECKED', chan_var_name: 'card' }),
          dynamicRoute('2', 'astvar', { astvar_query: '[NUMBER]-[INPUT]-[DID]-[card]' }),
          dynamicRoute('3', 'url', { url_query: 'http://crm.example/?n=[NUMBER]' }),
          dynamicRoute('4', 'mysql', { mysql_host: 'db', mysql_query: 'SELECT 1', mysql_password: 'hunter222' }),
          { ...dynamicRoute('5', 'none'), displayname: '__install_done' },
        ],
        dynroute_dests: [
          dest('1', '12', 'n', 'from-did-direct,101,1'),
          dest('1', null, 'y', 'app-blackhole,busy,1'),
          dest('4', null, 'y', 'app-blackhole,congestion,1'),
          dest('9', '1', 'n', 'from-did-direct,101,1'),
        ],
      },
    }),
  );

  it('has its values and where any other goes', () => {
    expect(model['dynamic-route']['1']).toEqual({
      name: 'R1',
      source: 'keys',
      query: '',
      asksKeys: true,
      announcement: null,
      seconds: 5,
      keysVariable: 'card',
      resultVariable: '',
      entries: [{ value: '12', destination: { to: 'extension', id: '101', by: 'follow-me' } }],
      next: { to: 'end', how: 'busy' },
    });
    expect([model['dynamic-route']['2']?.query, model['dynamic-route']['3']?.query]).toEqual([
      '${CALLERID(num)}-${dtmfinput}-${FROM_DID}-${DYNROUTE_card}',
      'http://crm.example/?n=${CALLERID(num)}',
    ]);
  });

  it('that asks a database is told, and its password is nowhere', () => {
    expect(model['dynamic-route']['4']).toMatchObject({ source: 'unknown', next: { to: 'end', how: 'congestion' } });
    expect(findings.filter((f) => f.about?.kind === 'dynamic-route').map((f) => f.code)).toEqual([
      'DYNAMIC_ROUTE_NOT_CARRIED',
      'OWNER_MISSING',
    ]);
    expect(JSON.stringify([model, ledger, findings])).not.toContain('hunter222');
    expect(ledger.sums.filter((s) => s.name.startsWith('dynroute')).map((s) => [s.carried, s.dropped])).toEqual([
      [4, 1],
      [3, 1],
    ]);
  });
});

it('a dynamic route goes by what was keyed, and by a variable of the call', () => {
  const model = aModel({
    ...houseOf({ '101': {} }),
    'dynamic-route': {
      '1': {
        asksKeys: 'yes',
        keysVariable: 'card',
        entries: [{ value: '12', destination: { to: 'dynamic-route', id: '2' } }],
        next: { to: 'end', how: 'congestion' },
      },
      '2': {
        source: 'variable',
        query: '${CALLERID(num):0:2}/${DYNROUTE_card}',
        entries: [{ value: '79/12', destination: { to: 'end', how: 'busy' } }],
      },
    },
  });
  const calls = (...keys: string[]): string[] => told(walk(model, { to: 'dynamic-route', id: '1' }, fromOutside('7916', 'Eve', { keys })));
  expect(calls('12#')).toEqual(['asks : 12#', 'busy 17']);
  expect(calls('13')).toEqual(['asks : 13, waits', 'congestion 34']);
  expect(calls()).toEqual(['asks : nothing in 10 s', 'congestion 34']);
});
