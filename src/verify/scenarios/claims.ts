import { stepsIn } from '../../model/custom-steps.ts';
import type { Model } from '../../model/kinds.ts';
import { type Ref, ref, refText } from '../../model/ref.ts';
import type { Step } from '../../model/walk/step.ts';
import { entered, parties } from '../../model/walk/timeline.ts';
import type { Caller, Scenario } from '../scenario.ts';
import { ownerOf } from './astdb.ts';
import { busyLeadsElsewhere, takesOneCall } from './busy-matters.ts';
import type { Draft } from './define.ts';
import { keysSet, type PlacedCall, type PlacedDraft } from './placed.ts';

type Claim = (r: Ref, mode: 'shared' | 'exclusive') => void;

/**
 * What a call needs for itself, the calls around it with it. Exclusive: whatever has a state that it changes, a telephone for which it
 * matters whether it is in a call, one of a trunk's channels where they are counted, a queue whose agents take the call, rooms and slots.
 * Shared: everything else that takes part.
 */
export function claimsOf(model: Model, draft: Draft, placed: PlacedDraft): Scenario['claims'] {
  const claims = new Map<string, { ref: Ref; mode: 'shared' | 'exclusive' }>();
  const claim: Claim = (r, mode) => {
    if (mode === 'exclusive' || !claims.has(refText(r))) claims.set(refText(r), { ref: r, mode });
  };
  const calls = [placed, ...[...placed.earlier, ...placed.after].map((c) => c.call)];
  for (const call of calls) {
    for (const r of entered(call.steps)) {
      claim(r, 'shared');
      if (r.kind === 'follow-me' && looksAtItsOwner(model, r.id)) claimExtension(model, r.id, claim);
      if (r.kind === 'feature-code' && r.id === TAKES_BACK)
        for (const lot of Object.keys(model.parking)) claim(ref('parking', lot), 'exclusive');
    }
    for (const step of call.steps) claimStep(model, step, draft, claim);
    claimParties(model, call.steps, draft, claim);
    claimCaller(model, call.caller, claim);
    for (const key of Object.keys(keysSet(call.steps))) claimOwner(model, key, claim);
  }
  for (const extension of [...Object.keys(draft.state ?? {}), ...(draft.away ?? [])]) claimExtension(model, extension, claim);
  for (const key of Object.keys(draft.astdb ?? {})) claimOwner(model, key, claim);
  for (const r of draft.owns ?? []) claim(r, 'exclusive');
  // two calls that are placed one after the other from one telephone to another would meet there
  if (calls.length > 1)
    for (const { caller } of calls) if (caller.as === 'extension' && caller.ref !== null) claim(caller.ref, 'exclusive');
  return [...claims.values()];
}

/** The code that takes a parked call back takes whichever waits: that of another scenario, too. */
const TAKES_BACK = 'parking/parkedcall';

/** So does the code that takes what rings in one's pickup group: nothing else may ring meanwhile. */
export const GENERAL_PICKUP = 'core/pickupexten';

/** Several callers may wait in one line where it does not matter who is served first. */
export function hasQueueForItself(draft: Pick<Draft, 'about'>, call: PlacedCall): boolean {
  return call.steps.some((s) => s.do === 'queue' && (s.result === 'answered' || isAbout(draft, s.by)));
}

function isAbout({ about }: Pick<Draft, 'about'>, r: Ref): boolean {
  return about.some((a) => refText(a) === refText(r));
}

function claimStep(model: Model, step: Step, draft: Draft, claim: Claim): void {
  switch (step.do) {
    case 'queue':
      claim(step.by, step.result === 'answered' || isAbout(draft, step.by) ? 'exclusive' : 'shared');
      break;
    case 'agent':
      claim(step.queue, 'exclusive');
      break;
    case 'page':
      for (const leg of step.legs) claimDevice(leg.to, claim);
      break;
    case 'conference':
    case 'park':
    case 'retrieve':
      claim(step.by, 'exclusive');
      break;
    case 'voicemail':
      claim(ref('mailbox', step.mailbox), 'shared');
      break;
    case 'stay':
      claim(step.by, 'shared');
      if (step.at === 'not-understood' && step.by.kind === 'dynamic-route') claimRoute(model, step.by.id, claim);
      if (step.at === 'not-understood' && step.by.kind === 'custom-dialplan') claimNamed(model, step.by.id, claim);
      break;
    case 'decide':
    case 'ask':
      claim(step.by, 'shared');
      break;
    case 'ring':
      if (step.by.kind === 'ring-group' && looksAtState(model, step.by.id)) for (const p of parties([step])) claimDevice(p.to, claim);
  }
  if (step.do === 'queue' && agentsMustBeFree(model, step.by.id)) for (const p of parties([step])) claimDevice(p.to, claim);
}

