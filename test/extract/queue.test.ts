import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const users = ['101', '102'].map((extension) => ({ extension, name: extension, voicemail: 'novm', ringtimer: '0', outboundcid: '' }));
const details = (id: string, held: Record<string, string>) =>
  Object.entries(held).map(([keyword, data]) => ({ id, keyword, data, flags: '0' }));
const member = (id: string, data: string, flags: string) => ({ id, keyword: 'member', data, flags });
const read = (o: Parameters<typeof boxOf>[0]) => readBox(boxOf({ ...o, tables: { users, ...o.tables } }));
const codes = (reading: ReturnType<typeof readBox>) => reading.findings.map((f) => `${f.code} ${f.where}`);
const sum = (reading: ReturnType<typeof readBox>, name: string) => reading.ledger.sums.find((s) => s.name === name);

const config = (extension: string, more: Record<string, string | null> = {}) => ({
  extension,
  descr: `Queue ${extension}`,
  grppre: 'Q:',
  alertinfo: 'ring1',
  ringing: '2',
  maxwait: '60',
  password: '73910',
  ivr_id: '1',
  dest: 'app-blackhole,busy,1',
  cwignore: '1',
  qregex: '^1',
  agentannounce_id: '5',
  joinannounce_id: '6',
  queuewait: '0',
  use_queue_context: '2',
  togglehint: '1',
  qnoanswer: '1',
  callconfirm: '1',
  callconfirm_id: '7',
  monitor_type: '',
  monitor_heard: '0',
  monitor_spoken: '0',
  callback_id: 'none',
  destcontinue: '',
  ...more,
});

describe('a queue', () => {
  const reading = read({
    tables: {
      recordings: ['5', '6', '7'].map((id) => ({ id, displayname: id, filename: 'beep' })),
      ivr_details: [{ id: '1', name: 'Keys', announcement: '0', timeout_loops: 'disabled', invalid_loops: 'disabled' }],
      queues_config: [config('400')],
      queues_details: [
        member('400', 'Local/102@from-queue/n,5', '2'),
        member('400', 'Local/101@from-internal/n', '0'),
        member('400', 'Agent/1001,3', '1'),
        member('400', 'SIP/anna,0', '3'),
        member('400', 'Local/89161112233@from-queue/n,0', '4'),
        member('400', 'nobody at all', '5'),
        ...details('400', {
          strategy: 'linear',
          timeout: '17',
          retry: 'none',
          wrapuptime: '4',
          memberdelay: '2',
          weight: '6',
          maxlen: '8',
          joinempty: 'strict',
          leavewhenempty: 'penalty,paused',
          ringinuse: 'no',
          music: 'jazz',
          skip_joinannounce: 'free',
          'announce-frequency': '30',
          'announce-position': 'limit',
          'announce-holdtime': 'once',
          'queue-thankyou': 'silence/1',
          'queue-youarenext': 'queue-youarenext',
          'queue-callswaiting': '',
          'periodic-announce-frequency': '40',
          reportholdtime: 'yes',
          autofill: 'no',
          autopause: 'all',
          autopausebusy: 'yes',
          autopauseunavail: 'yes',
          autopausedelay: '9',
          timeoutrestart: 'yes',
          timeoutpriority: 'conf',
          servicelevel: '11',
          penaltymemberslimit: '3',
          'monitor-format': 'wav',
          'monitor-join': 'yes',
          eventwhencalled: 'no',
          answered_elsewhere: '0',
        }),
      ],
    },
    astdb: {
      'QPENALTY/400/dynmemberonly': 'yes',
      'QPENALTY/400/agents/102': '2',
      'QPENALTY/400/agents/9': '0',
      'QPENALTY/499/dynmemberonly': 'no',
      'Queue/PersistentMembers/400': 'Local/102@from-queue/n;2;1;Анна;hint:102@ext-local|Agent/1002;0;0;Agent/1002;',
      'Queue/PersistentMembers/499': 'Local/102@from-queue/n;0;0;x;',
    },
  });

  it('is read whole', () => {
    expect(reading.model.queue['400']).toEqual({
      name: 'Queue 400',
      strategy: 'linear',
      members: [
        { kind: 'number', number: '101', penalty: 0 },
        { kind: 'agent', number: '1001', penalty: 3 },
        { kind: 'number', number: '102', penalty: 5 },
        { kind: 'dial', number: 'SIP/anna', penalty: 0 },
        { kind: 'number', number: '89161112233', penalty: 0 },
      ],
      dynamicMembers: [
        { number: '9', penalty: 0 },
        { number: '102', penalty: 2 },
      ],
      onlyListedLogIn: true,
      asksPassword: true,
      loggedIn: [
        { kind: 'number', number: '102', penalty: 2, name: 'Анна', paused: true },
        { kind: 'agent', number: '1002', penalty: 0, name: '', paused: false },
      ],
      maxWaitSeconds: 60,
      next: { to: 'end', how: 'busy' },
      agentRingSeconds: 17,
      retrySeconds: 5,
      oneRound: true,
      wrapUpSeconds: 4,
      memberDelaySeconds: 2,
      weight: 6,
      maxCallers: 8,
      joinEmpty: 'strict',
      leaveWhenEmpty: 'penalty,paused',
      ringInUse: false,
      skipsBusy: true,
      reaches: 'extensions-only',
      musicClass: 'jazz',
      callersHear: 'ringing-when-agent-rings',
      callerNamePrefix: 'Q:',
      alertInfo: 'ring1',
      joinAnnouncement: '6',
      skipsJoinAnnouncement: 'free',
      agentAnnouncement: '5',
      announceSeconds: 30,
      announcePosition: 'limit',
      announceHoldTime: 'once',
      prompts: { 'queue-thankyou': 'silence/1' },
      periodicAnnounceSeconds: 40,
      breakoutIvr: '1',
      reportsHoldTime: true,
      autoFill: false,
      autoPause: 'all',
      autoPauseOnBusy: true,
      autoPauseWhenUnavailable: true,
      autoPauseDelaySeconds: 9,
      timeoutRestart: true,
      timeoutPriority: 'conf',
      serviceLevelSeconds: 11,
      penaltyMembersLimit: 3,
      recordingFormat: 'wav',
      confirms: true,
      confirmPrompt: '7',
      agentFilter: '^1',
      withoutAnswer: true,
      hasHints: true,
    });
  });

  it('keeps its password apart and has every row accounted for', () => {
    expect(reading.model.secrets['queue/400/password']).toBe('73910');
    expect(JSON.stringify([reading.model.queue, reading.ledger, reading.findings])).not.toContain('73910');
    expect(sum(reading, 'queues_details')).toMatchObject({ rows: 39, carried: 35, dropped: 4, unknown: 0 });
    expect(sum(reading, 'queues_config')).toMatchObject({ carried: 1 });
    expect(sum(reading, 'QPENALTY')).toMatchObject({ carried: 3, dropped: 1 });
    expect(sum(reading, 'Queue')).toMatchObject({ carried: 1, dropped: 1 });
    expect(codes(reading).filter((c) => c.startsWith('COLUMN_UNREAD queues'))).toEqual([]);
  });

  it('tells members that nobody can read, and numbers that nobody has', () => {
    expect(codes(reading).filter((c) => c.startsWith('MEMBER_MISSING'))).toEqual([
      'MEMBER_MISSING member 89161112233',
      'MEMBER_MISSING member SIP/anna',
      'MEMBER_MISSING queues_details 400/member#6',
    ]);
  });
});

