import type { Ami, AmiEvent } from '../../asterisk/ami.ts';
import { type Ref, refText } from '../../model/ref.ts';
import type { Side } from '../lab/side.ts';
import type { Caller } from '../scenario.ts';
import { ActiveCall, type CallToPlace } from './active-call.ts';
import { callIdOf } from './call-id.ts';
import { iaxNumberOf, type Tied, Watch } from './watch.ts';

export interface ExchangeOptions {
  readonly world: Ami;
  readonly pbx: Ami;
  /** What to dial so that a call has this time of its own. */
  timed(number: string, at: string): string;
  /** Dial string by which world calls this number for a telephone or carrier; null: world plays no such. */
  dialString(caller: Caller, number: string): string | null;
  /** Whom a channel of the PBX calls, where world took the call for `told`; null: it does not tell. */
  calledBy(pbxChannel: string, told: string): Ref | null;
  /** The same caller's endpoint in the PBX. */
  pbxEndpointOf(caller: Caller): string;
  /** Hangs up a channel of the PBX that runs in a circle. */
  breakOff(channel: string): void;
  /** What the new PBX plays where this one plays a prompt. */
  readonly prompts: Side['prompts'];
  readonly signal: AbortSignal;
}

/** How long the PBX may take to clear a call after the caller has gone. */
const CLEARING_MS = 15_000;
/** How long a leg of world may take to find the call that it belongs to. */
const TIE_MS = 10_000;
/** How long to wait, once a caller was hung up, for the PBX's side of a call that lasted no time at all. */
const UNTIED_MS = 500;

/** Places calls from `world` into the PBX, and ties every leg that world is given to the call that it belongs to. */
export class Exchange {
  private readonly o: ExchangeOptions;
  private readonly watch: Watch;
  private readonly byChannelId = new Map<string, ActiveCall>();
  private readonly byLinkedid = new Map<string, ActiveCall>();
  private readonly waitingLegs = new Map<string, { event: AmiEvent; pbxChannel: string }[]>();
  private readonly byWorldChannel = new Map<string, ActiveCall>();
  private readonly stop: () => void;

  constructor(o: ExchangeOptions) {
    this.o = o;
    this.watch = new Watch(o.pbx, o);
    this.stop = o.world.on('*', (event) => this.onWorld(event));
  }

  close(): void {
    this.stop();
    this.watch.close();
  }

  /** Begins a call; leave() ends the watch over it. The outcome of the Originate ends one whose leg never came to be, or whose end was not told. */
  place(placing: CallToPlace): ActiveCall {
    const call = new ActiveCall({ call: placing, world: this.o.world, watch: this.watch });
    const { caller, longestMs } = placing;
    const number = this.numberOf(placing);
    const channel = this.o.dialString(caller, number);
    if (channel === null) {
      call.notPlaced(`the lab plays no ${caller.as} ${caller.ref?.id ?? ''} that could call`);
      return call;
    }
    const channelId = nextChannelId();
    this.byChannelId.set(channelId, call);
    this.o.world
      .originate({
        channel,
        channelId,
        to: { context: 'caller', extension: 's' },
        ringMs: longestMs + CLEARING_MS,
        ...(caller.as === 'carrier' ? { callerId: callerIdText(caller.name, caller.number) } : {}),
      })
      .then(
        ({ answered, reason }) => answered || call.notAnswered(reason),
        (error: unknown) => call.notPlaced(error instanceof Error ? error.message : String(error)),
      );
    return call;
  }

  private numberOf({ dial, at }: CallToPlace): string {
    return at === null ? dial : this.o.timed(dial, at);
  }

