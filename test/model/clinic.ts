import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Model } from '../../src/model/kinds.ts';
import { readModel } from '../../src/model/store.ts';
import { aModel } from './a-model.ts';

const EXTRACTED = join(import.meta.dirname, '../../.cache/clinic-model');

/** The clinic's PBX: as extract has read it where that was done, else what of it is carried now, from the rows of samples/clinic/asterisk.sql. */
export async function clinic(): Promise<{ model: Model; from: 'extract' | 'literals' }> {
  if (existsSync(join(EXTRACTED, 'settings.yaml'))) return { model: await readModel(EXTRACTED), from: 'extract' };
  return { model: literals(), from: 'literals' };
}

const NAMES: Record<string, string> = {
  101: 'Регистратура 1',
  102: 'Регистратура 2',
  103: 'Регистратура 3',
  104: 'Колл-центр Анна',
  105: 'Колл-центр Олег',
  106: 'Главврач Петров',
  107: 'Секретарь',
  108: "O'Brien, Sean",
  109: 'Dr. "Bones" McCoy',
  110: 'Smith & Sons; Lab #2',
  111: 'Терапевт Иванова',
  112: 'Хирург Сидоров',
  113: 'ЛОР',
  114: 'Окулист',
  115: 'Невролог',
  116: 'УЗИ кабинет',
  117: 'Рентген',
  118: 'Лаборатория',
  119: 'Аптека',
  120: 'Бухгалтерия',
  121: 'Кадры',
  122: 'IT отдел',
  123: 'Охрана',
  124: 'Склад',
  125: 'Столовая',
  130: 'Дежурный IAX',
  131: 'Филиал IAX',
  140: 'Факс FXS',
  141: 'Лифт FXS',
  150: 'Мобильный директора',
  160: 'Пост медсестры',
  170: 'Палата 170',
  171: 'Палата 171',
  172: 'Палата 172',
  173: 'Палата 173',
  174: 'Палата 174',
  175: 'Палата 175',
};
const STATES: Record<string, object> = {
  113: { forwardAlways: '112' },
  114: { forwardBusy: '89161234567' },
  115: { forwardUnavailable: '101' },
  117: { doNotDisturb: 'yes' },
  123: { callWaiting: 'no' },
};
const ALWAYS = { inExternal: 'always', inInternal: 'dontcare', outExternal: 'always', outInternal: 'dontcare' };
const NEVER = { ...ALWAYS, inExternal: 'never', outExternal: 'never' };
const EXTENSIONS: Record<string, object> = {
  104: { recording: ALWAYS },
  105: { recording: ALWAYS },
  106: { outboundCallerId: '"Главврач" <74951234506>', recording: NEVER },
  107: { sipAlias: 'secretary' },
  123: { ringSeconds: '40' },
  160: { devices: ['1601', '1602'] },
};
const DEVICES: Record<string, object> = {
  121: { technology: 'sip', emergencyCallerId: '"HR" <74951234521>' },
  130: { technology: 'iax2' },
  131: { technology: 'iax2' },
  140: { technology: 'dahdi', channel: '1' },
  141: { technology: 'dahdi', channel: '2' },
  150: { technology: 'custom', dial: 'Local/89161112233@from-internal' },
};

function literals(): Model {
  const ids = Object.keys(NAMES);
  return aModel({
    settings: { language: 'ru' },
    extension: Object.fromEntries(
      ids.map((id) => [id, { name: NAMES[id], devices: [id], state: { callWaiting: 'yes', ...STATES[id] }, ...EXTENSIONS[id] }]),
    ),
    device: Object.fromEntries([
      ...ids.filter((id) => id !== '160').map((id) => [id, { technology: 'sip', extension: id, ...DEVICES[id] }]),
      ...['1601', '1602'].map((id) => [id, { technology: 'sip', extension: '160', fixed: 'no' }]),
    ]),
    mailbox: Object.fromEntries(['101', '102', '106', '107', '111', '112'].map((id) => [`${id}@default`, { name: NAMES[id] }])),
    trunk: TRUNKS,
    'outbound-route': ROUTES,
    'inbound-route': inboundRoutes(),
    'ring-group': GROUPS,
    recording: {
      2: { name: 'welcome', prompts: [{ file: 'custom/welcome', formats: ['wav'] }] },
      5: { name: 'closed', prompts: [{ file: 'custom/closed', formats: ['wav'] }] },
    },
    announcement: {
      1: { recording: '5', allowsSkip: 'yes' },
      2: { recording: '2', repeatKey: '9', withoutAnswer: 'yes', next: { to: 'ivr', id: '1' } },
    },
  });
}

const TRUNKS = {
  1: {
    technology: 'sip',
    name: 'Mango',
    callerId: '74951234500',
    maxChannels: '10',
    peer: 'mango',
    host: 'sip.mango.example',
    fromUser: 'clinic01',
    username: 'clinic01',
    fromDomain: 'sip.mango.example',
    dialRules: [
      { match: 'XXXXXXX', prepend: '7' },
      { prefix: '9', match: 'NXXXXXXXXX', prepend: '8' },
    ],
  },
  2: {
    technology: 'sip',
    name: 'Beeline IP',
    callerIdPolicy: 'no-foreign',
    maxChannels: '30',
    peer: 'beeline-ip',
    host: '198.51.100.20',
    context: 'from-pstn',
  },
  3: { technology: 'iax2', name: 'Branch IAX', peer: 'branch', host: '192.0.2.77', context: 'from-internal' },
  4: { technology: 'dahdi', name: 'PSTN DAHDI g0', group: 'g0', maxChannels: '4', dialPrefix: '9' },
  5: { technology: 'custom', name: 'GSM gate', dial: 'SIP/$OUTNUM$@gsmgate', maxChannels: '2' },
  6: { technology: 'enum', name: 'ENUM' },
  7: { technology: 'sip', name: 'Old disabled', disabled: 'yes', maxChannels: '5', peer: 'old-provider', host: '203.0.113.9' },
};

