import type { Some } from './some-pbx.ts';

const reception = { to: 'extension', id: '101', by: 'follow-me' } as const;
const recording = { retries: '2', retryPrompt: 'default', lastPrompt: 'default', next: reception };

/** Every way that a call can take between the carrier and a telephone, each with all that it can have, for the small house. */
export const houseWithFlows: Some = {
  'time-group': {
    '1': {
      times: [
        { hours: '08:00-20:00', weekdays: 'mon-fri' },
        { daysOfMonth: '1-8', months: 'jan' },
      ],
    },
  },
  'time-condition': {
    '1': {
      name: 'Office, "open"',
      timeGroup: '1',
      whenMatched: { to: 'call-flow', id: '0' },
      otherwise: { to: 'time-condition', id: '2' },
    },
    '2': { name: 'Round', otherwise: { to: 'time-condition', id: '1' } },
  },
  'call-flow': {
    '0': { name: 'Hand', day: { to: 'ivr', id: '1' }, night: { to: 'queue', id: '400' }, dayForces: ['1'], nightForces: ['2'] },
  },
  ivr: {
    '1': {
      name: 'Main; menu',
      announcement: '1',
      directDial: 'yes',
      returnsFromVoicemail: 'yes',
      entries: [
        { keys: '1', destination: { to: 'queue', id: '400' } },
        { keys: '22', destination: { to: 'ivr', id: '2' } },
        { keys: '*', destination: { to: 'conference', id: '800' } },
        { keys: '#', destination: { to: 'announcement', id: '1' } },
        { keys: '7', destination: { to: 'language', id: '1' } },
        { keys: '8', destination: { to: 'misc-destination', id: '1' } },
      ],
      timeout: recording,
      invalid: recording,
    },
    '2': {
      sharesRetries: 'yes',
      entries: [{ keys: '#', destination: reception, returns: 'yes' }],
      timeout: { ...recording, returns: 'yes' },
    },
  },
  recording: { '1': { prompts: [{ file: 'beep' }, { file: 'silence/1' }] } },
  announcement: { '1': { recording: '1', returnsToIvr: 'yes', allowsSkip: 'yes', repeatKey: '9' } },
  queue: {
    '400': {
      name: 'Sales',
      strategy: 'rrmemory',
      members: [{ number: '101' }, { number: '989161112233' }, { kind: 'agent', number: '1001' }, { kind: 'dial', number: 'SIP/102' }],
      loggedIn: [{ number: '102', penalty: '1', name: 'Dr. "Bones" McCoy' }],
      dynamicMembers: [{ number: '102', penalty: '1' }],
      reaches: 'no-forwards',
      skipsBusy: 'yes',
      confirms: 'yes',
      joinAnnouncement: '1',
      agentAnnouncement: '1',
      skipsJoinAnnouncement: 'free',
      alertInfo: 'ring3',
      callerNamePrefix: 'Q: ',
      musicClass: 'none',
      maxWaitSeconds: '60',
      announceSeconds: '30',
      announcePosition: 'yes',
      announceHoldTime: 'once',
      periodicAnnounceSeconds: '60',
      prompts: { 'queue-thankyou': '', 'periodic-announce': 'beep' },
      joinEmpty: 'penalty,unavailable',
      leaveWhenEmpty: 'strict',
      breakoutIvr: '1',
      recordingFormat: 'wav',
      next: { to: 'queue', id: '401' },
    },
    '401': { name: 'Nobody', strategy: 'linear', joinEmpty: 'no', oneRound: 'yes', withoutAnswer: 'yes', next: { to: 'queue', id: '400' } },
  },
  language: { '1': { description: 'Deutsch', language: 'de', next: { to: 'set-cid', id: '1' } } },
  'set-cid': {
    '1': {
      description: 'Known; as',
      callerName: 'VIP ${CALLERID(name)}, "gold"; x',
      callerNumber: '${CALLERIDNUM:1}',
      variables: { __ALERT_INFO: 'ring2', SOURCE: 'menu' },
      next: { to: 'queue-priority', id: '1' },
    },
  },
  'queue-priority': { '1': { description: 'First', priority: '7', next: { to: 'language', id: '1' } } },
  'misc-destination': { '1': { description: 'City', number: '777' }, '2': { number: 'no way' } },
  'misc-application': {
    '1': { description: 'Short', number: '777', next: { to: 'misc-destination', id: '1' } },
    '2': { number: '777', next: reception },
    '3': { number: '778', enabled: 'no', next: reception },
    '4': { number: '7_8', next: reception },
  },
  conference: {
    '800': {
      description: 'Board',
      asksUserPin: 'yes',
      asksLeaderPin: 'yes',
      waitsForLeader: 'yes',
      musicWhenAlone: 'yes',
      hasMenu: 'yes',
      announcesCount: 'yes',
      announcesNames: 'yes',
      records: 'yes',
      startsMuted: 'yes',
      talkerOptimization: 'yes',
      talkDetection: 'yes',
      joinAnnouncement: '1',
      musicClass: 'none',
      maxUsers: '10',
    },
  },
  'music-class': { none: { mode: 'silence' }, lost: { files: [] } },
};

export const flowSecrets = { 'conference/800/user-pin': '0012', 'conference/800/leader-pin': '9999' };
