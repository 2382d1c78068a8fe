import { type Ref, refText } from '../../model/ref.ts';
import type { Step } from '../../model/walk/step.ts';
import { ringsOn } from '../../model/walk/timeline.ts';
import type { Goes } from './define.ts';

/** Seconds of ringing for which nobody waits. */
const AS_GOOD_AS_ENDLESS = 300;

/** The steps as far as the caller goes: what comes after them he does not wait for. */
export function asFarAsHeGoes(steps: readonly Step[], goes: Goes): readonly Step[] {
  const patient = awaited(steps);
  if (goes === 'noticed') return untilNoticed(patient);
  if (goes === 'through') return patient;
  if (goes === 'rung') return untilFirst(patient, rings);
  if (goes === 'changed') return untilChanged(patient);
  if (typeof goes === 'object' && 'to' in goes) return untilThere(patient, goes.to);
  if (typeof goes === 'object' && 'beyond' in goes) return untilBeyond(patient, goes.beyond);
  if (typeof goes === 'object' && 'left' in goes) return untilLeft(patient, goes.left);
  if (typeof goes === 'object' && 'hearing' in goes) return untilHeard(patient, goes.hearing);
  const past = goes === 'asked' ? null : refText(goes.past);
  const asked = patient.findIndex((s) => s.do === 'ask' && s.keys === '' && refText(s.by) !== past);
  return asked < 0 ? patient : patient.slice(0, asked + 1);
}

/**
 * The steps as far as somebody waits for them: ringing that goes on for minutes is as good as without end, for the caller gives up. Elastix
 * has such times where it means none (a trunk's 300 s; a group by ringallv2, which ignores its own).
 */
function awaited(steps: readonly Step[]): readonly Step[] {
  const at = steps.findIndex((s) => {
    if ((s.do !== 'ring' && s.do !== 'dial-out') || s.result !== 'no-answer' || (s.seconds ?? 0) < AS_GOOD_AS_ENDLESS) return false;
    return s.do === 'dial-out' || s.legs.some(ringsOn);
  });
  return at < 0 ? steps : endlessAt(steps, at);
}

/** Until the caller notices which way the hours or his last keys have sent him: a prompt, or somebody who rings. */
function untilNoticed(steps: readonly Step[]): readonly Step[] {
  const keyed = (s: Step): boolean => (s.do === 'ask' && s.keys !== '') || (s.do === 'queue' && s.keys !== undefined);
  const last = steps.findLastIndex((s) => (s.do === 'decide' && s.byTime) || keyed(s));
  return untilNoticedAfter(steps, last);
}

/** Until the caller notices where a menu that he has heard out has sent him. */
function untilBeyond(steps: readonly Step[], menu: Ref): readonly Step[] {
  const asks = (s: Step): boolean => s.do === 'ask' && refText(s.by) === refText(menu);
  const first = steps.findIndex(asks);
  // he may come back to it from where it sends him
  const left = steps.findIndex((s, i) => i > first && s.do === 'enter');
  return first < 0 || left < 0 ? steps : untilNoticedAfter(steps, left);
}

/** Until the caller notices where a line or group has sent him in which nobody took the call. */
function untilLeft(steps: readonly Step[], line: Ref): readonly Step[] {
  const first = steps.findIndex((s) => (s.do === 'queue' || s.do === 'ring') && refText(s.by) === refText(line));
  // members are entered on the way to them: what the call goes on to is none
  const left = steps.findIndex((s, i) => i > first && s.do === 'enter' && s.ref.kind !== 'extension');
  return first < 0 || left < 0 ? steps : untilNoticedAfter(steps, left);
}

function untilNoticedAfter(steps: readonly Step[], last: number): readonly Step[] {
  return untilFirst(steps, (s, i) => i > last && isNoticed(s));
}

function untilFirst(steps: readonly Step[], wanted: (s: Step, i: number) => boolean): readonly Step[] {
  const at = steps.findIndex(wanted);
  return at < 0 ? steps : endlessAt(steps, at);
}

function isNoticed(s: Step): boolean {
  return s.do === 'play' || s.do === 'ask' || s.do === 'conference' ? s.prompts.length > 0 : rings(s);
}

function rings(s: Step): boolean {
  // of who is away nobody notices anything
  if (s.do === 'ring') return s.legs.some((leg) => leg.kind === 'number' || leg.does !== 'offline');
  return s.do === 'dial-out' || (s.do === 'queue' && s.result !== 'not-let-in');
}

/** Until the caller is told that what he wanted is done. */
function untilChanged(steps: readonly Step[]): readonly Step[] {
  const last = steps.findLastIndex((s) => s.do === 'set' || s.do === 'agent');
  const at = steps.findIndex((s, i) => i > last && s.do === 'play');
  const told = steps[at];
  if (last < 0 || told?.do !== 'play') return asFarAsHeGoes(steps, 'asked');
  return [...steps.slice(0, at), { ...told, prompts: told.prompts.slice(0, 1) }];
}

/** Until the caller has heard the beginning of this. */
function untilHeard(steps: readonly Step[], prompt: string): readonly Step[] {
  const at = steps.findIndex((s) => s.do === 'play' && s.prompts.includes(prompt));
  const last = steps[at];
  if (last?.do !== 'play') return steps;
  return [...steps.slice(0, at), { ...last, prompts: last.prompts.slice(0, last.prompts.indexOf(prompt) + 1) }];
}

/** Until the caller waits in this line or lot. */
function untilThere(steps: readonly Step[], there: Ref): readonly Step[] {
  const at = steps.findIndex((s) => (s.do === 'queue' || s.do === 'park') && refText(s.by) === refText(there));
  const last = steps[at];
  if (last === undefined) return steps;
  // nobody waits in a line that lets nobody in: he notices where it sends him instead
  return last.do === 'queue' && last.result === 'not-let-in' ? untilNoticedAfter(steps, at) : endlessAt(steps, at);
}

/** The caller waits no further than this step. */
function endlessAt(steps: readonly Step[], at: number): readonly Step[] {
  const last = steps[at];
  if (last === undefined) return steps;
  const before = steps.slice(0, at);
  if (last.do === 'ring' || last.do === 'dial-out')
    return last.result === 'answered' ? steps.slice(0, at + 1) : [...before, { ...last, seconds: null, result: 'endless' }];
  return last.do === 'queue' && last.result !== 'answered'
    ? [...before, { ...last, seconds: null, result: 'endless' }]
    : steps.slice(0, at + 1);
}
