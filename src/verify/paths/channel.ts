import type { Process } from './scheduler.ts';
import type { Variables } from './variables.ts';

/** A place in the dialplan. */
export interface Place {
  readonly context: string;
  readonly number: string;
  readonly priority: number;
}

/** A routine that was entered by Gosub. `back` null: by an option of Dial or Queue, which goes on where it returns. */
export interface Frame {
  readonly back: Place | null;
  /** Variables that are its own. */
  readonly own: Set<string>;
  readonly argumentCount: number;
}

/** How somebody who is called stands to who calls him. */
export type LegState = 'ringing' | 'answered' | 'busy' | 'congestion' | 'no-channel' | 'gone';

/** Somebody who is called by Dial or Queue. */
export interface Leg {
  state: LegState;
  /** Q.850 cause that he leaves behind. */
  cause: number;
  /** He who answered is a person who presses 1 where he is asked to. */
  presses: boolean;
  /** Variables of his channel. */
  readonly variables: Variables;
  /** Ends his ringing, at the given moment. */
  readonly hangUp: () => void;
}

/** A channel on its way through the dialplan. */
export class Channel {
  readonly name: string;
  readonly depth: number;
  readonly variables: Variables;
  readonly frames: Frame[] = [];
  place: Place;
  caller: { number: string; name: string };
  presentation = 'allowed_not_screened';
  isUp = false;
  cause = 0;
  musicClass = '';
  digitSeconds = 5;
  /** Until the first key: Asterisk's own. */
  responseSeconds = 10;
  callRecord = new Map<string, string>();
  /** Who called it into being; null: the caller's own channel. */
  readonly leg: Leg | null;
  /** Waits for the leg. */
  readonly parent: Process | null;
  /** Its own. */
  process: Process | null = null;
  /** Whom it is calling now, or talks to. */
  calling: readonly Leg[] = [];
  /** Context in which it was asked for keys while a prompt was played, and keyed nothing. */
  askedIn: string | null = null;

  constructor(o: {
    name: string;
    depth: number;
    variables: Variables;
    place: Place;
    caller: { number: string; name: string };
    leg: Leg | null;
    parent: Process | null;
  }) {
    this.name = o.name;
    this.depth = o.depth;
    this.variables = o.variables;
    this.place = o.place;
    this.caller = { ...o.caller };
    this.leg = o.leg;
    this.parent = o.parent;
  }
}
