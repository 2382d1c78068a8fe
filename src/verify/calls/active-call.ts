import type { Ami, AmiEvent } from '../../asterisk/ami.ts';
import { parseRef, type Ref, refText } from '../../model/ref.ts';
import { KEY_MS } from '../../model/walk/timeline.ts';
import { KEY_DOWN_MS } from '../lab/world-files.ts';
import type { Act, EarlierCall, Scenario } from '../scenario.ts';
import { Part } from './part.ts';
import type { Watch, Watched } from './watch.ts';

/** A call to place: a scenario's own, or one that makes the situation for it. */
export interface CallToPlace extends Pick<Scenario, 'at' | 'caller' | 'dial' | 'acts' | 'longestMs'> {
  /** So many legs have rung: then it rings, for the caller. */
  readonly ringsWith: number;
}

/** A leg that `world` was given in a call. Times in ms of performance.now(). */
export interface LegSeen {
  readonly to: Ref | string;
  readonly dialled: string;
  readonly shown: { readonly number: string; readonly name: string };
  /** Channel of world. */
  readonly channel: string;
  /** The PBX's channel to it. */
  readonly pbxChannel: string;
  readonly part: Part;
  readonly rangAt: number;
  answeredAt: number | null;
  goneAt: number | null;
}

/** How the caller's leg ended. */
export interface Ending {
  readonly by: 'caller' | 'pbx';
  readonly cause: number;
}

/** Cause of an end for which none was told. */
const NOT_TOLD = 0;

/** One call under way: what `world` sees of it, and what it does about it. */
export class ActiveCall {
  readonly call: CallToPlace;
  readonly legs: LegSeen[] = [];
  callerChannel: string | null = null;
  pbxChannel: string | null = null;
  linkedid: string | null = null;
  answeredAt: number | null = null;
  ending: Ending | null = null;
  /** Something that kept world from placing it. */
  trouble: string | null = null;
  /** The PBX never had a channel for it. */
  private neverThere = false;
  private hangsUp = false;
  /** The caller's channel is in a bridge. */
  private talks = false;

  private readonly world: Ami;
  private readonly watch: Watch;
  private readonly caller: Part;
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly waiters = new Set<{ readonly holds: () => boolean; readonly resolve: () => void }>();
  /** When the last key that a channel was told to press is up. */
  private readonly pressedUntil = new Map<string, number>();
  private stopWatching: () => void = () => undefined;

  constructor(o: { call: CallToPlace; world: Ami; watch: Watch }) {
    this.call = o.call;
    this.world = o.world;
    this.watch = o.watch;
    this.caller = this.part(
      o.call.acts.filter((a) => a.who === 'caller'),
      (act) => this.callerDoes(act),
    );
    this.later(o.call.longestMs, () => this.hangUp());
  }

