import type { Ami, AmiEvent } from '../../../asterisk/ami.ts';
import { Agents, type Seat } from './agents.ts';
import type { Customer, Job, Told } from './job.ts';

/** A customer as the storm goes on. */
interface Call {
  readonly customer: { -readonly [K in keyof Customer]: Customer[K] };
  readonly id: string;
  readonly race: Race;
  channel: string | null;
  over: boolean;
}

/** Customers who are called for one agent. */
interface Race {
  seat: Seat | null;
  readonly calls: Call[];
  winner: Call | null;
}

/** Actions of the storm's end are given so long. */
const LAST_ACTION_MS = 2000;

/**
 * One storm. It goes by what the PBX tells it, as a dialler does; what it measures is by the far side's word.
 * Pure of how it is connected: two logged-in managers and a clock.
 */
export class Dialler {
  private readonly job: Job;
  private readonly pbx: Ami;
  private readonly agents: Agents;
  private readonly began = performance.now();
  private readonly calls: Call[] = [];
  private readonly bySlot = new Map<number, Call>();
  /** Customers who answered when no agent was free. */
  private readonly waiting: Call[] = [];
  private doubleJoins = 0;
  private withoutAgent = 0;
  private open = 0;
  private settled: () => void = () => undefined;

  constructor(job: Job, managers: { readonly pbx: Ami; readonly world: Ami }) {
    this.job = job;
    this.pbx = managers.pbx;
    this.agents = new Agents(job.agents, job.seats);
    managers.world.on('UserEvent', (e) => this.farSide(e));
  }

  /** Calls until the time is over and everything has ended, or was hung up because it had not. */
  async run(lost: Promise<Error>): Promise<Omit<Told, 'cpuSeconds' | 'loopLagMs'>> {
    let trouble: string | null = null;
    const ended = lost.then((error) => {
      trouble = error.message;
    });
    await Promise.race([this.place(() => trouble !== null), ended]);
    if (trouble === null) await Promise.race([this.drained(), pause(this.job.drainMs), ended]);
    if (trouble === null) await this.hangUpAll();
    const seconds = this.now() / 1000;
    const customers = this.calls.map((c) => c.customer);
    return { customers, doubleJoins: this.doubleJoins, withoutAgent: this.withoutAgent, seconds, trouble };
  }

  /** Races begin at even distances, whatever becomes of those before: a PBX that is slow does not slow its dialler down. */
  private async place(stop: () => boolean): Promise<void> {
    const size = this.job.mode === 'race' ? this.job.perAgent : 1;
    const gapMs = (size * 1000) / this.job.rate;
    for (let n = 0; n * gapMs < this.job.seconds * 1000 && !stop(); n++) {
      await pause(n * gapMs - this.now());
      this.begin(size);
    }
  }

  private begin(size: number): void {
    const seat = this.job.mode === 'plain' ? null : this.agents.take();
    if (seat === null && this.job.mode !== 'plain') {
      this.withoutAgent += size;
      return;
    }
    const race: Race = { seat, calls: [], winner: null };
    for (let i = 0; i < size; i++) this.originate(race);
  }

  private originate(race: Race): void {
    const { job } = this;
    const slot = (job.firstSlot + this.calls.length) % 10 ** job.slotDigits;
    const number = job.stem + String(slot).padStart(job.slotDigits, '0');
    const id = `storm-${String(this.calls.length).padStart(8, '0')}-`;
    const call: Call = { customer: newCustomer(slot, this.now()), id, race, channel: null, over: false };
    this.calls.push(call);
    this.open++;
    this.bySlot.set(slot, call);
    race.calls.push(call);
    const { customer } = call;
    this.pbx
      .originate({
        channel: `Local/${number}@${job.context}/n`,
        to: { context: job.holdContext, extension: 's' },
        callerId: `<${number}>`,
        ringMs: job.ringMs,
        channelId: `${id}1`,
        otherChannelId: `${id}2`,
        variables: job.variables,
      })
      .then(
        (result) => {
          Object.assign(customer, { toldMs: this.now(), told: result.answered ? 'answered' : 'failed', reason: result.reason });
          call.channel = result.channel;
          if (result.answered) this.answered(call);
          else this.ended(call);
        },
        () => {
          Object.assign(customer, { toldMs: this.now(), told: 'refused' });
          this.ended(call);
        },
      );
  }

