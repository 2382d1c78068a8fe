import { setTimeout as pause } from 'node:timers/promises';
import type { Ami, AmiEvent } from '../../asterisk/ami.ts';
import { withHeader } from '../../asterisk/ami-packet.ts';
import type { Side } from '../lab/side.ts';
import { callIdOf } from './call-id.ts';

const IAX_POLL_MS = 50;
/** A channel that has taken so many steps runs in a circle: what it says of them would drown all other calls. */
const CIRCLE_STEPS = 4000;

/** Everything that the PBX said about one call, by its Linkedid. Times in ms of performance.now(). */
export interface Watched {
  readonly linkedid: string;
  readonly channels: Map<string, Channel>;
  readonly steps: Step[];
  readonly played: { readonly channel: string; readonly file: string }[];
  readonly music: { readonly channel: string; readonly musicClass: string }[];
  readonly recordings: string[];
  /** Digits that the PBX took from a channel. */
  readonly digits: { readonly channel: string; readonly digit: string }[];
}

export interface Channel {
  readonly name: string;
  /** By which its call records name it. */
  readonly uniqueid: string;
  gone: boolean;
  cause: number;
}

/** One priority that was executed. */
export interface Step {
  readonly channel: string;
  readonly context: string;
  readonly extension: string;
  readonly priority: number;
  readonly application: string;
  readonly data: string;
}

/** A channel of the PBX, and the call that it belongs to. */
export interface Tied {
  readonly linkedid: string;
  readonly channel: string;
}

/**
 * Watches the PBX over AMI and files each event under its call. Who a SIP leg belongs to is told by its Call-ID, which both sides
 * know: a telephone of `world` asks here for the call of the leg that it was given.
 */
export class Watch {
  private readonly ami: Ami;
  private readonly breakOff: (channel: string) => void;
  private readonly prompts: (prompt: string) => readonly string[];
  private readonly calls = new Map<string, Watched>();
  private readonly linkedidOf = new Map<string, string>();
  private readonly byCallId = new Map<string, Tied>();
  private readonly callIdWaiters = new Map<string, ((tied: Tied) => void)[]>();
  private readonly unnamed: { readonly endpoint: string; readonly extension: string; readonly linkedid: string }[] = [];
  private readonly rooms = new Rooms();
  private readonly stepsTaken = new Map<string, number>();
  private readonly listeners = new Map<string, Set<(e: AmiEvent) => void>>();
  private readonly stop: () => void;

  /** @param breakOff hangs a channel up by another way than AMI, whose session reads no action while events come faster than it writes them (main/manager.c) */
  constructor(ami: Ami, { breakOff, prompts }: { breakOff: (channel: string) => void; prompts: Side['prompts'] }) {
    this.ami = ami;
    this.breakOff = breakOff;
    this.prompts = prompts;
    this.stop = ami.on('*', (event) => {
      for (const told of this.inOtherWords(event)) this.take(told);
    });
  }

  close(): void {
    this.stop();
  }

  call(linkedid: string): Watched | undefined {
    return this.calls.get(linkedid);
  }

