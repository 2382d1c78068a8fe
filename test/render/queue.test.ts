import { describe, expect, test } from 'vitest';
import { astdbRows } from '../../src/render/astdb.ts';
import { contextOf, pbx, type Some, smallHouse, type Tree, treeOf } from './some-pbx.ts';
import { danglingTargets } from './targets.ts';

const recording = {
  '1': {
    prompts: [
      { file: 'custom/join', formats: ['wav'] },
      { file: 'custom/more', formats: ['wav'] },
    ],
  },
};
const house = (queue: object, more: Some = {}): Some => ({
  ...smallHouse,
  recording,
  queue: { '400': { name: 'Sales', strategy: 'rrmemory', ...queue } },
  ...more,
});
const tree = (queue: object, more: Some = {}): Promise<Tree> => treeOf(house(queue, more));
const block = async (queue: object, more: Some = {}): Promise<string[]> =>
  contextOf((await tree(queue, more)).text('extensions.d/queue.conf'), 'ext-queues');
const section = async (queue: object, more: Some = {}): Promise<string[]> =>
  contextOf((await tree(queue, more)).text('queues.conf'), '400');

describe('a caller in a queue', () => {
  test('is answered, hears the announcement, waits, and goes on when nobody took the call', async () => {
    const lines = await block({
      members: [{ number: '101' }],
      joinAnnouncement: '1',
      agentAnnouncement: '1',
      maxWaitSeconds: '180',
      callerNamePrefix: 'CC:',
      next: { to: 'ring-group', id: '600' },
    });
    expect(lines).toEqual([
      'exten = 400,1,GotoIf($[${LEN(${STRREPLACE(RING_GROUPS,-${EXTEN}-)})} < ${LEN(${RING_GROUPS})}]?within-itself,${EXTEN},1)',
      'same = n,GosubIf($["${CALLER}${FROM_DID}" = ""]?who-calls,${EXTEN},1)',
      'same = n,Answer()',
      'same = n,Set(PREFIX=CC:)',
      'same = n,Gosub(name-prefix,s,1)',
      'same = n,Playback(custom/join&custom/more)',
      'same = n,QueueLog(400,${UNIQUEID},NONE,DID,${FROM_DID}) ; reports look for the number that was dialled',
      'same = n,Queue(400,tb(queue-agent^400^1),,custom/join,180)',
      'same = n,Gosub(queue-left,${EXTEN},1)',
      'same = n,Goto(ext-group,600,1) ; ring-group 600',
    ]);
  });

  test('hears ringing instead of music, waits for ever, and is tried once, where the queue says so', async () => {
    expect(await block({ callersHear: 'ringing', oneRound: 'yes' })).toContain('same = n,Queue(400,trnb(queue-agent^400^1),,)');
    expect(await section({ oneRound: 'yes' })).toContain('retry = 0');
  });

  test('is not answered by a queue that takes calls without answering', async () => {
    const lines = await block({ withoutAnswer: 'yes', joinAnnouncement: '1' });
    expect(lines).toContain('same = n,Progress()');
    expect(lines).toContain('same = n,Playback(custom/join&custom/more,noanswer)');
    expect(lines).not.toContain('same = n,Answer()');
  });

  test('hears no announcement where an agent is free, if the queue says so', async () => {
    expect(await block({ skipsJoinAnnouncement: 'free', joinAnnouncement: '1' })).toContain(
      'same = n,ExecIf($[0${QUEUE_MEMBER(400,free)} < 1]?Playback(custom/join&custom/more))',
    );
  });

  test('can leave for a menu by its keys', async () => {
    expect(await section({ breakoutIvr: '1' }, { ivr: { '1': {} } })).toContain('context = ivr-1');
    const lost = await tree({ breakoutIvr: '1' });
    expect(lost.text('queues.conf')).not.toContain('context');
    expect(lost.codes()).toContain('DESTINATION_MISSING');
  });

  test('is recorded under the queue, and what nobody took is thrown away', async () => {
    const recorded = await tree({ recordingFormat: 'wav' });
    expect(contextOf(recorded.text('extensions.d/queue.conf'), 'ext-queues')).toContain(
      'same = n,GosubIf($["${RECORDING}" = ""]?record,${EXTEN},1(q))',
    );
    expect(contextOf(recorded.text('extensions.d/queue.conf'), 'queue-left')).toContain('same = n,StopMixMonitor()');
    expect(await block({ recordingFormat: 'wav' }, { settings: { pbx: { recordingAllowed: 'no' } } })).not.toContain('record,');
  });

  test('of queues that lead to each other and let nobody in is ended at last', async () => {
    const lines = await block({ next: { to: 'queue', id: '400' } });
    expect(lines.slice(-4)).toEqual([
      'same = n,Gosub(queue-left,${EXTEN},1)',
      'same = n,Set(PASSES=${IF($[${EPOCH} - ${QUEUE_SINCE} > 1]?0:$[0${PASSES} + 1])})',
      'same = n,GotoIf($[${PASSES} > 50]?in-a-circle,${EXTEN},1)',
      'same = n,Goto(ext-queues,400,1) ; queue 400',
    ]);
  });
});

