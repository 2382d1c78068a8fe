import type { Ami, AmiEvent } from '../../asterisk/ami.ts';
import type { Scenario, Trace } from '../scenario.ts';
import { ActiveCall } from './active-call.ts';
import { stepsOf, traceOf } from './trace.ts';
import { callIdOf, type Step, Watch } from './watch.ts';

/** What came of one call. */
export interface Placed {
  readonly trace: Trace;
  readonly linkedid: string | null;
  /** Something that kept the call from being judged: a defect of the lab, not of the PBX. */
  readonly trouble: string | null;
  readonly ms: number;
  /** The caller's way through the dialplan. */
  readonly way: readonly Step[];
}

export interface ExchangeOptions {
  readonly world: Ami;
  readonly pbx: Ami;
  /** Endpoint of world that calls for this telephone or carrier. */
  endpointOf(s: Scenario): string | null;
  /** The same caller's endpoint in the PBX. */
  pbxEndpointOf(s: Scenario): string;
  readonly signal: AbortSignal;
}

/** How long the PBX may take to clear a call after the caller has gone. */
const CLEARING_MS = 15_000;
/** How long a leg of world may take to find the call that it belongs to. */
const TIE_MS = 10_000;
/** How long to wait, once a caller was hung up, for the PBX's side of a call that lasted no time at all. */
const UNTIED_MS = 500;

/** Places calls from `world` into the PBX, plays all who are called, and gives the trace of each. */
export class Exchange {
  private readonly o: ExchangeOptions;
  private readonly watch: Watch;
  private readonly byChannelId = new Map<string, ActiveCall>();
  private readonly byLinkedid = new Map<string, ActiveCall>();
  private readonly waitingLegs = new Map<string, AmiEvent[]>();
  private readonly byWorldChannel = new Map<string, ActiveCall>();
  private readonly stop: () => void;
  private count = 0;

  constructor(o: ExchangeOptions) {
    this.o = o;
    this.watch = new Watch(o.pbx);
    this.stop = o.world.on('*', (event) => this.onWorld(event));
  }

  close(): void {
    this.stop();
    this.watch.close();
  }

  async place(scenario: Scenario): Promise<Placed> {
    const endpoint = this.o.endpointOf(scenario);
    const startedAt = performance.now();
    if (endpoint === null) throw new Error(`no endpoint of world can place ${scenario.id}`);
    const undo = await this.setAstdb(scenario.before.astdb);
    const channelId = `call-${++this.count}`;
    const finished = new Promise<void>((resolve) => {
      const call: ActiveCall = new ActiveCall({
        scenario,
        world: this.o.world,
        watch: this.watch,
        changed: () => call?.finished() && resolve(),
      });
      this.byChannelId.set(channelId, call);
    });
    const call = this.byChannelId.get(channelId) as ActiveCall;
    try {
      this.originate(call, endpoint, channelId);
      const trouble = await this.untilFinished(call, finished);
      return {
        trace: traceOf(call),
        linkedid: call.linkedid,
        trouble,
        ms: performance.now() - startedAt,
        way: stepsOf(call.seen(), call.pbxChannel),
      };
    } finally {
      this.forget(channelId, call);
      await undo();
    }
  }

  /** The outcome of the Originate ends a call whose leg never came to be, or whose end was not told. */
  private originate(call: ActiveCall, endpoint: string, channelId: string): void {
    const { scenario: s } = call;
    this.o.world
      .originate({
        channel: `PJSIP/${s.dial}@${endpoint}`,
        channelId,
        to: { context: 'caller', extension: 's' },
        ringMs: s.longestMs + CLEARING_MS,
        ...(s.caller.as === 'carrier' ? { callerId: callerIdText(s.caller.name, s.caller.number) } : {}),
      })
      .then(
        ({ answered, reason }) => answered || call.notAnswered(reason),
        (error: unknown) => call.notPlaced(error instanceof Error ? error.message : String(error)),
      );
  }

