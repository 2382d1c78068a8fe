import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Destination } from '../../src/model/destination.ts';
import type { Model } from '../../src/model/kinds.ts';
import { ref, refText } from '../../src/model/ref.ts';
import { type Behaviour, type ExtensionState, fromExtension, fromOutside, type Situation } from '../../src/model/walk/situation.ts';
import type { Step } from '../../src/model/walk/step.ts';
import { type TimedLeg, timeline } from '../../src/model/walk/timeline.ts';
import { dialled, fromCarrier, walk } from '../../src/model/walk.ts';

export const GOLDEN = join(import.meta.dirname, '../../../shared/samples/clinic/golden.json.gz');

/** A call that was placed into the real old PBX, and what it did. */
export interface GoldenCall {
  readonly id: string;
  readonly kind: string;
  readonly dial: string;
  readonly context: string;
  readonly callerNumber: string;
  readonly callerName: string;
  readonly acts: readonly string[];
  readonly legs: readonly GoldenLeg[];
  readonly heard: readonly string[];
  readonly end: {
    readonly lastContext: string | null;
    readonly lastExten: string | null;
    readonly lastApp: string | null;
    readonly durationMs: number | null;
    readonly endedBy: string;
  };
  readonly cdr: readonly { readonly recordingfile: string }[];
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
export function replay(
  model: Model,
  g: GoldenCall,
): { steps: Step[]; legs: readonly TimedLeg[]; heard: readonly string[]; recorded: boolean; endMs: number | null } {
  const o = { phones: behaviours(g), state: { extensions: stateBefore(g), trunks: {} } };
  const inside = g.callerNumber in model.extension;
  const at = inside ? fromExtension(g.callerNumber, o) : fromOutside(g.callerNumber, g.callerName, o);
  const steps = walk(model, beginning(g), at);
  const laid = timeline(steps, { answerMs: 1000, refuseMs: 100, promptMs: 1000 });
  return { steps, legs: laid.legs, heard: laid.heard, recorded: laid.recorded, endMs: laid.endMs };
}

/** 'trunk:mango' and '101' as golden has them. */
export function legName(model: Model, leg: TimedLeg): string {
  if (leg.to.kind === 'device') return leg.to.id;
  const trunk = model.trunk[leg.to.id];
  return `trunk:${trunk?.technology === 'sip' ? trunk.peer : leg.to.id}`;
}

function beginning(g: GoldenCall): Destination {
  if (g.context === 'from-internal') return dialled(g.dial);
  if (g.context === 'from-trunk') return fromCarrier(g.dial);
  const [context, extension] = g.dial.split(',');
  const announcement = /^app-announcement-(\d+)$/.exec(context ?? '')?.[1];
  if (announcement !== undefined) return { to: 'announcement', id: announcement };
  if (context === 'from-did-direct') return { to: 'extension', id: extension ?? '', by: 'follow-me' };
  if (context === 'app-blackhole') return { to: 'end', how: (extension === 'musiconhold' ? 'music' : extension) as 'busy' };
  if (context === 'ext-local') return { to: 'mailbox', id: `${(extension ?? '').slice(3)}@default`, greeting: 'unavailable' };
  throw new Error(`no beginning for ${g.dial}`);
}

function behaviours(g: GoldenCall): Situation['phones'] {
  const does = new Map<string, Behaviour>();
  const said: Record<string, Behaviour> = { answered: 'answer', busy: 'busy', congestion: 'refuse' };
  for (const leg of g.legs) {
    const name = leg.to.startsWith('trunk:') ? `trunk:${leg.to.slice(6)}` : refText(ref('device', leg.to));
    const did = said[leg.result.replace(/\+.*/, '')]; // 'answered+1': and pressed 1
    const asked = leg.to.startsWith('trunk:') && g.acts.some((a) => a.includes('no key'));
    if (did !== undefined) does.set(name, did === 'answer' && asked ? 'answer-only' : did);
  }
  return (leg, number) => {
    const name =
      leg.kind === 'trunk'
        ? g.legs.find((l) => l.to.startsWith('trunk:') && l.dialled === number && TRUNK_NAMES[leg.id] === l.to)?.to
        : refText(leg);
    return (
      (name === undefined ? undefined : does.get(name)) ?? (g.acts.some((a) => a.startsWith('every leg is refused')) ? 'refuse' : 'ignore')
    );
  };
}
const TRUNK_NAMES: Record<string, string> = { 1: 'trunk:mango', 2: 'trunk:beeline-ip' };

/** 'before: AstDB /CF/119=121, /CFB/121=None', 'before: 119 is in a call with *43'. */
function stateBefore(g: GoldenCall): Record<string, Partial<ExtensionState>> {
  const state: Record<string, Partial<ExtensionState>> = {};
  for (const act of g.acts) {
    for (const [, family, id, value] of act.matchAll(/\/(CF|CFB|CFU|CW|DND)\/(\d+)=([^,\s]+)/g)) {
      const text = value === 'None' ? null : (value ?? null);
      const fields: Record<string, Partial<ExtensionState>> = {
        CF: { forwardAlways: text },
        CFB: { forwardBusy: text },
        CFU: { forwardUnavailable: text },
        CW: { callWaiting: text !== null },
        DND: { doNotDisturb: text !== null },
      };
      state[id ?? ''] = { ...state[id ?? ''], ...fields[family ?? ''] };
    }
    const busy = /before: (\d+) is in a call/.exec(act)?.[1];
    if (busy !== undefined) state[busy] = { ...state[busy], inCall: true };
  }
  return state;
}
