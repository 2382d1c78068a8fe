import { describe, expect, it } from 'vitest';
import { connectAmi } from '../../src/asterisk/ami.ts';
import { modelKinds } from '../../src/model/kinds.ts';
import { type ClientStep, clientDialogue, clientDifferences, type Replied, replay } from '../../src/verify/old/client-dialogue.ts';
import { event, FakeAmi, reply } from '../asterisk/fake-ami.ts';
import { smallModel } from './small-build.ts';

const model = { ...smallModel(), queue: { '400': modelKinds.queue.decode({ name: 'Sales', strategy: 'ringall' }) } };
const steps = clientDialogue(model);
const says = (s: ClientStep): string => s.says;
const done = (...headers: string[]): Replied => ({ refusal: null, headers });
const refused: Replied = { refusal: 'Invalid/unknown command', headers: [] };

/** What a PBX answers that says so to every action of this name, and Success to all others. */
async function replies(name: string, answer: FakeAmi['answer']): Promise<Map<string, Replied>> {
  const fake = await FakeAmi.start();
  const ami = await connectAmi({ host: '127.0.0.1', port: fake.port, user: 'u', secret: 's' });
  try {
    const some = steps.filter((s) => s.says.startsWith(`Action: ${name}`));
    fake.answer = answer;
    const got = await replay(ami, some);
    return new Map(some.map((s, i) => [s.says, got[i] ?? refused]));
  } finally {
    await ami.close();
    await fake.stop();
  }
}

describe('programs that are connected over AMI', () => {
  it('ask what diallers and panels ask, of telephones, queues and mailboxes that there are', () => {
    const text = steps.map(says).join('\n');
    expect(text).toMatch(/^Action: SIPpeers$/m);
    expect(text).toMatch(/^Action: Originate, Channel: SIP\/\w+, Context: from-internal/m);
    expect(text).toMatch(/^Action: QueueAdd, Queue: \w+, Interface: Local\/\w+@from-queue\/n/m);
    expect(
      clientDialogue({ ...model, device: {}, queue: {}, mailbox: {} })
        .map(says)
        .join(),
    ).not.toMatch(/Originate|Queue[A-Z]|Mailbox/);
  });

  it('trip over what the new PBX refuses, and are told the line to change', () => {
    const peers = steps.filter((s) => s.says === 'Action: SIPpeers');
    expect(clientDifferences(peers, [done('peerentry.objectname')], [refused])).toEqual([
      { says: 'Action: SIPpeers', gets: 'Invalid/unknown command', instead: 'Action: PJSIPShowEndpoints, whose events are EndpointList' },
    ]);
  });

  it('trip over a header that is gone, not over one that came, nor over what never worked', () => {
    const ping = steps.filter((s) => s.says === 'Action: Ping');
    expect(clientDifferences(ping, [done('reply.ping', 'reply.time')], [done('reply.ping', 'reply.more')])[0]?.gets).toContain(
      'reply.time',
    );
    expect(clientDifferences(ping, [done('reply.ping')], [done('reply.ping', 'reply.more')])).toEqual([]);
    expect(clientDifferences(ping, [refused], [refused])).toEqual([]);
  });

  it('are not helped by Success where a queue holds a member that it never calls', async () => {
    const list =
      (status: string): FakeAmi['answer'] =>
      (a) =>
        reply(a, 'Success', 'EventList: start') +
        event(a, 'QueueMember', `Status: ${status}`, 'Name: x') +
        event(a, 'QueueStatusComplete', 'EventList: Complete', 'ListItems: 1');
    const refusals = async (status: string): Promise<(string | null)[]> =>
      [...(await replies('QueueStatus', list(status))).values()].map((r) => r.refusal);
    expect(new Set(await refusals('1'))).toEqual(new Set([null]));
    expect((await refusals('4'))[0]).toContain('invalid');
  });

  it('are not helped by Success where there is no hint', async () => {
    const state =
      (status: string): FakeAmi['answer'] =>
      (a) =>
        reply(a, 'Success', 'Exten: 101', 'Context: x', 'Hint: ', `Status: ${status}`);
    const refusals = async (status: string): Promise<(string | null)[]> =>
      [...(await replies('ExtensionState', state(status))).values()].map((r) => r.refusal);
    expect((await refusals('-1'))[0]).toContain('no such hint');
    expect((await refusals('0'))[0]).toBeNull();
  });
});