/** A web server says where the call goes: nobody else may count on those who may ring. */
function claimRoute(model: Model, id: string, claim: Claim): void {
  const route = model['dynamic-route'][id];
  const destinations = route === undefined ? [] : [...route.entries.map((e) => e.destination), route.next];
  for (const d of destinations) {
    const group = d.to === 'ring-group' ? model['ring-group'][d.id] : undefined;
    const rung = d.to === 'extension' ? [d.id] : (group?.members.map((m) => m.number) ?? []);
    for (const extension of rung) for (const device of model.extension[extension]?.devices ?? []) claim(ref('device', device), 'exclusive');
    if (d.to === 'queue') claim(ref('queue', d.id), 'exclusive');
  }
}

/** Telephones that lines of the site name: some may ring, and is there for it. */
function claimNamed(model: Model, context: string, claim: Claim): void {
  for (const { step } of stepsIn(model, context))
    for (const [, device = ''] of step.arguments.matchAll(/\b(?:PJ)?(?:SIP|IAX2)\/([^&,|@/)\s]+)/gi))
      if (device in model.device) claim(ref('device', device), 'shared');
}

function claimDevice(to: Ref, claim: Claim): void {
  if (to.kind === 'device') claim(to, 'exclusive');
}

/** A call that nobody takes goes on as the extension itself ended, which the state says that its telephones had before they rang. */
function looksAtItsOwner(model: Model, id: string): boolean {
  const next = model['follow-me'][id]?.noAnswer;
  return next?.to === 'extension' && next.by === 'unanswered';
}

/** A group whose strategy looks whether its members are in a call before it rings them. */
function looksAtState(model: Model, id: string): boolean {
  const group = model['ring-group'][id];
  return group !== undefined && (group.skipsBusy || group.firstMemberIsPrimary || group.strategy.startsWith('first'));
}

function agentsMustBeFree(model: Model, id: string): boolean {
  const queue = model.queue[id];
  return queue !== undefined && (!queue.ringInUse || queue.skipsBusy);
}

function claimParties(model: Model, steps: readonly Step[], draft: Draft, claim: Claim): void {
  const all = entered(steps);
  for (const { to, does } of parties(steps)) {
    if (to.kind === 'trunk') {
      claimTrunk(model, to, claim);
      continue;
    }
    const matters = ownersOf(model, to.id).some((extension) => {
      const nobodyTakesIt = does === 'ignore' && all.some((r) => r.kind === 'extension' && r.id === extension);
      const isMember = all.some((r) => r.kind === 'ring-group') && model.extension[extension]?.state.forwardBusy != null;
      return takesOneCall(model, extension) || isMember || (nobodyTakesIt && busyLeadsElsewhere(model, extension));
    });
    claim(to, draft.alone === true || matters ? 'exclusive' : 'shared');
    if (model['feature-code'][GENERAL_PICKUP]?.enabled === true) claim(ref('feature-code', GENERAL_PICKUP), 'shared');
  }
}

/** Extensions for which a telephone rings: its own, and whose list has it all the same. */
function ownersOf(model: Model, device: string): string[] {
  const own = model.device[device]?.extension ?? null;
  const others = Object.entries(model.extension).flatMap(([id, x]) => (id !== own && x.devices.includes(device) ? [id] : []));
  return own === null ? others : [own, ...others];
}

function claimCaller(model: Model, caller: Caller, claim: Claim): void {
  if (caller.as === 'carrier') claim(ref('blacklist', caller.number), 'shared');
  if (caller.ref === null || caller.as !== 'extension') return;
  claim(caller.ref, 'shared');
  const extension = model.device[caller.ref.id]?.extension ?? null;
  if (extension !== null) claim(ref('extension', extension), 'shared');
}

function claimOwner(model: Model, key: string, claim: Claim): void {
  const owner = ownerOf(key);
  if (owner === null) return;
  if (owner.kind === 'extension' || owner.kind === 'follow-me') claimExtension(model, owner.id, claim);
  claim(owner, 'exclusive');
}

function claimExtension(model: Model, id: string, claim: Claim): void {
  claim(ref('extension', id), 'exclusive');
  for (const device of model.extension[id]?.devices ?? []) claim(ref('device', device), 'exclusive');
}

/** So that no more calls go through a trunk at a time than it has channels: each takes one of them, whichever trunk-channels.ts finds for it. */
function claimTrunk(model: Model, trunk: Ref, claim: Claim): void {
  claim(trunk, 'shared');
  const channels = model.trunk[trunk.id]?.maxChannels ?? null;
  if (channels !== null && channels > 0) claim(ref('trunk', `${trunk.id}#1`), 'exclusive');
}
