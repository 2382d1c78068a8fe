import type { Ref } from '../../model/ref.ts';
import type { Situation } from '../../model/walk/situation.ts';
import type { Channel } from './channel.ts';
import type { House } from './house.ts';
import { NotJudged } from './not-judged.ts';
import type { Scheduler } from './scheduler.ts';

/** A telephone or trunk that rang. Times in seconds from the beginning of the call; end null: it rings on. */
export interface Rang {
  readonly to: Ref;
  readonly dialled: string;
  readonly shown: { readonly number: string; readonly name: string };
  readonly start: number;
  end: number | null;
  answered: boolean;
}

/** Steps of the dialplan in one call at most. */
const MOST_STEPS = 1500;

/** One call: what is so far, and what changes. */
export class Simulation {
  readonly house: House;
  readonly at: Situation;
  readonly database: Map<string, string>;
  readonly shared = new Map<string, string>();
  readonly globals: Map<string, string>;
  readonly deviceStates = new Map<string, string>();
  /** Interfaces of who is logged in to a queue, beside those who always are. */
  readonly agents = new Map<string, string[]>();
  /** Keys of the caller, an entry each time that he is asked. */
  keys: readonly string[];
  legs: Rang[] = [];
  /** What the caller hears and meets, in order. */
  readonly heard: string[] = [];
  readonly agentChanges: string[] = [];
  isRecorded = false;
  /** How the call ends; null: it has not yet. */
  end: string | null = null;
  /** What comes after the end is not known. */
  isOpen = false;
  scheduler: Scheduler;
  /** The caller's channel. */
  caller: Channel | null = null;
  private steps = 0;
  private channels = 0;

  constructor(house: House, at: Situation, database: Map<string, string>, scheduler: Scheduler) {
    this.house = house;
    this.at = at;
    this.database = database;
    this.globals = new Map(house.globals);
    this.keys = at.keys;
    this.scheduler = scheduler;
  }

  get now(): number {
    return this.scheduler.now;
  }

  /** One more step of the dialplan. */
  step(): void {
    if (++this.steps > MOST_STEPS) throw new NotJudged('it goes on without end');
  }

  nextChannel(): string {
    return (++this.channels).toString(16).padStart(8, '0');
  }

  /** What somebody is asked for by this channel; the PBX's own calls are asked without the caller. */
  nextKeys(channel: Channel): string {
    if (channel !== this.caller) return '';
    const [keys = '', ...later] = this.keys;
    this.keys = later;
    return keys;
  }

  hears(channel: Channel, ...what: readonly string[]): void {
    if (channel === this.caller) this.heard.push(...what);
  }
}