const ROUTES = {
  1: { name: '9_outside', position: '0', patterns: [{ prefix: '9', match: '.' }], trunks: ['1'] },
  2: {
    name: 'Emergency',
    position: '1',
    emergency: 'yes',
    trunks: ['2', '1'],
    patterns: [{ match: '101' }, { match: '103' }, { match: '112' }, { prefix: '9', match: '112' }],
  },
  3: {
    name: 'Local',
    position: '2',
    trunks: ['1', '2', '4'],
    patterns: [{ match: '[2-7]XXXXXX' }, { prefix: '9', match: '8495XXXXXXX' }, { prefix: '9', match: 'XXXXXXX', prepend: '7495' }],
  },
  4: {
    name: 'Mobile',
    position: '3',
    trunks: ['5', '1', '2'],
    callerId: '<74951234500>',
    overridesExtension: 'yes',
    patterns: [
      { match: '89XXXXXXXXX' },
      { prefix: '9', match: '89XXXXXXXXX' },
      { prefix: '9', match: '9XXXXXXXXX', prepend: '8', callerId: '10X' },
    ],
  },
  5: {
    name: 'International',
    position: '4',
    trunks: ['1'],
    pinSet: '1',
    patterns: [
      { prefix: '9', match: '810.' },
      { prefix: '9+', match: '.', prepend: '00' },
    ],
  },
  6: { name: 'Branch', position: '5', intraCompany: 'yes', trunks: ['3'], patterns: [{ match: '6XX' }] },
  7: {
    name: 'NightLong',
    position: '6',
    trunks: ['1', '2'],
    timeGroup: '1',
    patterns: [{ prefix: '9', match: '8XXXXXXXXXX' }],
    onFailure: { to: 'end', how: 'congestion' },
  },
};

const direct = (id: string): object => ({ to: 'extension', id, by: 'direct' });
const to = (kind: string, id: string): object => ({ to: kind, id });

function inboundRoutes(): Record<string, object> {
  const rows: [string, string, object, object?][] = [
    ['74951234500', '', to('time-condition', '1')],
    ['74951234501', '', to('ring-group', '600'), { ringsFirst: 'yes', callerNamePrefix: 'R:' }],
    ['74951234506', '', { to: 'extension', id: '106', by: 'follow-me' }],
    ['74951234500', '79161112233', direct('106')],
    ['7495123451X', '', to('ivr', '1')],
    ['74951234520', '', to('call-flow', '3'), { alertInfo: 'ring2', musicClass: 'evening', waitSeconds: '2' }],
    ['', '84957654321', { to: 'end', how: 'busy' }],
    ['74951234530', '', to('conference', '800'), { privacyManager: { retries: '3', shortest: '10' } }],
    ['74951234531', '', to('callback', '1')],
    ['74951234532', '', to('language', '1')],
    ['74951234533', '', to('queue-priority', '1')],
    ['74951234534', '', to('time-condition', '3')],
    ['74951234535', '', { to: 'custom', context: 'custom-survey', extension: 's', priority: '1' }],
    ['74951234536', '', to('misc-destination', '1')],
    ['', '', direct('123')],
    ['74951234540', '', to('fax', '140')],
    ['74951234541', '', to('trunk', '3')],
  ];
  return Object.fromEntries(
    rows.map(([did, callerId, destination, more]) => [`${did || 'any'}/${callerId || 'any'}`, { did, callerId, destination, ...more }]),
  );
}

const inside = (...numbers: string[]): object[] => numbers.map((number) => ({ number }));

const GROUPS = {
  600: {
    strategy: 'ringall',
    ringSeconds: '20',
    callerNamePrefix: 'REG:',
    members: inside('101', '102', '103'),
    noAnswer: to('queue', '400'),
  },
  601: {
    strategy: 'hunt',
    ringSeconds: '15',
    members: [...inside('123'), { number: '89161112233', outside: 'yes' }],
    announcement: '2',
    noAnswer: { to: 'missing', was: 'ext-local,vmu101,1', because: 'no-such-object' },
  },
  602: { strategy: 'memoryhunt', ringSeconds: '25', members: inside('118', '116', '117'), noAnswer: { to: 'end', how: 'hangup' } },
  603: {
    strategy: 'ringall',
    ringSeconds: '86400',
    members: inside('122', '124'),
    musicClass: 'default',
    skipsBusy: 'yes',
    noAnswer: to('ring-group', '601'),
  },
  604: {
    strategy: 'firstavailable',
    ringSeconds: '10',
    members: inside('111', '112', '113'),
    ignoresForwards: 'yes',
    noAnswer: to('misc-destination', '1'),
  },
  605: {
    strategy: 'ringall',
    ringSeconds: '12',
    members: inside('170', '171', '172', '173', '174', '175'),
    noAnswer: to('announcement', '1'),
  },
};