describe('agents', () => {
  test('are dialled as the queue does it, by their names, and the hint says who is free', async () => {
    const members = [{ number: '102', penalty: '5' }, { number: '9123' }, { number: '102' }];
    const lines = (await section({ members })).filter((l) => l.startsWith('member ='));
    expect(lines).toEqual([
      'member = Local/102@from-queue/n,5,Dr. \\"Bones\\" McCoy,hint:102@ext-local',
      'member = Local/9123@from-queue/n,0,Local/9123@from-queue/n',
    ]);
  });

  test('that lead nowhere are left out, and a queue without agents still takes callers', async () => {
    const lost = await tree({ members: [{ number: '777' }, { kind: 'dial', number: 'Dongle/one' }] });
    expect(contextOf(lost.text('queues.conf'), '400').some((l) => l.startsWith('member ='))).toBe(false);
    expect(lost.codes()).toEqual(expect.arrayContaining(['MEMBER_MISSING', 'DIAL_STRING_NOT_CARRIED']));
    expect(contextOf(lost.text('extensions.d/queue.conf'), 'ext-queues').some((l) => l.includes('Queue(400'))).toBe(true);
  });

  test('given as a channel of the old box ring by its new name; those of agents.conf by AgentRequest', async () => {
    const members = [
      { kind: 'dial', number: 'SIP/101' },
      { kind: 'agent', number: '1001' },
    ];
    const pool = await tree({ members });
    expect(contextOf(pool.text('queues.conf'), '400').filter((l) => l.startsWith('member ='))).toEqual([
      'member = PJSIP/101,0,SIP/101',
      'member = Local/1001@agents,0,Agent/1001,Agent:1001',
    ]);
    expect(contextOf(pool.text('extensions.d/queue.conf'), 'agents')).toContain('exten = 1001,1,AgentRequest(${EXTEN})');
    expect(pool.text('modules.conf')).toContain('load = app_agent_pool.so');
    expect(danglingTargets(pool.files)).toEqual([]);
    expect(pool.codes()).toContain('AGENT_LOGIN_NOT_CARRIED');
  });

  test('that wait on the line are told of only where nothing lets them log in', async () => {
    const members = [{ kind: 'agent', number: '1001' }];
    const login = (args: string): Record<string, object> => ({
      agentlogin: { lines: [{ at: 'x.conf:1', extension: '_*8888.', priority: '1', application: 'AgentLogin', arguments: args }] },
    });
    const offered = await treeOf({ ...house({ members }), 'custom-dialplan': login('${EXTEN:5}|s') });
    expect(offered.codes()).not.toContain('AGENT_LOGIN_NOT_CARRIED');
    expect(offered.text('extensions.d/custom.conf')).toContain('AgentLogin(${EXTEN:5},s)');
    expect(offered.codes()).toContain('DIALPLAN_APPROXIMATED');
    const asked = await treeOf({ ...house({ members }), 'custom-dialplan': login('') });
    expect(asked.codes()).toEqual(expect.arrayContaining(['AGENT_LOGIN_NOT_CARRIED', 'DIALPLAN_NOT_TRANSLATED']));
  });

  test('reach what the queue lets them: everything, no forwards, or telephones alone', async () => {
    for (const [reaches, context] of [
      ['as-dialled', 'from-internal'],
      ['no-forwards', 'from-queue-exten-internal'],
      ['extensions-only', 'from-queue-exten-only'],
    ]) {
      const some = await tree({ reaches });
      expect(contextOf(some.text('extensions.d/queue.conf'), 'queue-agent')).toContain(`same = n,Set(__QUEUE_REACHES=${context})`);
      expect(contextOf(some.text('extensions.d/queue.conf'), 'from-queue-exten-only').length > 0).toBe(reaches !== 'as-dialled');
      expect(danglingTargets(some.files)).toEqual([]);
    }
  });

  test('outside press 1 where the queue asks for it, and those in a call are not rung where it says so', async () => {
    const some = await tree({ confirms: 'yes', skipsBusy: 'yes', members: [{ number: '9123' }] });
    expect(contextOf(some.text('extensions.d/queue.conf'), 'from-queue')[0]).toContain('?confirmed,${EXTEN},1)');
    expect(some.text('extensions.d/routines.conf')).toContain('"${SKIP_BUSY}" = ""');
    expect(danglingTargets(some.files)).toEqual([]);
  });

  test('who are logged in stay so, in the words of Asterisk 22', () => {
    const model = pbx(
      house({
        loggedIn: [
          { number: '101', name: 'Anna; B', paused: 'yes' },
          { number: '777', name: 'Gone' },
        ],
        dynamicMembers: [{ number: '101', penalty: '3' }],
        onlyListedLogIn: 'yes',
      }),
    );
    const rows = astdbRows(model).filter((r) => /Queue|QPENALTY/.test(r.key));
    expect(rows.map((r) => [r.key, r.value])).toEqual([
      ['/QPENALTY/400/agents/101', '3'],
      ['/QPENALTY/400/dynmemberonly', 'yes'],
      ['/Queue/PersistentMembers/400', 'Local/101@from-queue/n;0;1;Anna  B;hint:101@ext-local;;0'],
    ]);
  });
});

test('an option that Asterisk does not know is left out, not warned of', async () => {
  const lines = await section({ joinEmpty: 'penalty,ultra', leaveWhenEmpty: 'nonsense', prompts: { 'queue-thankyou': '', rtone: 'x' } });
  expect(lines).toContain('joinempty = penalty');
  expect(lines).toContain('leavewhenempty = no');
  expect(lines).toContain('queue-thankyou =');
  expect(lines.join()).not.toContain('rtone');
});

test('a queue whose number nobody can dial is not rendered, and that is an error', async () => {
  const queue = { '4;0': { name: 'Odd', strategy: 'ringall' } };
  const some = await treeOf({ ...smallHouse, queue, 'inbound-route': { 'any/any': { destination: { to: 'queue', id: '4;0' } } } });
  expect(some.has('queues.conf')).toBe(false);
  expect(some.findings.find((f) => f.code === 'NUMBER_NOT_RENDERED')?.about).toEqual({ kind: 'queue', id: '4;0' });
  expect(danglingTargets(some.files)).toEqual([]);
});
