import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Destination } from '../../src/model/destination.ts';
import type { Model, ModelKind } from '../../src/model/kinds.ts';
import { type Behaviour, fromExtension, fromOutside, type Situation } from '../../src/model/walk/situation.ts';
import type { PartyLeg, Step } from '../../src/model/walk/step.ts';
import { parties, type TimedLeg, type Timeline, timeline } from '../../src/model/walk/timeline.ts';
import { dialled, fromCarrier, walk } from '../../src/model/walk.ts';
import { stateBefore } from './golden-state.ts';

export const GOLDEN = join(import.meta.dirname, '../../../shared/samples/clinic/golden.json.gz');

/** A call that was placed into the real old PBX, and what it did. */
export interface GoldenCall {
  readonly id: string;
  readonly kind: string;
  readonly dial: string;
  readonly context: string;
  readonly callerNumber: string;
  readonly callerName: string;
  /** Local time, 'YYYY/MM/DD HH:mm:ss'. */
  readonly at: string;
  readonly acts: readonly string[];
  readonly legs: readonly GoldenLeg[];
  /** Prompts in order, and 'moh:CLASS' where music begins; null: not told. */
  readonly heard: readonly (string | null)[];
  readonly end: {
    readonly lastContext: string | null;
    readonly lastExten: string | null;
    readonly lastApp: string | null;
    readonly durationMs: number | null;
    readonly endedBy: string;
  };
  /** What queues told over AMI: ms from the beginning, and the event. */
  readonly events?: readonly (readonly [ms: number, event: string, ...more: string[]])[];
  readonly cdr: readonly { readonly recordingfile: string }[];
  /** Keys of AstDB with what they held before and after; null: there was none. */
  readonly astdbChanges: readonly (readonly [key: string, before: string | null, after: string | null])[];
}

export interface GoldenLeg {
  readonly to: string;
  readonly dialled: string;
  readonly startMs: number;
  readonly shownNumber: string;
  readonly shownName: string;
  readonly result: string;
}

export function readGolden(): GoldenCall[] | null {
  return existsSync(GOLDEN) ? (JSON.parse(gunzipSync(readFileSync(GOLDEN)).toString('utf8')) as GoldenCall[]) : null;
}

/** What the model says of the same call: the same telephones do the same. */
export function replay(model: Model, g: GoldenCall): Said {
  const o = { phones: behaviours(model, g), time: momentOf(g), keys: keysOf(g), state: stateBefore(g) };
  const inside = g.callerNumber in model.extension;
  const at = inside ? fromExtension(g.callerNumber, o) : fromOutside(g.callerNumber, g.callerName, o);
  const steps = walk(model, beginning(g), at);
  const laid = timeline(steps, GOLDEN_TIMING);
  return { ...laid, steps, heard: heardIn(steps), picked: picked(steps, g) };
}

/** Times of the telephones and prompts that the calls were placed with. */
const GOLDEN_TIMING = { answerMs: 1000, refuseMs: 100, promptMs: 1000 };

/** What the model says of a call. */
export interface Said extends Timeline {
  readonly steps: Step[];
  /** From a queue on: who may be rung. When, and in which order, is the queue's affair; `before`: legs that ring before. */
  readonly picked: { readonly of: readonly PartyLeg[]; readonly before: number; readonly answered: boolean } | null;
}

function picked(steps: readonly Step[], g: GoldenCall): Said['picked'] {
  const at = steps.findIndex((s) => s.do === 'queue');
  if (at < 0) return null;
  const before = timeline(steps.slice(0, at), GOLDEN_TIMING);
  if (g.end.endedBy === 'cut' && (before.endMs ?? 0) > (g.end.durationMs ?? 0) - 1000) return null;
  const answered = steps.some((s) => s.do === 'queue' && s.result === 'answered');
  return { of: parties(steps.slice(at)), before: before.legs.length, answered };
}

/** What the caller hears, with what a queue says again and again to who waits in vain: more of it than anybody stayed for. */
function heardIn(steps: readonly Step[]): readonly string[] {
  const at = steps.findIndex((s) => s.do === 'queue' && s.result !== 'answered' && s.announces !== null);
  const queue = steps[at];
  if (queue?.do !== 'queue') return timeline(steps, GOLDEN_TIMING).heard;
  const again = Array.from({ length: 20 }, () => queue.announces?.prompts ?? []).flat();
  return [...timeline(steps.slice(0, at), GOLDEN_TIMING).heard, ...again];
}