describe('queues', () => {
  it('of which an older table is all there is still ring their members', () => {
    const reading = read({
      tables: {
        queues: [
          member('400', 'Local/101@from-internal/n,0', '0'),
          ...details('400', { account: '400', strategy: 'roundrobin', timeout: '9' }),
        ],
      },
    });
    expect(reading.model.queue['400']).toMatchObject({
      strategy: 'rrmemory',
      agentRingSeconds: 9,
      members: [{ kind: 'number', number: '101', penalty: 0 }],
    });
    expect(sum(reading, 'queues')).toMatchObject({ rows: 4, carried: 2, approximated: 1, dropped: 1 });
    expect(codes(reading)).toEqual(
      expect.arrayContaining(['QUEUE_APPROXIMATED queues 400', 'QUEUE_APPROXIMATED queues_details 400/strategy']),
    );
  });

  it('all have what stands under -1, and tell what the model has no place for', () => {
    const bare = { password: '', ivr_id: '8', joinannounce_id: '0', agentannounce_id: '0', callconfirm_id: null };
    const reading = read({
      tables: {
        queues_config: [
          config('400', { ...bare, queuewait: '1', callback_id: '3', destcontinue: 'app-blackhole,busy,1', maxwait: '' }),
          config('401', bare),
        ],
        queues_details: [
          ...details('400', { timeout: '10', odd: 'x' }),
          ...details('-1', { timeout: '20', wrapuptime: '', account: 'x' }),
          ...details('7', { timeout: '10' }),
        ],
      },
    });
    expect(reading.model.queue['400']).toMatchObject({ agentRingSeconds: 20, maxWaitSeconds: null, asksPassword: false, breakoutIvr: '8' });
    expect(reading.model.queue['401']).toMatchObject({ agentRingSeconds: 20 });
    expect(sum(reading, 'queues_details')).toMatchObject({ rows: 6, carried: 1, dropped: 5 });
    expect(sum(reading, 'queues_config')).toMatchObject({ carried: 1, approximated: 1 });
    expect(codes(reading)).toEqual(
      expect.arrayContaining([
        'QUEUE_OPTION_NOT_CARRIED queues_details 400/odd',
        'QUEUE_OPTION_NOT_CARRIED queues_config #1/queuewait',
        'QUEUE_OPTION_NOT_CARRIED queues_config #1/destcontinue',
        'QUEUE_OPTION_NOT_CARRIED queues_config #1/callback_id',
        'MENU_MISSING queues_config #1',
      ]),
    );
  });

  it('are inert where their module is switched off', () => {
    const reading = read({
      tables: {
        queues_config: [config('400')],
        queues_details: details('400', { timeout: '1' }),
        modules: [{ modulename: 'queues', enabled: '0' }],
      },
      astdb: { 'QPENALTY/400/dynmemberonly': 'no' },
    });
    expect(reading.model.queue).toEqual({});
    expect(reading.model.secrets).toEqual({});
    for (const name of ['queues_config', 'queues_details', 'QPENALTY']) expect(sum(reading, name)).toMatchObject({ rows: 1, dropped: 1 });
  });
});
