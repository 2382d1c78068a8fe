import { shownInside } from '../../model/caller-id.ts';
import type { Destination } from '../../model/destination.ts';
import type { Model } from '../../model/kinds.ts';
import { WORKING } from '../../model/moments.ts';
import { ref, refText } from '../../model/ref.ts';
import { numberCalled } from '../../model/trunk.ts';
import { fromExtension, fromOutside, type Situation } from '../../model/walk/situation.ts';
import type { Step } from '../../model/walk/step.ts';
import { entered, parties, timeline } from '../../model/walk/timeline.ts';
import { dialled, fromCarrier, walk } from '../../model/walk.ts';
import type { Caller } from '../scenario.ts';
import { type State, withKeys } from './astdb.ts';
import { exceptAway } from './away.ts';
import type { Phone } from './callers.ts';
import { spread } from './callers.ts';
import { asFarAsHeGoes } from './cut.ts';
import type { Draft, EarlierDraft, PlanContext } from './define.ts';
import { type Placed, TIMING } from './expectation.ts';

/** A call that was walked: who places it, and what happens. */
export interface PlacedCall {
  readonly steps: readonly Step[];
  /** What would come after the prompt during which he hangs up: where it is short, some of it does. Empty: he does not hang up so. */
  readonly beyond: readonly Step[];
  /** The hours decide its way. */
  readonly byTime: boolean;
  readonly caller: Caller;
  readonly placed: Placed;
}

/** A draft with the calls around it. */
export interface PlacedDraft extends PlacedCall {
  readonly earlier: readonly { readonly draft: EarlierDraft; readonly call: PlacedCall }[];
  readonly after: readonly { readonly draft: EarlierDraft; readonly call: PlacedCall }[];
}

/** Telephones tried as callers. */
const MOST_CALLERS = 60;

/** Walks a draft and the calls before and after it; null: nobody can place one of them. */
export function place(context: PlanContext, draft: Draft): PlacedDraft | null {
  let state: State = withKeys({ extensions: draft.state ?? {}, trunks: {} }, draft.astdb ?? {});
  const around = (drafts: readonly EarlierDraft[]): PlacedDraft['earlier'] | null => {
    const calls = [];
    for (const one of drafts) {
      const call = placeOne(context, { time: draft.time ?? WORKING, ...one }, state);
      if (call === null) return null;
      state = after(context, state, call.steps);
      calls.push({ draft: one, call });
    }
    return calls;
  };
  const earlier = around(draft.earlier ?? []);
  if (earlier === null) return null;
  state = { ...state, ...draft.given, extensions: inCall(state.extensions, draft.inCall ?? []) };
  const call = placeOne(context, draft, state);
  if (call === null) return null;
  state = after(context, state, call.steps);
  const later = around(draft.after ?? []);
  return later === null ? null : { ...call, earlier, after: later };
}

/** The state that a call leaves behind. */
function after(context: PlanContext, state: State, steps: readonly Step[]): State {
  return steps.reduce((now, s) => (s.do === 'agent' ? withAgent(context, now, s) : now), withKeys(state, keysSet(steps)));
}

function withAgent(context: PlanContext, state: State, { queue, agent, change }: Extract<Step, { do: 'agent' }>): State {
  const held = context.model.queue[queue.id];
  const now = state.loggedIn?.[queue.id] ?? held?.loggedIn ?? [];
  const others = now.filter((m) => m.number !== agent);
  const penalty = held?.dynamicMembers.find((m) => m.number === agent)?.penalty ?? 0;
  if (change !== 'logs-in' && change !== 'logs-out') return state;
  const loggedIn = change === 'logs-in' ? [...others, { kind: 'number', number: agent, penalty } as const] : others;
  return { ...state, loggedIn: { ...state.loggedIn, [queue.id]: loggedIn } };
}

function inCall(extensions: State['extensions'], ids: readonly string[]): State['extensions'] {
  return { ...extensions, ...Object.fromEntries(ids.map((id) => [id, { ...extensions[id], inCall: true }])) };
}

/** Keys of AstDB that steps change, with what they hold at the end. */
export function keysSet(steps: readonly Step[]): Record<string, string | null> {
  return Object.fromEntries(steps.flatMap((s) => (s.do === 'set' ? [[s.key, s.value]] : [])));
}

type Calling = Omit<Draft, 'id' | 'about'>;