  /** Resolves once this holds of the call. */
  when(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => this.waiters.add({ holds, resolve }));
  }

  private changed(): void {
    for (const waiter of this.waiters) {
      if (!waiter.holds()) continue;
      this.waiters.delete(waiter);
      waiter.resolve();
    }
  }

  /** The PBX's side of the call is known from now on. */
  tie(linkedid: string): void {
    this.linkedid = linkedid;
    this.stopWatching = this.watch.onCall(linkedid, (event) => this.onPbx(event));
    this.pbxChannel = [...(this.seen()?.channels.keys() ?? [])][0] ?? null;
    // a prompt may have begun while the PBX was still asked whose channel this is
    for (const { channel, file } of this.seen()?.played ?? []) if (channel === this.pbxChannel) this.caller.hears(file);
    this.changed();
  }

  /** The Originate is over without an answer. */
  notAnswered(reason: number): void {
    if (this.callerChannel === null) this.notPlaced(`world made no channel for the caller (reason ${reason})`);
    else this.over(NOT_TOLD);
    this.changed();
  }

  notPlaced(why: string): void {
    this.trouble = why;
    this.neverThere = true;
    this.over(NOT_TOLD);
    this.changed();
  }

  private over(cause: number): void {
    this.ending ??= { by: this.hangsUp ? 'caller' : 'pbx', cause };
  }

  /** The PBX refused it before it was a call. */
  refused(): void {
    this.neverThere = true;
    this.changed();
  }

  seen(): Watched | undefined {
    return this.linkedid === null ? undefined : this.watch.call(this.linkedid);
  }

  /** The caller hung up or was hung up, and no channel of the PBX is left of this call. */
  finished(): boolean {
    if (this.ending === null) return false;
    const seen = this.seen();
    return seen === undefined ? this.neverThere : [...seen.channels.values()].every((c) => c.gone);
  }

  /** Whether it is so far; a call with a telephone that is to answer is answered once one has. */
  reached(until: EarlierCall['until']): boolean {
    if (until === 'over') return this.finished();
    if (until === 'rings') return this.legs.length > 0;
    if (typeof until === 'object') return this.seen()?.played.some((p) => p.channel === this.pbxChannel && p.file === until.heard) ?? false;
    const waitsForLeg = this.call.acts.some((a) => a.who !== 'caller' && a.do === 'answer');
    return this.answeredAt !== null && (!waitsForLeg || this.legs.some((l) => l.answeredAt !== null));
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.stopWatching();
  }

  leg(event: AmiEvent, { pbxChannel, leg: text, dialled }: { pbxChannel: string; leg: string; dialled: string | undefined }): void {
    const to = parseRef(text) ?? text;
    const channel = event['Channel'] ?? '';
    const leg: LegSeen = {
      to,
      dialled: decode(dialled),
      // PJSIP leaves a quoted name as it stands in the header: what a telephone shows has its escapes undone
      shown: { number: decode(event['Number']), name: decode(event['Name']).replaceAll(/\\(["\\])/g, '$1') },
      channel,
      pbxChannel,
      part: this.part(
        this.call.acts.filter((a) => a.who !== 'caller' && refText(a.who) === text),
        (act) => this.act(leg, act),
      ),
      rangAt: performance.now(),
      answeredAt: null,
      goneAt: null,
    };
    this.legs.push(leg);
    leg.part.is('rings');
    if (this.legs.length >= this.call.ringsWith) this.caller.is('rings');
    this.changed();
  }

  /** A channel of world changed: the caller's own, or one of the legs. */
  onWorld(event: AmiEvent): void {
    const channel = event['Channel'] ?? '';
    const up = event['Event'] === 'Newstate' && event['ChannelStateDesc'] === 'Up';
    const gone = event['Event'] === 'Hangup';
    if (channel === this.callerChannel) {
      if (up && this.answeredAt === null) {
        this.answeredAt = performance.now();
        this.caller.is('answered');
      }
      if (gone) this.over(Number(event['Cause'] ?? NOT_TOLD));
    }
    const leg = this.legs.find((l) => l.channel === channel);
    if (leg !== undefined && up && leg.answeredAt === null) {
      leg.answeredAt = performance.now();
      leg.part.is('answered');
      // of two Asterisks, either may be the first to say so
      if (this.talks) leg.part.is('talks');
    }
    if (leg !== undefined && gone) leg.goneAt = performance.now();
    this.changed();
  }

  private onPbx(event: AmiEvent): void {
    if (event['Event'] === 'TestEvent' && event['State'] === 'PLAYBACK') {
      const channel = event['Channel'];
      if (channel === this.pbxChannel) this.caller.hears(event['Message'] ?? '');
      this.legs.find((l) => l.pbxChannel === channel)?.part.hears(event['Message'] ?? '');
    }
    if (event['Channel'] === this.pbxChannel) this.bridged(event['Event']);
    this.changed();
  }

  /** The caller is joined with whoever answered, or no longer. */
  private bridged(event: string | undefined): void {
    if (event === 'BridgeLeave') this.talks = false;
    if (event !== 'BridgeEnter') return;
    this.talks = true;
    this.caller.is('talks');
    for (const leg of this.legs) if (leg.answeredAt !== null) leg.part.is('talks');
  }

  private part(acts: readonly Act[], perform: (act: Act) => void): Part {
    return new Part(acts, { later: (ms, what) => this.later(ms, what), perform });
  }

  private act(leg: LegSeen, act: Act): void {
    if (leg.goneAt !== null || act.do === 'ignore') return;
    if (act.do === 'hangup') this.send({ Action: 'Hangup', Channel: leg.channel, Cause: '16' });
    else if (typeof act.do === 'object') this.press(leg.channel, act.do.keys, leg.answeredAt !== null);
    else this.send({ Action: 'Redirect', Channel: leg.channel, Context: 'act', Exten: act.do, Priority: '1' });
  }

  private callerDoes(act: Act): void {
    if (act.do === 'hangup') this.hangUp();
    else if (typeof act.do === 'object' && this.callerChannel !== null) {
      const { when } = act;
      if (typeof when === 'object' && when.out === true) this.pressOnceQuiet(this.callerChannel, act.do.keys);
      else this.press(this.callerChannel, act.do.keys, this.answeredAt !== null);
    }
  }

  hangUp(): void {
    if (this.ending !== null) return;
    this.hangsUp = true;
    if (this.callerChannel !== null) this.send({ Action: 'Hangup', Channel: this.callerChannel, Cause: '16' });
  }

  /**
   * Keys go out one after another, those of the next act behind them. A channel that is up presses by itself (SendDTMF); one that is still called has
   * no dialplan, and is told each key over AMI, which holds up all other actions meanwhile (main/manager.c: a session does one at a time).
   */
  private press(channel: string, keys: string, up: boolean): void {
    const now = performance.now();
    const begin = Math.max(now, this.pressedUntil.get(channel) ?? 0);
    this.pressedUntil.set(channel, begin + keys.length * KEY_MS);
    if (up)
      this.later(begin - now, () => this.send({ Action: 'Redirect', Channel: channel, Context: 'press', Exten: keys, Priority: '1' }));
    else
      [...keys].forEach((Digit, i) => {
        this.later(begin - now + i * KEY_MS, () =>
          this.send({ Action: 'PlayDTMF', Channel: channel, Digit, Duration: String(KEY_DOWN_MS) }),
        );
      });
  }

  private pressOnceQuiet(channel: string, keys: string): void {
    this.send({ Action: 'Redirect', Channel: channel, Context: 'press-once-quiet', Exten: keys, Priority: '1' });
  }

  /** What goes wrong here (a leg that is gone meanwhile) shows in the trace. */
  private send(fields: Record<string, string>): void {
    this.world.action(fields).catch(() => undefined);
  }

  private later(ms: number, what: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      what();
    }, ms);
    this.timers.add(timer);
  }
}

function decode(text: string | undefined): string {
  try {
    return decodeURIComponent(text ?? '');
  } catch {
    return text ?? ''; // bytes that are not UTF-8: shown as they came
  }
}
