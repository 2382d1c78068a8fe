import { isStep } from '../../model/custom-dialplan.ts';
import type { Destination } from '../../model/destination.ts';
import { example } from '../../model/dial-pattern.ts';
import { type Model, naturalOrder } from '../../model/kinds.ts';
import { numbering } from '../../model/numbering.ts';
import type { Ref } from '../../model/ref.ts';
import { routesInOrder, whole } from '../../model/routing.ts';
import { fromExtension } from '../../model/walk/situation.ts';
import type { Step } from '../../model/walk/step.ts';
import { dialled, walk } from '../../model/walk.ts';
import { phones } from '../lab/world.ts';
import { SLOT_DIGITS, SLOTS } from './far-side.ts';

/** An extension whose telephone rings at once, and alone. */
export interface Agent {
  readonly extension: string;
  readonly device: string;
}

/** How a dialler of this site reaches customers and agents. */
export interface Whom {
  /** Where the dialler's channels begin: `Local/NUMBER@context`. */
  readonly context: string;
  /** A number outside without its last digits: every one that begins so goes out by the same trunk. */
  readonly stem: string;
  readonly trunk: Ref;
  /** Where the joined customer's channel is sent for an agent. */
  readonly agentContext: string;
  readonly agents: readonly Agent[];
}

/** Last digits that must lead to the same trunk for all to be taken to do so. */
const TRIED = [0, 1, 4_321, 5_555, 9_876, SLOTS - 1];

/**
 * Whom a dialler of this site would call, and through which context. A context of the site's own that sends every number to a trunk is a dialler's; without one, the numbers
 * are dialled as from inside.
 * @param o.ownContexts false: as if the site had no context of its own
 * @returns why there is nobody to call, where it is so
 */
export function whomToCall(model: Model, o: { readonly ownContexts: boolean } = { ownContexts: true }): Whom | { readonly why: string } {
  const agents = agentsOf(model);
  const first = agents[0];
  if (first === undefined) return { why: 'no extension has a telephone that the lab plays and that rings at once' };
  const way = bestWay(model, first.extension, o.ownContexts);
  if (way === null) return { why: 'no number outside is sent to a SIP trunk that the lab plays' };
  return { ...way, agentContext: 'from-internal', agents };
}

type Way = Pick<Whom, 'context' | 'stem' | 'trunk'>;

/** A context of the site's own, which as a rule dials a trunk without counting its calls; else the trunk that takes most calls at a time. */
function bestWay(model: Model, caller: string, ownContexts: boolean): Way | null {
  const inside = numbering(model);
  const candidates = stems(model);
  const found = (context: string, to: (number: string) => Destination): Way[] =>
    candidates.flatMap((stem) => {
      const at = fromExtension(caller, { phones: () => 'answer' });
      const trunk = sameTrunk(TRIED.map((slot) => trunkOf(walk(model, to(stem + slotText(slot)), at, inside))));
      return trunk !== null && isPlayedCarrier(model, trunk) ? [{ context, stem, trunk }] : [];
    });
  const own = Object.keys(ownContexts ? model['custom-dialplan'] : {}).filter((context) => takesAnyNumber(model, context));
  for (const context of own.sort(naturalOrder)) {
    const [way] = found(context, (n) => ({ to: 'custom', context, extension: n, priority: '1' }));
    if (way !== undefined) return way;
  }
  const byRoute = found('from-internal', dialled).sort((a, b) => limit(model, b.trunk) - limit(model, a.trunk));
  return byRoute[0] ?? null;
}

/** The last digits of a number as text. */
export function slotText(slot: number): string {
  return String(slot).padStart(SLOT_DIGITS, '0');
}

function takesAnyNumber(model: Model, context: string): boolean {
  return (model['custom-dialplan'][context]?.lines ?? []).some((l) => isStep(l) && /^_/.test(l.extension));
}

/** Numbers that routes take, their last digits cut off. */
function stems(model: Model): string[] {
  const numbers = routesInOrder(model).flatMap(([, route]) => route.patterns.map((p) => example(whole(p))));
  const long = numbers.filter((n) => n !== null).filter((n) => /^[0-9]+$/.test(n) && n.length >= SLOT_DIGITS + 2);
  return [...new Set(long.map((n) => n.slice(0, -SLOT_DIGITS)))];
}

/** The trunk that is the first to be called, and answers. */
function trunkOf(steps: readonly Step[]): Ref | null {
  const out = steps.find((s) => s.do === 'dial-out' || s.do === 'ring');
  if (out === undefined || out.result !== 'answered') return null;
  if (out.do === 'dial-out') return out.leg.to;
  const [leg] = out.legs;
  return out.legs.length === 1 && leg?.kind === 'party' && leg.to.kind === 'trunk' ? leg.to : null;
}

function sameTrunk(trunks: readonly (Ref | null)[]): Ref | null {
  const [first] = trunks;
  return first !== undefined && first !== null && trunks.every((t) => t?.id === first.id) ? first : null;
}

function isPlayedCarrier(model: Model, { id }: Ref): boolean {
  const trunk = model.trunk[id];
  return trunk?.technology === 'sip' && !trunk.disabled && trunk.host !== null;
}

/** Calls that a trunk takes at a time. */
function limit(model: Model, { id }: Ref): number {
  return model.trunk[id]?.maxChannels ?? Number.MAX_SAFE_INTEGER;
}

function agentsOf(model: Model): Agent[] {
  const played = new Set(phones(model).map(([id]) => id));
  const inside = numbering(model);
  const numbers = Object.keys(model.extension).sort(naturalOrder);
  return numbers.flatMap((extension) => {
    const caller = numbers.find((n) => n !== extension);
    if (caller === undefined) return [];
    const steps = walk(model, dialled(extension), fromExtension(caller, { phones: () => 'answer' }), inside);
    const first = steps.find((s) => !['enter', 'decide', 'ringing', 'record'].includes(s.do));
    if (first?.do !== 'ring' || first.legs.length !== 1) return [];
    const [leg] = first.legs;
    return leg?.kind === 'party' && leg.to.kind === 'device' && played.has(leg.to.id) ? [{ extension, device: leg.to.id }] : [];
  });
}
