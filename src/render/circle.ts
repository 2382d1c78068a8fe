import { gotosInCircles } from '../model/circles.ts';
import { customEntry, waysThroughCustom } from '../model/custom-ways.ts';
import type { Destination } from '../model/destination.ts';
import type { Model, ModelKind } from '../model/kinds.ts';
import { allDestinations } from '../model/led.ts';
import { numbering } from '../model/numbering.ts';
import { KINDS, type Ref, refText } from '../model/ref.ts';

/**
 * Objects that a call can come back to by itself or by keys, from one destination to the next. The old box had no guard: a time condition that led to itself ran at full
 * speed for ever (ELASTIX.md, section 19). Those that decide without a pause must count how often a call passes.
 */
export function circles(model: Model): (ref: Ref) => boolean {
  const next = new Map<string, string[]>();
  const { numbers } = numbering(model);
  const add = (from: string, to: Destination): void => {
    // a number leads to whoever has it
    const target = targetOf(model, to.to === 'number' && to.context === 'from-internal' ? (numbers.get(to.number) ?? to) : to);
    if (target !== null) next.set(from, [...(next.get(from) ?? []), target]);
  };
  for (const { from, to } of allDestinations(model)) add(refText(from), to);
  for (const { from, to } of waysThroughCustom(model)) add(from, to);
  return (ref) => comesBack(next, refText(ref));
}

/** Kinds that count how often a call passes, where a circle leads through them. */
const COUNTING: readonly ModelKind[] = [
  'time-condition',
  'call-flow',
  'queue',
  'language',
  'set-cid',
  'queue-priority',
  'recording-rule',
  'misc-destination',
  'misc-application',
  'dynamic-route',
];

/** Whether the PBX has something that a call may pass again and again. */
export function countsPasses(model: Model): boolean {
  return gotosInCircles(model).size > 0 || COUNTING.some((kind) => Object.keys(model[kind]).length > 0);
}

/** Whether the PBX has something with members that may lead back to it. */
export function hasMembers(model: Model): boolean {
  return (['ring-group', 'queue', 'follow-me'] as const).some((kind) => Object.keys(model[kind]).length > 0);
}

function comesBack(next: ReadonlyMap<string, readonly string[]>, start: string): boolean {
  const seen = new Set<string>();
  const open = [...(next.get(start) ?? [])];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === start) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(next.get(at) ?? []));
  }
  return false;
}

/** The object that a destination enters, or the line of hand-made dialplan; a mailbox and an end are the last ones. */
function targetOf(model: Model, d: Destination): string | null {
  if (d.to === 'custom') return customEntry(model, d);
  const kind = KINDS.find((k) => k === d.to);
  return kind !== undefined && 'id' in d ? refText({ kind, id: d.id }) : null;
}