  /** The PBX's channel with this SIP Call-ID; waits until it shows. @throws Error after `timeoutMs`. */
  async channelByCallId(callId: string, timeoutMs: number): Promise<Tied> {
    const known = this.byCallId.get(callId);
    if (known !== undefined) return known;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no channel of the PBX has the Call-ID ${callId}`)), timeoutMs);
      const waiters = this.callIdWaiters.get(callId) ?? [];
      waiters.push((tied) => {
        clearTimeout(timer);
        resolve(tied);
      });
      this.callIdWaiters.set(callId, waiters);
    });
  }

  /**
   * The Linkedid of a channel that was gone before it could be asked for its Call-ID: by the endpoint that called and what it dialled.
   * null where there is none.
   */
  takeUnnamed(endpoint: string, extension: string): string | null {
    const at = this.unnamed.findIndex((u) => u.endpoint === endpoint && u.extension === extension);
    return at === -1 ? null : (this.unnamed.splice(at, 1)[0]?.linkedid ?? null);
  }

  /**
   * The PBX's channel whose far end has this IAX2 call number: IAX2 has no Call-ID, but each side numbers its calls and knows the other's number.
   * @throws Error after `timeoutMs`.
   */
  async channelByIaxNumber(number: number, timeoutMs: number): Promise<Tied> {
    const until = performance.now() + timeoutMs;
    while (performance.now() < until) {
      const own = iaxNumbers(await this.ami.command('iax2 show channels')).get(number);
      for (const [channel, linkedid] of own === undefined ? [] : this.linkedidOf) {
        const live =
          channel.startsWith('IAX2/') && channel.endsWith(`-${own}`) && this.calls.get(linkedid)?.channels.get(channel)?.gone === false;
        if (live) return { channel, linkedid };
      }
      await pause(IAX_POLL_MS);
    }
    throw new Error(`no channel of the PBX has the far end ${number}`);
  }

  /** Calls back on every event of one call. Returns what ends it. */
  onCall(linkedid: string, listener: (e: AmiEvent) => void): () => void {
    const set = this.listeners.get(linkedid) ?? new Set();
    set.add(listener);
    this.listeners.set(linkedid, set);
    return () => set.delete(listener);
  }

  private inOtherWords(event: AmiEvent): AmiEvent[] {
    const played = event['Event'] === 'TestEvent' && event['State'] === 'PLAYBACK' ? event['Message'] : undefined;
    // a key that interrupts a prompt is told as one without a name
    if (played === undefined || played === '') return [event];
    return this.prompts(played).map((prompt) => withHeader(event, 'Message', prompt));
  }

  private take(event: AmiEvent): void {
    // a channel that another took the place of (a pick-up, a transfer) goes under another name
    const name = (event['Channel'] ?? '').replace(/<(ZOMBIE|MASQ)>$/, '');
    if (event['Event'] === 'Newchannel') this.begin(event, name);
    for (const recorded of this.rooms.recordedBy(event, name))
      this.calls.get(this.linkedidOf.get(recorded) ?? '')?.recordings.push(recorded);
    const linkedid = this.linkedidOf.get(name);
    const call = linkedid === undefined ? undefined : this.calls.get(linkedid);
    if (call === undefined) return;
    if (event['Event'] === 'Newexten') this.breakCircle(call, name);
    file(call, event, name);
    for (const listener of this.listeners.get(call.linkedid) ?? []) listener(event);
  }

  /** Ends a call that would never end by itself, with all of its channels: a queue would only begin again. */
  private breakCircle(call: Watched, channel: string): void {
    const taken = (this.stepsTaken.get(channel) ?? 0) + 1;
    this.stepsTaken.set(channel, taken);
    if (taken % CIRCLE_STEPS !== 0) return;
    for (const { name, gone } of call.channels.values()) if (!gone) this.breakOff(name);
  }

  private begin(event: AmiEvent, name: string): void {
    const linkedid = event['Linkedid'] ?? '';
    const call = this.calls.get(linkedid) ?? newCall(linkedid);
    this.calls.set(linkedid, call);
    this.linkedidOf.set(name, linkedid);
    call.channels.set(name, { name, uniqueid: event['Uniqueid'] ?? '', gone: false, cause: 0 });
    // one that came in: a call that was placed by IAX2
    if (name.startsWith('IAX2/') && event['Uniqueid'] === linkedid)
      this.unnamed.push({ endpoint: endpointOf(name), extension: event['Exten'] ?? '', linkedid });
    if (isSip(name)) void this.learnCallId(name, linkedid, event['Exten'] ?? '');
  }

  private async learnCallId(channel: string, linkedid: string, extension: string): Promise<void> {
    const callId = await callIdOf(this.ami, channel);
    if (callId === null) {
      this.unnamed.push({ endpoint: endpointOf(channel), extension, linkedid });
      return;
    }
    const tied = { linkedid, channel };
    this.byCallId.set(callId, tied);
    for (const waiter of this.callIdWaiters.get(callId) ?? []) waiter(tied);
    this.callIdWaiters.delete(callId);
  }
}

/** Conferences: a room is recorded by a channel of its own, which belongs to no call. Whoever is in a room while it is recorded, is. */
class Rooms {
  private readonly recorded = new Set<string>();
  private readonly inside = new Map<string, Set<string>>();

  /** Channels that are recorded from this event on. */
  recordedBy(event: AmiEvent, channel: string): readonly string[] {
    if (event['Event']?.startsWith('Confbridge') !== true) return [];
    // a room that is left goes on under its name until its recording is closed, while the next callers are in another of that name
    const room = event['BridgeUniqueid'] ?? event['Conference'] ?? '';
    const inside = this.inside.get(room) ?? new Set();
    this.inside.set(room, inside);
    switch (event['Event']) {
      case 'ConfbridgeJoin':
        inside.add(channel);
        return this.recorded.has(room) ? [channel] : [];
      case 'ConfbridgeRecord':
        this.recorded.add(room);
        return [...inside];
      case 'ConfbridgeLeave':
        inside.delete(channel);
        return [];
      case 'ConfbridgeStopRecord':
      case 'ConfbridgeEnd':
        this.recorded.delete(room);
        return [];
      default:
        return [];
    }
  }
}

/** '130' of the channel 'IAX2/130-4711'. */
export function endpointOf(channel: string): string {
  return channel.slice(channel.indexOf('/') + 1, channel.lastIndexOf('-'));
}

/** 4711 of the channel 'IAX2/130-4711'; NaN of one that has no such number. */
export function iaxNumberOf(channel: string): number {
  return channel.startsWith('IAX2/') ? Number(channel.slice(channel.lastIndexOf('-') + 1)) : Number.NaN;
}

/** Far ends' call numbers and the PBX's own for the same call, of the column 'ID (Lo/Rem)' of `iax2 show channels`. */
export function iaxNumbers(text: string): Map<number, number> {
  return new Map([...text.matchAll(/^IAX2\/.*?\s(\d{5})\/(\d{5})\s/gm)].map(([, own, far]) => [Number(far), Number(own)]));
}

/** Of chan_pjsip, or of the old box's chan_sip. */
function isSip(channel: string): boolean {
  return /^(PJ)?SIP\//.test(channel);
}

function newCall(linkedid: string): Watched {
  return { linkedid, channels: new Map(), steps: [], played: [], music: [], recordings: [], digits: [] };
}

function file(call: Watched, event: AmiEvent, channel: string): void {
  switch (event['Event']) {
    case 'Newexten':
      call.steps.push({
        channel,
        context: event['Context'] ?? '',
        extension: event['Extension'] ?? '',
        priority: Number(event['Priority'] ?? 0),
        application: event['Application'] ?? '',
        data: event['AppData'] ?? '',
      });
      break;
    case 'TestEvent':
      if (event['State'] === 'PLAYBACK' && (event['Message'] ?? '') !== '') call.played.push({ channel, file: event['Message'] ?? '' });
      break;
    case 'MusicOnHoldStart':
      call.music.push({ channel, musicClass: event['Class'] ?? '' });
      break;
    case 'MixMonitorStart':
    // of the application Monitor
    case 'MonitorStart':
      call.recordings.push(channel);
      break;
    case 'DTMFEnd':
      if (event['Direction'] === 'Received') call.digits.push({ channel, digit: event['Digit'] ?? '' });
      break;
    case 'Hangup': {
      const held = call.channels.get(channel);
      if (held !== undefined) {
        held.gone = true;
        held.cause = Number(event['Cause'] ?? 0);
      }
      break;
    }
  }
}
