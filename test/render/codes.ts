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
};

/** The small house with feature codes, and follow me of extension 101. */
export const houseWithCodes: Some = {
  ...smallHouse,
  'feature-code': Object.fromEntries(Object.entries(CODES).map(([id, code]) => [id, { code }])),
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

/** That house with something changed in one of its objects. */
export function codesWith(kind: keyof Some, id: string, change: object): Some {
  const objects = (houseWithCodes[kind] ?? {}) as Record<string, object>;
  return { ...houseWithCodes, [kind]: { ...objects, [id]: { ...objects[id], ...change } } };
}