  /** The first who answers is joined with the agent, the others are cut. */
  private answered(call: Call): void {
    const { race, customer } = call;
    if (customer.cutMs !== null || race.winner !== null) {
      this.cut(call);
      return;
    }
    // he has hung up meanwhile: the others go on
    if (customer.goneMs !== null) {
      this.ended(call);
      return;
    }
    race.winner = call;
    for (const other of race.calls) if (other !== call && !other.over) this.cut(other);
    race.seat ??= this.agents.take();
    if (race.seat === null) this.waiting.push(call);
    else this.join(call, race.seat);
  }

  private join(call: Call, seat: Seat): void {
    this.agents.expect(seat, call.customer.slot);
    this.pbx
      .action({ Action: 'Redirect', Channel: channelOf(call), Context: this.job.agentContext, Exten: seat.extension, Priority: '1' })
      .catch(() => this.ended(call));
  }

  private cut(call: Call): void {
    call.customer.cutMs ??= this.now();
    // gone already: then there is nothing to cut
    this.pbx.action({ Action: 'Hangup', Channel: channelOf(call), Cause: '16' }).catch(() => undefined);
    if (call.customer.told !== null) this.ended(call);
  }

  /** The call is over for the dialler; with the one that was joined, or the last of those of whom none was, the agent is free again. */
  private ended(call: Call): void {
    if (call.over) return;
    call.over = true;
    this.open--;
    const { race } = call;
    if (race.seat !== null && (race.winner === call || (race.winner === null && race.calls.every((c) => c.over)))) {
      const { seat } = race;
      race.seat = null;
      setTimeout(() => this.release(seat), this.job.wrapUpMs).unref();
    }
    if (this.open === 0) this.settled();
  }

  /** The agent takes whoever waits. */
  private release(seat: Seat): void {
    const next = this.waiting.find((c) => !c.over);
    this.waiting.splice(0, next === undefined ? this.waiting.length : this.waiting.indexOf(next) + 1);
    if (next === undefined) {
      this.agents.release(seat);
      return;
    }
    next.race.seat = seat;
    this.join(next, seat);
  }

  private farSide(e: AmiEvent): void {
    if (e['UserEvent'] !== 'Far') return;
    const slot = Number(e['Slot']);
    const agent = decodeURIComponent(e['Agent'] ?? '');
    const now = this.now();
    const customer = this.bySlot.get(slot)?.customer;
    switch (e['What']) {
      case 'agent-rings': {
        const sent = this.agents.rings(agent, slot);
        const joined = this.customerOf(sent);
        if (joined === undefined) this.doubleJoins++;
        else joined.agentRangMs ??= now;
        return;
      }
      case 'agent-answers': {
        const joined = this.customerOf(this.agents.answers(agent, slot));
        if (joined !== undefined) joined.joinedMs ??= now;
        return;
      }
      case 'rings':
        if (customer !== undefined) customer.rangMs ??= now;
        return;
      case 'answers':
        if (customer !== undefined) customer.answeredMs ??= now;
        return;
      case 'gone':
        if (customer !== undefined) customer.speech ??= speechOf(e);
        this.gone(slot, now);
        return;
    }
  }

  private customerOf(slot: number | null): Call['customer'] | undefined {
    return slot === null ? undefined : this.bySlot.get(slot)?.customer;
  }

  private gone(slot: number, now: number): void {
    const call = this.bySlot.get(slot);
    if (call === undefined) return;
    call.customer.goneMs ??= now;
    // of one who never answered OriginateResponse tells
    if (call.customer.told === 'answered') this.ended(call);
  }

  private drained(): Promise<void> {
    return new Promise((resolve) => {
      this.settled = resolve;
      if (this.open === 0) resolve();
    });
  }

  private async hangUpAll(): Promise<void> {
    const left = this.calls.filter((c) => !c.over || (c.customer.rangMs !== null && c.customer.goneMs === null));
    await Promise.allSettled(left.map((c) => this.pbx.action({ Action: 'Hangup', Channel: channelOf(c) }, { timeoutMs: LAST_ACTION_MS })));
  }

  private now(): number {
    return performance.now() - this.began;
  }
}

function newCustomer(slot: number, sentMs: number): Customer {
  return {
    slot,
    sentMs,
    rangMs: null,
    answeredMs: null,
    agentRangMs: null,
    joinedMs: null,
    goneMs: null,
    toldMs: null,
    told: null,
    reason: null,
    cutMs: null,
    speech: null,
  };
}

function speechOf({ Got: got = '', Lost: lost = '' }: AmiEvent): Customer['speech'] {
  const isCounted = /^\d+$/.test(got) && /^\d+$/.test(lost) && Number(got) > 0;
  return isCounted ? { got: Number(got), lost: Number(lost) } : null;
}

/** A channel is known by its Uniqueid before its name is. */
function channelOf({ channel, id }: Call): string {
  return channel ?? `${id}1`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
