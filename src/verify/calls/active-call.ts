import type { Ami, AmiEvent } from '../../asterisk/ami.ts';
import { parseRef, type Ref, refText } from '../../model/ref.ts';
import type { Act, Scenario } from '../scenario.ts';
import type { Watch, Watched } from './watch.ts';

/** A leg that `world` was given in a call. Times in ms of performance.now(). */
export interface LegSeen {
  readonly to: Ref | string;
  readonly dialled: string;
  readonly shown: { readonly number: string; readonly name: string };
  /** Channel of world. */
  readonly channel: string;
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
  readonly scenario: Scenario;
  readonly legs: LegSeen[] = [];
  callerChannel: string | null = null;
  pbxChannel: string | null = null;
  linkedid: string | null = null;
  answeredAt: number | null = null;
  ending: Ending | null = null;
  /** The PBX never had a channel for it. */
  neverThere = false;
  readonly startedAt = performance.now();

  private readonly world: Ami;
  private readonly watch: Watch;
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly changed: () => void;
  private hangsUp = false;
  private stopWatching: () => void = () => undefined;

  constructor(o: { scenario: Scenario; world: Ami; watch: Watch; changed: () => void }) {
    this.scenario = o.scenario;
    this.world = o.world;
    this.watch = o.watch;
    this.changed = o.changed;
    this.later(o.scenario.longestMs, () => this.hangUp());
  }

  /** The PBX's side of the call is known from now on. */
  tie(linkedid: string): void {
    this.linkedid = linkedid;
    this.stopWatching = this.watch.onCall(linkedid, (event) => this.onPbx(event));
    this.pbxChannel = [...(this.seen()?.channels.keys() ?? [])][0] ?? null;
    this.changed();
  }

  /** Something that kept world from placing it. */
  trouble: string | null = null;

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

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.stopWatching();
  }

  leg(event: AmiEvent): void {
    const text = event['Leg'] ?? '';
    const leg: LegSeen = {
      to: parseRef(text) ?? text,
      dialled: decode(event['Dialled']),
      // PJSIP leaves a quoted name as it stands in the header: what a telephone shows has its escapes undone
      shown: { number: decode(event['Number']), name: decode(event['Name']).replaceAll(/\\(["\\])/g, '$1') },
      channel: event['Channel'] ?? '',
      rangAt: performance.now(),
      answeredAt: null,
      goneAt: null,
    };
    this.legs.push(leg);
    for (const act of this.acts(leg, 'rings')) this.later(act.afterMs, () => this.act(leg, act));
  }

  /** A channel of world changed: the caller's own, or one of the legs. */
  onWorld(event: AmiEvent): void {
    const channel = event['Channel'] ?? '';
    const up = event['Event'] === 'Newstate' && event['ChannelStateDesc'] === 'Up';
    const gone = event['Event'] === 'Hangup';
    if (channel === this.callerChannel) {
      if (up && this.answeredAt === null) this.callerAnswered();
      if (gone) this.over(Number(event['Cause'] ?? NOT_TOLD));
    }
    const leg = this.legs.find((l) => l.channel === channel);
    if (leg !== undefined && up && leg.answeredAt === null) {
      leg.answeredAt = performance.now();
      for (const act of this.acts(leg, 'answered')) this.later(act.afterMs, () => this.act(leg, act));
    }
    if (leg !== undefined && gone) leg.goneAt = performance.now();
    this.changed();
  }

  private callerAnswered(): void {
    this.answeredAt = performance.now();
    for (const act of this.scenario.acts) {
      if (act.who === 'caller' && act.when === 'answered') this.later(act.afterMs, () => this.callerDoes(act));
    }
  }

  private onPbx(event: AmiEvent): void {
    if (event['Event'] === 'TestEvent' && event['State'] === 'PLAYBACK' && event['Channel'] === this.pbxChannel) {
      for (const act of this.scenario.acts) {
        if (act.who === 'caller' && typeof act.when === 'object' && act.when.heard === event['Message']) {
          this.later(act.afterMs, () => this.callerDoes(act));
        }
      }
    }
    this.changed();
  }

  private acts(leg: LegSeen, when: 'rings' | 'answered'): Act[] {
    const name = typeof leg.to === 'string' ? leg.to : refText(leg.to);
    return this.scenario.acts.filter((a) => a.who !== 'caller' && refText(a.who) === name && a.when === when);
  }

  private act(leg: LegSeen, act: Act): void {
    if (leg.goneAt !== null || act.do === 'ignore') return;
    if (act.do === 'hangup') this.send({ Action: 'Hangup', Channel: leg.channel, Cause: '16' });
    else if (typeof act.do === 'object') this.press(leg.channel, act.do.keys);
    else this.send({ Action: 'Redirect', Channel: leg.channel, Context: 'act', Exten: act.do, Priority: '1' });
  }

  private callerDoes(act: Act): void {
    if (act.do === 'hangup') this.hangUp();
    else if (typeof act.do === 'object' && this.callerChannel !== null) this.press(this.callerChannel, act.do.keys);
  }

  hangUp(): void {
    if (this.ending !== null) return;
    this.hangsUp = true;
    if (this.callerChannel !== null) this.send({ Action: 'Hangup', Channel: this.callerChannel, Cause: '16' });
  }

  private press(channel: string, keys: string): void {
    [...keys].forEach((digit, i) => {
      this.later(i * 250, () => this.send({ Action: 'PlayDTMF', Channel: channel, Digit: digit, Duration: '120' }));
    });
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