  /** Waits, for `ms` at most and what the PBX takes to clear a call, until this holds of the call. @returns null, or why it does not. */
  async until(call: ActiveCall, holds: () => boolean, ms: number): Promise<string | null> {
    let timer: NodeJS.Timeout | undefined;
    let onAbort = (): void => undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(leftText(call)), ms + CLEARING_MS);
      onAbort = () => resolve('interrupted');
      this.o.signal.addEventListener('abort', onAbort, { once: true });
      if (this.o.signal.aborted) onAbort();
    });
    const outcome = await Promise.race([call.when(() => holds() || call.finished()).then(() => null), late]);
    clearTimeout(timer);
    this.o.signal.removeEventListener('abort', onAbort);
    return outcome ?? call.trouble;
  }

  /** The call is done with, whether or not it has ended. */
  leave(call: ActiveCall): void {
    call.hangUp();
    call.close();
    for (const map of [this.byChannelId, this.byWorldChannel, this.byLinkedid]) {
      for (const [key, owner] of map) if (owner === call) map.delete(key);
    }
  }

  private onWorld(event: AmiEvent): void {
    const channel = event['Channel'] ?? '';
    const caller = this.byChannelId.get(event['Uniqueid'] ?? '');
    if (event['Event'] === 'Newchannel' && caller !== undefined) {
      caller.callerChannel = channel;
      this.byWorldChannel.set(channel, caller);
      void this.tieCaller(caller, channel);
    } else if (event['Event'] === 'UserEvent' && event['UserEvent'] === 'Rang') {
      void this.tieLeg(event);
    }
    this.byWorldChannel.get(channel)?.onWorld(event);
    if (event['Event'] === 'Hangup' && caller !== undefined) setTimeout(() => this.tieLate(caller), UNTIED_MS);
  }

  /** A call may be over before its Call-ID could be asked for. */
  private tieLate(call: ActiveCall): void {
    if (call.linkedid !== null) return;
    const linkedid = this.watch.takeUnnamed(this.o.pbxEndpointOf(call.call.caller), this.numberOf(call.call));
    if (linkedid === null) call.refused();
    else this.tie(call, linkedid);
  }

  private async tieCaller(call: ActiveCall, channel: string): Promise<void> {
    // a call that the PBX refuses before a channel exists never shows there
    const tied = await this.pbxChannelOf(channel, () => callIdOf(this.o.world, channel)).catch(() => null);
    if (tied !== null && call.linkedid === null) this.tie(call, tied.linkedid);
  }

  private tie(call: ActiveCall, linkedid: string): void {
    this.byLinkedid.set(linkedid, call);
    call.tie(linkedid);
    for (const leg of this.waitingLegs.get(linkedid) ?? []) this.giveLeg(call, leg.event, leg.pbxChannel);
    this.waitingLegs.delete(linkedid);
  }

  /** The PBX's side of a channel of world. */
  private async pbxChannelOf(channel: string, callId: () => Promise<string | null>): Promise<Tied | null> {
    const number = iaxNumberOf(channel);
    if (!Number.isNaN(number)) return this.watch.channelByIaxNumber(number, TIE_MS);
    const id = await callId();
    return id === null ? null : this.watch.channelByCallId(id, TIE_MS);
  }

  private async tieLeg(event: AmiEvent): Promise<void> {
    const tied = await this.pbxChannelOf(event['Channel'] ?? '', async () => event['CallId'] ?? '').catch(() => null);
    if (tied === null) return;
    const call = this.byLinkedid.get(tied.linkedid);
    if (call !== undefined) this.giveLeg(call, event, tied.channel);
    else this.waitingLegs.set(tied.linkedid, [...(this.waitingLegs.get(tied.linkedid) ?? []), { event, pbxChannel: tied.channel }]);
  }

  private giveLeg(call: ActiveCall, event: AmiEvent, pbxChannel: string): void {
    this.byWorldChannel.set(event['Channel'] ?? '', call);
    const told = event['Leg'] ?? '';
    const called = this.o.calledBy(pbxChannel, told);
    // a telephone on IAX2 is called without a number
    const dialled = told === '' && called?.kind === 'device' ? called.id : event['Dialled'];
    call.leg(event, { pbxChannel, leg: called === null ? told : refText(called), dialled });
  }
}

let placed = 0;

/**
 * A name for a caller's channel, of the same length as all others: Asterisk refuses an id that is the beginning of another channel's ("already in use by", main/channelstorage_ao2_legacy.c),
 * and of calls that are placed together 'call-10' may come to be before 'call-1'.
 */
function nextChannelId(): string {
  return `call-${String(++placed).padStart(8, '0')}`;
}

function callerIdText(name: string, number: string): string {
  return name === '' ? `<${number}>` : `"${name}" <${number}>`;
}

function leftText(call: ActiveCall): string {
  if (call.ending === null) return `the caller (${call.callerChannel ?? 'no channel of world'}) is still there after all its time`;
  const left = [...(call.seen()?.channels.values() ?? [])].filter((c) => !c.gone).map((c) => c.name);
  return `the caller has gone, and the PBX still has ${left.join(', ')}`;
}
