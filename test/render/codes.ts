import { type Some, smallHouse } from './some-pbx.ts';

/** Codes as FreePBX has them from the start. */
const CODES: Readonly<Record<string, string>> = {
  'callforward/cfon': '*72',
  'callforward/cfoff': '*73',
  'callforward/cfoff_any': '*74',
  'callforward/cfpon': '*720',
  'callforward/cf_toggle': '*740',
  'callforward/cfbon': '*90',
  'callforward/cfboff': '*91',
  'callforward/cfboff_any': '*92',
  'callforward/cfbpon': '*900',
  'callforward/cfuon': '*52',
  'callforward/cfuoff': '*53',
  'callforward/cfupon': '*520',
  'callwaiting/cwon': '*70',
  'callwaiting/cwoff': '*71',
  'donotdisturb/dnd_on': '*78',
  'donotdisturb/dnd_off': '*79',
  'donotdisturb/dnd_toggle': '*76',
  'findmefollow/fmf_toggle': '*21',
  'infoservices/calltrace': '*69',
  'daynight/toggle-mode-0': '*280',
  'daynight/toggle-mode-3': '*283',
  'daynight/toggle-mode-all': '*28',
  'timeconditions/toggle-mode-1': '*271',
  'timeconditions/toggle-mode-2': '*272',
  'timeconditions/toggle-mode-all': '*27',
  'speeddial/callspeeddial': '*0',
  'speeddial/setspeeddial': '*75',
  'blacklist/blacklist_add': '*30',
  'blacklist/blacklist_remove': '*31',
  'blacklist/blacklist_last': '*32',
  'parking/parkedcall': '*85',
  'queues/que_toggle': '*45',
  'queues/que_pause_toggle': '*46',
  'queues/que_callers': '*47',
  'voicemail/myvoicemail': '*97',
  'voicemail/dialvoicemail': '*98',
  'voicemail/directdialvoicemail': '*',
  'infoservices/echotest': '*43',
  'infoservices/speakextennum': '*65',
  'infoservices/speakingclock': '*60',
  'recordings/record_save': '*77',
  'recordings/record_check': '*99',
  'core/pickup': '**',
  'core/pickupexten': '*8',
  'core/blindxfer': '##',
  'core/chanspy': '555',
  'core/simu_pstn': '7777',
  'paging/intercom-prefix': '*80',
  'hotelwakeup/hotelwakeup': '*68',
};

/** Feature codes, and what they are about. */
export const withCodes: Some = {
  'feature-code': Object.fromEntries(Object.entries(CODES).map(([id, code]) => [id, { code }])),
  queue: {
    '400': {
      name: 'Desk',
      strategy: 'ringall',
      members: [{ number: '101' }],
      dynamicMembers: [{ number: '102', penalty: '2' }],
      onlyListedLogIn: 'yes',
    },
    '402': { name: 'Doctors', strategy: 'ringall', asksPassword: 'yes', reaches: 'extensions-only', agentFilter: '^1' },
  },
  'call-flow': {
    '0': { name: 'Main', state: 'night', asksPassword: 'yes', nightForces: ['2'] },
    '3': { name: 'Pharmacy', day: { to: 'ring-group', id: '600' } },
  },
  'time-group': { '1': { times: [{ hours: '09:00-18:00', weekdays: 'mon-fri' }] } },
  'time-condition': {
    '1': { name: 'Hours', timeGroup: '1', whenMatched: { to: 'ring-group', id: '600' }, override: 'unmatched-sticky' },
    '2': { name: 'Never' },
  },
  parking: { '1': { name: 'Lot', extension: '70', firstSlot: '71', slots: '8', isDefault: 'yes' } },
  'ami-user': { dialer: { permit: ['10.0.0.5/255.255.255.255'], read: ['all'], write: ['all'] } },
  blacklist: { blocked: {}, '79990001122': { description: 'Хулиган' } },
  'speed-dial': { '1': { number: '9123' } },
  secrets: { ...smallHouse.secrets, 'call-flow/0/password': '4711', 'queue/402/password': '5050', 'ami-user/dialer/secret': 'Di@ler;#9' },
  'follow-me': {
    '101': {
      strategy: 'ringallv2',
      preRingSeconds: '7',
      ringSeconds: '20',
      members: [{ number: '101' }, { number: '989161112233', outside: 'yes' }, { number: '102' }],
      confirms: 'yes',
      noAnswer: { to: 'extension', id: '101', by: 'unanswered' },
    },
  },
};

/** The small house with feature codes, follow me of extension 101, call flows and lists. */
export const houseWithCodes: Some = { ...smallHouse, ...withCodes };

/** That house with something changed in one of its objects. */
export function codesWith(kind: keyof Some, id: string, change: object): Some {
  const objects = (houseWithCodes[kind] ?? {}) as Record<string, object>;
  return { ...houseWithCodes, [kind]: { ...objects, [id]: { ...objects[id], ...change } } };
}
