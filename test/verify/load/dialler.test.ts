import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ami, connectAmi } from '../../../src/asterisk/ami.ts';
import { Dialler } from '../../../src/verify/load/dialler/dialler.ts';
import type { Job, Told } from '../../../src/verify/load/dialler/job.ts';
import { event, FakeAmi, reply } from '../../asterisk/fake-ami.ts';

/** What customers do, by the order in which they are called: answer after so many ms, or do not. */
type Plan = (nth: number) => { readonly answersMs: number } | 'silent';

const AGENTS = [
  { extension: '101', device: '101' },
  { extension: '102', device: '102' },
];

/** A PBX that calls, redirects and hangs up as it is told, and a far side that says so. */
class FakePbx {
  readonly hangups: string[] = [];
  readonly redirects: { channel: string; to: string }[] = [];
  plan: Plan = () => ({ answersMs: 20 });
  /** Does a redirect reach the agent's telephone? */
  reaches = true;
  private calls = 0;
  readonly pbx: FakeAmi;
  readonly world: FakeAmi;

  constructor(pbx: FakeAmi, world: FakeAmi) {
    this.pbx = pbx;
    this.world = world;
    pbx.answer = (a, socket) => {
      const [name] = a['action'] ?? [];
      if (name === 'Originate') return this.originate(a, (text) => socket.write(text.replaceAll('\n', '\r\n')));
      if (name === 'Redirect') this.redirect(a);
      if (name === 'Hangup') this.hangUp(a);
      return reply(a, 'Success');
    };
  }

  private far(what: string, slot: string, agent = ''): void {
    this.world.say(`Event: UserEvent\nUserEvent: Far\nWhat: ${what}\nSlot: ${slot}\n${agent === '' ? '' : `Agent: ${agent}\n`}\n`);
  }

  private originate(a: Record<string, string[]>, say: (text: string) => void): string {
    const does = this.plan(this.calls++);
    const slot = slotOf(a['channel']?.[0] ?? '');
    setTimeout(() => this.far('rings', slot), 5);
    if (does !== 'silent') {
      setTimeout(() => {
        if (this.hangups.includes(a['channelid']?.[0] ?? '')) return;
        this.far('answers', slot);
        say(event(a, 'OriginateResponse', 'Response: Success', `Channel: Local/${slot}`, 'Uniqueid: u', 'Reason: 4'));
      }, does.answersMs);
    }
    this.slots.set(`Local/${slot}`, {
      slot,
      response: (text) => say(event(a, 'OriginateResponse', 'Response: Failure', `Reason: ${text}`)),
    });
    this.slots.set(a['channelid']?.[0] ?? '', {
      slot,
      response: (text) => say(event(a, 'OriginateResponse', 'Response: Failure', `Reason: ${text}`)),
    });
    return reply(a, 'Success', 'Message: Originate successfully queued');
  }

  private readonly slots = new Map<string, { slot: string; response(reason: string): void }>();

  private redirect(a: Record<string, string[]>): void {
    const channel = a['channel']?.[0] ?? '';
    const to = a['exten']?.[0] ?? '';
    this.redirects.push({ channel, to });
    const slot = channel.replace('Local/', '');
    if (!this.reaches) return;
    setTimeout(() => this.far('agent-rings', slot, to), 5);
    setTimeout(() => this.far('agent-answers', slot, to), 10);
    setTimeout(() => this.far('gone', slot), 40);
  }

  private hangUp(a: Record<string, string[]>): void {
    const channel = a['channel']?.[0] ?? '';
    this.hangups.push(channel);
    const call = this.slots.get(channel);
    if (call === undefined) return;
    this.far('gone', call.slot);
    if (!channel.startsWith('Local/')) call.response('0');
  }
}

function slotOf(channel: string): string {
  return /^Local\/7495(\d{4})@out\/n$/.exec(channel)?.[1] ?? '';
}

let fake: FakePbx;
let open: Ami[] = [];
beforeEach(async () => {
  fake = new FakePbx(await FakeAmi.start(), await FakeAmi.start());
});
afterEach(async () => {
  await Promise.all(open.map((ami) => ami.close()));
  open = [];
  await Promise.all([fake.pbx.stop(), fake.world.stop()]);
});