function placeOne(context: PlanContext, given: Calling, state: State): PlacedCall | null {
  const draft = given.away === undefined ? given : { ...given, does: exceptAway(context.model, given.away, given.does) };
  const { from } = draft;
  const at = { state, time: draft.time ?? WORKING, keys: draft.keys ?? [] };
  if ('carrier' in from) {
    const { carrier, ...shown } = from;
    const { number, name } = shown;
    const did = numberCalled(context.model.trunk[carrier], draft.dial);
    const steps = oneAnswers(draft, (phones) =>
      walk(context.model, fromCarrier(did), fromOutside(number, name, { ...at, phones }), context.inside),
    );
    return {
      ...asPlaced(draft, steps),
      caller: { as: 'carrier', ref: ref('trunk', carrier), ...shown },
      placed: { src: number, dst: did, did },
    };
  }
  // by what is dialled, so that all calls to one object have one caller
  const first = spread(draft.dial, from.inside.length);
  for (let i = 0; i < Math.min(from.inside.length, MOST_CALLERS); i++) {
    const phone = from.inside[(first + i) % from.inside.length] as Phone;
    if (draft.notCalling?.includes(phone.extension) || draft.away?.includes(phone.extension)) continue;
    const { device, extension } = phone;
    const steps = oneAnswers(draft, (phones) =>
      walk(
        context.model,
        beginning(draft, classOf(context.model, device)),
        fromExtension(extension, { ...at, phones, device }),
        context.inside,
      ),
    );
    const far = asPlaced(draft, steps);
    if (takesPart(phone, far.steps, from.inside.length > 1)) continue;
    const shown = shownInside(context.model, extension);
    return {
      ...far,
      caller: { as: 'extension', ref: ref('device', device), ...shown },
      placed: { src: shown.number, dst: draft.into?.number ?? draft.dial, did: '' },
    };
  }
  return null;
}

/** The class of service of a telephone; null: it may dial everything. */
function classOf(model: Model, device: string): string | null {
  const held = model.device[device];
  return held !== undefined && 'context' in held && held.context in model['class-of-service'] ? held.context : null;
}

function beginning({ dial, into }: Calling, inClass: string | null): Destination {
  if (into === undefined && inClass !== null) return { to: 'number', context: inClass, number: dial };
  return into === undefined ? dialled(dial) : { to: 'custom', context: into.context, extension: into.number, priority: '1' };
}

function asPlaced(draft: Calling, steps: readonly Step[]): Pick<PlacedCall, 'steps' | 'beyond' | 'byTime'> {
  const far = asFarAsHeGoes(steps, draft.goes ?? 'asked');
  return { steps: far, beyond: beyondPrompt(steps, far), byTime: far.some(isByTime) };
}

function beyondPrompt(steps: readonly Step[], far: readonly Step[]): readonly Step[] {
  const [last, whole] = [far.at(-1), steps[far.length - 1]];
  if (last?.do !== 'play' || whole?.do !== 'play') return [];
  const unheard = whole.prompts.slice(last.prompts.length);
  const after = steps.slice(far.length);
  return unheard.length === 0 ? after : [{ ...whole, prompts: unheard }, ...after];
}

/** The hours decide, or a code turns against what they say. */
function isByTime(s: Step): boolean {
  return (s.do === 'decide' && s.byTime) || (s.do === 'set' && s.key.startsWith('TC/'));
}

/** Of several that would answer at the same time one does, and the others ring on: who is the faster would be chance. */
function oneAnswers(draft: Calling, walkWith: (phones: Situation['phones']) => readonly Step[]): readonly Step[] {
  const steps = walkWith(draft.does);
  const name = firstToAnswer(steps);
  if (name === null) return steps;
  return walkWith((leg) => (draft.does(leg) === 'answer' && refText(leg) !== name ? 'ignore' : draft.does(leg)));
}

/** null: nobody answers, or a queue picks who is asked. */
function firstToAnswer(steps: readonly Step[]): string | null {
  const rung = timeline(steps, TIMING)
    .legs.filter((l) => l.answered)
    .sort((a, b) => (a.endMs ?? 0) - (b.endMs ?? 0))[0];
  if (rung !== undefined) return refText(rung.to);
  const queue = steps.find((s) => s.do === 'queue');
  if (queue === undefined || queue.some) return null;
  const agent = parties([queue]).find((p) => p.does === 'answer');
  return agent === undefined ? null : refText(agent.to);
}

/** A telephone cannot call where it is rung, nor, where there are others, one whose extension has a part in it. */
function takesPart(phone: Phone, steps: readonly Step[], others: boolean): boolean {
  return (
    parties(steps).some((p) => p.to.kind === 'device' && p.to.id === phone.device) ||
    (others && entered(steps).some((r) => r.kind === 'extension' && r.id === phone.extension))
  );
}
