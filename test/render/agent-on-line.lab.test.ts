import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AmiEvent } from '../../src/asterisk/ami.ts';
import type { OneAsterisk } from '../asterisk/one-asterisk.ts';
import { happens, startRendered } from './rendered-asterisk.ts';
import { smallHouse, treeOf } from './some-pbx.ts';

/** What is keyed at the other end of a Local channel comes in at this one. */
const WAITS = { to: { application: 'Wait', data: '60' } };

describe('an agent who waits on the line', () => {
  let asterisk: OneAsterisk;
  beforeAll(async () => {
    const tree = await treeOf({
      ...smallHouse,
      queue: { '400': { name: 'Desk', strategy: 'ringall', members: [{ kind: 'agent', number: '1001' }] } },
      agent: { '1001': { name: 'Anna' } },
      'custom-dialplan': {
        'from-internal-custom': {
          joins: ['from-internal'],
          lines: [{ at: 'x.conf:1', extension: '_55XXXX', priority: '1', application: 'AgentLogin', arguments: '${EXTEN:2}' }],
        },
      },
      secrets: { ...smallHouse.secrets, 'agent/1001/password': '4321' },
    });
    asterisk = await startRendered(tree);
  });
  afterAll(() => asterisk?.end());

  const isAsked = (prompt: string): Promise<AmiEvent> =>
    happens(asterisk, 'Newexten', (e) => e['Application'] === 'Read' && (e['AppData'] ?? '').includes(prompt));
  /** Dials as the agent does, and keys where he is asked for his password. */
  const logsIn = async (password: string): Promise<void> => {
    const asked = isAsked('agent-pass');
    const dialled = asterisk.ami.originate({ channel: 'Local/551001@from-internal/n', ...WAITS });
    const { Channel: channel = '' } = await asked;
    for (const digit of `${password}#`)
      await asterisk.ami.action({ Action: 'PlayDTMF', Channel: channel.replace(/;2$/, ';1'), Digit: digit, Duration: '80' });
    await dialled;
  };

  test('is asked again where he keys another password', async () => {
    const again = isAsked('auth-incorrect');
    await logsIn('1234');
    await again;
    expect((await asterisk.ami.action({ Action: 'Command', Command: 'agent show online' }))['Output']).not.toContain('1001');
  });

  test('is let in by his password, and a caller of the queue is joined with him', async () => {
    const waits = happens(asterisk, 'AgentLogin');
    await logsIn('4321');
    expect((await waits)['Agent']).toBe('1001');
    const joined = happens(asterisk, 'AgentConnect');
    await asterisk.ami.originate({ channel: 'Local/400@from-internal/n', ...WAITS });
    const event = await joined;
    expect([event['Queue'], event['MemberName']]).toEqual(['400', 'Agent/1001']);
  });
});