async function storm(o: Partial<Job> = {}): Promise<Omit<Told, 'cpuSeconds' | 'loopLagMs'>> {
  const at = (port: number) => ({ host: '127.0.0.1', port, user: 'lab', secret: 'x' });
  const job: Job = {
    pbx: at(fake.pbx.port),
    world: at(fake.world.port),
    mode: 'race',
    perAgent: 3,
    context: 'out',
    stem: '7495',
    slotDigits: 4,
    firstSlot: 9998,
    holdContext: 'hold',
    agentContext: 'from-internal',
    agents: AGENTS,
    seats: 1,
    rate: 30,
    seconds: 0.1,
    ringMs: 300,
    wrapUpMs: 10,
    drainMs: 1000,
    variables: {},
    ...o,
  };
  const [pbx, world] = await Promise.all([connectAmi(job.pbx), connectAmi(job.world)]);
  open.push(pbx, world);
  return new Dialler(job, { pbx, world }).run(Promise.race([pbx.lost, world.lost]));
}

describe('a race for one agent', () => {
  it('joins the first customer who answers with the agent and cuts the others', async () => {
    fake.plan = (nth) => ({ answersMs: nth === 1 ? 30 : 200 });
    const told = await storm();
    expect(told.customers.map((c) => c.slot)).toEqual([9998, 9999, 0]);
    expect(fake.redirects).toEqual([{ channel: 'Local/9999', to: '101' }]);
    expect(told.customers.map((c) => [c.cutMs !== null, c.joinedMs !== null])).toEqual([
      [true, false],
      [false, true],
      [true, false],
    ]);
    expect(told.doubleJoins).toBe(0);
  });

  it('cuts a customer who answers a moment after the first: there is one agent', async () => {
    fake.plan = () => ({ answersMs: 30 });
    const told = await storm();
    expect(fake.redirects).toHaveLength(1);
    expect(told.customers.filter((c) => c.joinedMs !== null)).toHaveLength(1);
    expect(fake.hangups.length).toBeGreaterThanOrEqual(2);
  });

  it('with nobody who answers ends, and hangs up what still rings', async () => {
    fake.plan = () => 'silent';
    const told = await storm({ drainMs: 100 });
    expect(fake.redirects).toEqual([]);
    expect(fake.hangups).toHaveLength(3);
    expect(told.customers.every((c) => c.answeredMs === null && c.goneMs !== null)).toBe(true);
  });

  it('is not begun where no agent is free, and that is told', async () => {
    fake.reaches = false;
    const told = await storm({ seconds: 0.3, drainMs: 50 });
    expect(told.customers).toHaveLength(6);
    expect(told.withoutAgent).toBe(3);
  });

  it('an agent is free again after his wrap-up', async () => {
    const told = await storm({ agents: AGENTS.slice(0, 1), perAgent: 1, rate: 3, seconds: 0.9 });
    expect(told.withoutAgent).toBe(0);
    expect(fake.redirects.map((r) => r.to)).toEqual(['101', '101', '101']);
  });
});

describe('a steady pace', () => {
  it('customers wait for the first agent who is free', async () => {
    fake.plan = () => ({ answersMs: 5 });
    const told = await storm({ mode: 'plain', rate: 40, seconds: 0.1, agents: AGENTS.slice(0, 1) });
    expect(told.customers).toHaveLength(4);
    expect(told.customers.every((c) => c.joinedMs !== null)).toBe(true);
  });
});

describe('what goes wrong', () => {
  it('a telephone that rings though nobody was sent there is a double join', async () => {
    fake.plan = () => 'silent';
    setTimeout(() => fake.world.say('Event: UserEvent\nUserEvent: Far\nWhat: agent-rings\nSlot: 1234\nAgent: 102\n\n'), 60);
    expect((await storm({ drainMs: 100 })).doubleJoins).toBe(1);
  });

  it('an Originate that the PBX refuses is one that failed, and the storm goes on', async () => {
    fake.pbx.answer = (a) => reply(a, a['action']?.[0] === 'Originate' ? 'Error' : 'Success', 'Message: no');
    const told = await storm();
    expect(told.customers.map((c) => c.told)).toEqual(['refused', 'refused', 'refused']);
    expect(told.trouble).toBeNull();
  });

  it('a connection that the PBX closes ends the storm with that reason', async () => {
    setTimeout(() => {
      for (const socket of fake.pbx.sockets) socket.destroy();
    }, 100);
    const told = await storm({ seconds: 5, agents: [...AGENTS, ...AGENTS] });
    expect(told.seconds).toBeLessThan(2);
    expect(told.trouble).toMatch(/AMI 127.0.0.1/);
  });

  it('every call has a name of its own, of which none is the beginning of another', async () => {
    await storm({ seconds: 0.2 });
    const ids = fake.pbx.received.filter((a) => a['action']?.[0] === 'Originate').map((a) => a['channelid']?.[0] ?? '');
    expect(new Set(ids).size).toBe(6);
    expect(ids.filter((id) => ids.some((other) => other !== id && other.startsWith(id)))).toEqual([]);
  });
});