  /** null once all of the call is gone; else what is still there. */
  private async untilFinished(call: ActiveCall, finished: Promise<void>): Promise<string | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(leftText(call)), call.scenario.longestMs + CLEARING_MS);
      this.o.signal.addEventListener('abort', () => resolve('interrupted'), { once: true });
    });
    const outcome = await Promise.race([finished.then(() => null), late]);
    clearTimeout(timer);
    if (outcome !== null) call.hangUp();
    return outcome ?? call.trouble;
  }

  private forget(channelId: string, call: ActiveCall): void {
    call.close();
    this.byChannelId.delete(channelId);
    for (const [channel, owner] of this.byWorldChannel) if (owner === call) this.byWorldChannel.delete(channel);
    if (call.linkedid !== null) this.byLinkedid.delete(call.linkedid);
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
    const linkedid = this.watch.takeUnnamed(this.o.pbxEndpointOf(call.scenario), call.scenario.dial);
    if (linkedid === null) call.refused();
    else this.tie(call, linkedid);
  }

  private async tieCaller(call: ActiveCall, channel: string): Promise<void> {
    const callId = await callIdOf(this.o.world, channel);
    if (callId === null) return;
    // a call that the PBX refuses before a channel exists never shows there
    const linkedid = await this.watch.linkedidByCallId(callId, TIE_MS).catch(() => null);
    if (linkedid !== null && call.linkedid === null) this.tie(call, linkedid);
  }

  private tie(call: ActiveCall, linkedid: string): void {
    this.byLinkedid.set(linkedid, call);
    call.tie(linkedid);
    for (const leg of this.waitingLegs.get(linkedid) ?? []) this.giveLeg(call, leg);
    this.waitingLegs.delete(linkedid);
  }

  private async tieLeg(event: AmiEvent): Promise<void> {
    const linkedid = await this.watch.linkedidByCallId(event['CallId'] ?? '', TIE_MS).catch(() => null);
    if (linkedid === null) return;
    const call = this.byLinkedid.get(linkedid);
    if (call !== undefined) this.giveLeg(call, event);
    else this.waitingLegs.set(linkedid, [...(this.waitingLegs.get(linkedid) ?? []), event]);
  }

  private giveLeg(call: ActiveCall, event: AmiEvent): void {
    this.byWorldChannel.set(event['Channel'] ?? '', call);
    call.leg(event);
  }

  /** Sets keys of the PBX's AstDB. Returns what puts them back. */
  private async setAstdb(wanted: Readonly<Record<string, string | null>>): Promise<() => Promise<void>> {
    const before: [string, string | null][] = [];
    for (const [key, value] of Object.entries(wanted)) {
      before.push([key, await this.getAstdb(key)]);
      await this.putAstdb(key, value);
    }
    return async () => {
      for (const [key, value] of before) await this.putAstdb(key, value);
    };
  }

  private async getAstdb(path: string): Promise<string | null> {
    const [family, key] = familyAndKey(path);
    const events = await this.o.pbx.list({ Action: 'DBGet', Family: family, Key: key }).catch(() => []);
    return events.find((e) => e['Event'] === 'DBGetResponse')?.['Val'] ?? null;
  }

  private async putAstdb(path: string, value: string | null): Promise<void> {
    const [family, key] = familyAndKey(path);
    if (value === null) await this.o.pbx.action({ Action: 'DBDel', Family: family, Key: key }).catch(() => undefined);
    else await this.o.pbx.action({ Action: 'DBPut', Family: family, Key: key, Val: value });
  }
}

/** 'AMPUSER/101/cidname' is the key '101/cidname' of the family AMPUSER. */
function familyAndKey(path: string): [string, string] {
  const slash = path.indexOf('/');
  return [path.slice(0, slash), path.slice(slash + 1)];
}

function callerIdText(name: string, number: string): string {
  return name === '' ? `<${number}>` : `"${name}" <${number}>`;
}

function leftText(call: ActiveCall): string {
  if (call.ending === null) return `the caller (${call.callerChannel ?? 'no channel of world'}) is still there after all its time`;
  const left = [...(call.seen()?.channels.values() ?? [])].filter((c) => !c.gone).map((c) => c.name);
  return `the caller has gone, and the PBX still has ${left.join(', ')}`;
}