function momentOf(g: GoldenCall): string {
  return g.at.slice(0, 16).replaceAll('/', '-');
}

/**
 * 'caller presses 1234# 3 s after being answered'. Every time that he pressed something he was being asked, but for the 1 that confirms an entry of the blacklist: it
 * came while the number was read to him, and was lost.
 */
function keysOf(g: GoldenCall): string[] {
  const keys = g.acts.flatMap((a) => /^caller presses (\S+) /.exec(a)?.[1] ?? []);
  return /^feature\/(blacklist|seq\/blacklist)/.test(g.id) ? keys.filter((k) => k !== '1') : keys;
}

/** 'trunk:mango' and '101' as golden has them. */
export function legName(model: Model, leg: Pick<TimedLeg, 'to'>): string {
  if (leg.to.kind === 'device') return isIax(model, leg) ? `iax:${leg.to.id}` : leg.to.id;
  const trunk = model.trunk[leg.to.id];
  return `trunk:${trunk !== undefined && 'peer' in trunk ? trunk.peer : leg.to.id}`;
}

/** The number that is sent; an IAX2 telephone gets none, and golden has 's'. */
export function legDialled(model: Model, leg: Pick<TimedLeg, 'to' | 'dialled'>): string {
  return isIax(model, leg) ? 's' : leg.dialled;
}

function isIax(model: Model, leg: Pick<TimedLeg, 'to'>): boolean {
  return leg.to.kind === 'device' && model.device[leg.to.id]?.technology === 'iax2';
}

function beginning(g: GoldenCall): Destination {
  if (g.context === 'from-internal') return dialled(g.dial);
  if (g.context === 'from-trunk') return fromCarrier(g.dial);
  const [context, extension] = g.dial.split(',');
  const announcement = /^app-announcement-(\d+)$/.exec(context ?? '')?.[1];
  const menu = /^ivr-(\d+)$/.exec(context ?? '')?.[1];
  if (menu !== undefined) return { to: 'ivr', id: menu };
  const kind = KINDS_BY_CONTEXT[context ?? ''];
  if (kind !== undefined) return { to: kind, id: extension ?? '' } as Destination;
  if (announcement !== undefined) return { to: 'announcement', id: announcement };
  if (context === 'from-did-direct') return { to: 'extension', id: extension ?? '', by: 'follow-me' };
  if (context === 'app-blackhole') return { to: 'end', how: (extension === 'musiconhold' ? 'music' : extension) as 'busy' };
  if (context === 'ext-local') return { to: 'mailbox', id: `${(extension ?? '').slice(3)}@default`, greeting: 'unavailable' };
  throw new Error(`no beginning for ${g.dial}`);
}

const KINDS_BY_CONTEXT: Record<string, Extract<Destination, { id: string }>['to'] & ModelKind> = {
  timeconditions: 'time-condition',
  'app-daynight': 'call-flow',
  'ext-queues': 'queue',
  disa: 'disa',
  callback: 'callback',
  'vmblast-grp': 'voicemail-blast',
  'app-languages': 'language',
  'app-setcid': 'set-cid',
  'app-queueprio': 'queue-priority',
  'ext-miscdests': 'misc-destination',
};

function behaviours(model: Model, g: GoldenCall): Situation['phones'] {
  const does = new Map<string, Behaviour>();
  const said: Record<string, Behaviour> = { answered: 'answer', busy: 'busy', congestion: 'refuse' };
  for (const leg of g.legs) {
    const did = said[leg.result.replace(/\+.*/, '')]; // 'answered+1': and pressed 1
    const asked = leg.to.startsWith('trunk:') && g.acts.some((a) => a.includes('no key'));
    if (did !== undefined) does.set(leg.to, did === 'answer' && asked ? 'answer-only' : did);
  }
  return (leg, number) => {
    const name = legName(model, { to: leg });
    const rang = leg.kind === 'device' || g.legs.some((l) => l.dialled === number && l.to === name);
    return (rang ? does.get(name) : undefined) ?? (g.acts.some((a) => a.startsWith('every leg is refused')) ? 'refuse' : 'ignore');
  };
}
