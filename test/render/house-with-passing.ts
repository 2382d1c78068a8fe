import type { Some } from './some-pbx.ts';

const reception = { to: 'extension', id: '101', by: 'follow-me' } as const;

/** What calls pass on their way, and numbers that do something else than ring: each with all that it can have, for the small house. */
export const houseWithPassing: Some = {
  ivr: {
    '7': {
      directDial: 'yes',
      directDialDirectory: '1',
      entries: [
        { keys: '1', destination: { to: 'language', id: '1' } },
        { keys: '2', destination: { to: 'misc-destination', id: '1' } },
        { keys: '3', destination: { to: 'disa', id: '1' } },
        { keys: '4', destination: { to: 'disa', id: '2' } },
        { keys: '5', destination: { to: 'callback', id: '1' } },
        { keys: '6', destination: { to: 'directory', id: '1' } },
        { keys: '7', destination: { to: 'voicemail-blast', id: '951' } },
        { keys: '8', destination: { to: 'set-cid', id: '2' } },
        { keys: '#', destination: { to: 'directory', id: '#' } },
        { keys: '9', destination: { to: 'recording-rule', id: '1' } },
        { keys: '33', destination: { to: 'recording-rule', id: '3' } },
        { keys: '44', destination: { to: 'recording-rule', id: '4' } },
        { keys: '*', destination: { to: 'dynamic-route', id: '1' } },
      ],
    },
  },
  recording: { '1': { prompts: [{ file: 'beep' }, { file: 'silence/1' }] } },
  queue: { '410': { name: 'Wait', strategy: 'ringall', maxWaitSeconds: '30', members: [{ number: '101' }], next: reception } },
  language: {
    '1': { description: 'Deutsch', language: 'de', next: { to: 'set-cid', id: '1' } },
    '2': { language: 'fr', next: { to: 'queue-priority', id: '2' } },
  },
  'set-cid': {
    '1': {
      description: 'Known; as',
      callerName: 'VIP ${CALLERID(name)}, "gold"; x',
      callerNumber: '${CALLERIDNUM:1}',
      variables: { __ALERT_INFO: 'ring2', SOURCE: 'menu' },
      next: { to: 'queue-priority', id: '1' },
    },
    '2': { callerName: 'VIP ${CALLERID(name)}', callerNumber: '${CALLERID(num)}', next: { to: 'queue-priority', id: '2' } },
  },
  'queue-priority': {
    '1': { description: 'First', priority: '7', next: { to: 'language', id: '1' } },
    '2': { priority: '3', next: { to: 'queue', id: '410' } },
  },
  'recording-rule': {
    '1': { description: 'All; loud', mode: 'at-once', next: { to: 'recording-rule', id: '2' } },
    '2': { mode: 'never', next: reception },
    '3': { mode: 'when-joined', next: reception },
    '4': { next: reception },
  },
  'misc-destination': { '1': { description: 'City', number: '777' }, '2': { number: 'no way' } },
  'dynamic-route': {
    '1': {
      name: 'Cards; all',
      asksKeys: 'yes',
      announcement: '1',
      seconds: '4',
      keysVariable: 'card',
      entries: [
        { value: '12', destination: { to: 'dynamic-route', id: '2' } },
        { value: '3', destination: { to: 'end', how: 'busy' } },
      ],
      next: reception,
    },
    '2': {
      source: 'variable',
      query: '${CALLERID(num):0:2}${DYNROUTE_card}',
      resultVariable: 'found',
      entries: [{ value: '7912', destination: { to: 'dynamic-route', id: '3' } }],
      next: { to: 'dynamic-route', id: '4' },
    },
    '3': { source: 'unknown', next: { to: 'end', how: 'congestion' } },
    '4': { source: 'url', query: 'http://crm.example/?n=${CALLERID(num)}', entries: [{ value: 'desk', destination: reception }] },
  },
  directory: {
    '1': {
      name: 'People; all',
      entries: [
        { name: 'Ann Young', number: '101' },
        { name: 'Bo, Li', number: '989161112233' },
        { name: 'Nobody', number: 'x' },
      ],
      announcement: '1',
      callerNamePrefix: 'D: ',
      alertInfo: 'ring4',
      saysNumber: 'yes',
      returnsToIvr: 'yes',
      next: reception,
    },
    '#': { ofMailboxes: 'yes', matches: 'last', next: { to: 'number', context: 'from-internal', number: '102' } },
  },
  callback: {
    '1': { description: 'Back', waitSeconds: '5', next: { to: 'ivr', id: '7' } },
    '2': { number: '9161112233', next: reception },
    '3': { number: 'x y' },
  },
  'voicemail-blast': {
    '950': { description: 'All', members: ['102', '101'], asksPassword: 'yes' },
    '951': { members: ['101'], label: 'recording', recording: '1' },
    '952': { members: ['102'], label: 'none' },
  },
  disa: {
    '1': {
      name: 'Boss; away',
      asksPin: 'yes',
      confirms: 'yes',
      callerId: '"House, \'x\'" <74951234500>',
      dialsAgain: 'yes',
      firstDigitSeconds: '7',
      digitSeconds: '3',
    },
    '2': { callerId: '102', keepsCallerId: 'no', context: 'nowhere' },
  },
  'misc-application': {
    '1': { description: 'Short', number: '777', next: { to: 'misc-destination', id: '1' } },
    '2': { number: '777', next: reception },
    '3': { number: '778', enabled: 'no', next: reception },
    '4': { number: '7_8', next: reception },
  },
  'inbound-route': {
    '74951234777/any': { did: '74951234777', language: 'ru', destination: { to: 'ivr', id: '7' } },
    '74951234778/any': { did: '74951234778', recording: 'never', destination: { to: 'recording-rule', id: '4' } },
    '74951234779/any': { did: '74951234779', recording: 'at-once', destination: reception },
    'any/any': { destination: { to: 'language', id: '2' } },
  },
};

export const passingSecrets = { 'disa/1/pin/0': '4321', 'disa/1/pin/1': '8765', 'voicemail-blast/950/password': '4711' };
