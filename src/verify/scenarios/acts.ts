import type { Model } from '../../model/kinds.ts';
import { type Ref, refText } from '../../model/ref.ts';
import { answersCall, type Step } from '../../model/walk/step.ts';
import { KEY_MS, parties, timeline } from '../../model/walk/timeline.ts';
import type { Act } from '../scenario.ts';
import { calleeHangsUp, endOf, heardOf, type InLine, STILL_RINGING_MS, TIMING } from './expectation.ts';

/** How long people talk. */
const TALK_MS = 1500;
/** From the beginning of the last prompt of a question to the first key. */
const KEYS_AFTER_MS = 400;
/** One prompt, heard out. */
const HEARD_OUT_MS = 1500;
/**
 * One who waits for nothing more hangs up so long after the last prompt began; one who is asked or told something at once, since what is said to him may be short, and
 * where it is over the PBX may hang up itself.
 */
const ENOUGH_MS = 1000;
const NOTICED_MS = 300;
/** An outside member accepts a call so long after he has answered, when he hears what he is asked. */
const ACCEPTS_AFTER_MS = 2000;

/** What telephones and caller do, in the order in which they do it: all but ringing on. */
export function actsOf(model: Model, steps: readonly Step[], language: string, inLine: InLine): Act[] {
  return [...calleeActs(model, steps), ...callerActs(model, steps, language, inLine)];
}

function calleeActs(model: Model, steps: readonly Step[]): Act[] {
  const acts = new Map<string, Act[]>();
  const hangsUp = endOf(steps) === 'talk' && calleeHangsUp(steps);
  for (const step of steps) {
    const by = step.do === 'ring' || step.do === 'queue' ? step.by : null;
    for (const { to, does } of parties([step])) {
      if (does === 'ignore' || does === 'offline') continue;
      const answers = does === 'answer' || does === 'answer-only';
      const list: Act[] = [
        {
          who: to,
          when: 'rings',
          afterMs: answers ? TIMING.answerMs : TIMING.refuseMs,
          do: does === 'answer-only' ? 'answer' : does,
        },
      ];
      const accepts = does === 'answer' && to.kind === 'trunk' && by !== null && confirms(model, by);
      if (accepts) list.push({ who: to, when: 'answered', afterMs: ACCEPTS_AFTER_MS, do: { keys: '1' } });
      // not from his answer: a queue may have something to tell an agent first, and one who hangs up then has not taken the call
      if (does === 'answer' && hangsUp) list.push({ who: to, when: 'talks', afterMs: TALK_MS, do: 'hangup' });
      acts.set(refText(to), list);
    }
  }
  return [...acts.values()].flat();
}

/** Outside members are asked to press a key first. */
function confirms(model: Model, by: Ref): boolean {
  const held = by.kind === 'queue' ? model.queue[by.id] : by.kind === 'follow-me' ? model['follow-me'][by.id] : model['ring-group'][by.id];
  return held?.confirms === true;
}

function callerActs(model: Model, steps: readonly Step[], language: string, inLine: InLine): Act[] {
  const acts: Act[] = [];
  let since: string[] = [];
  let silenceMs = 0;
  // of questions without a prompt: so long nobody listens for a key, or one would belong to the question before
  let unaskedMs = 0;
  // after the answer, from which keys are timed while nothing is heard
  let pressedMs = 0;
  for (const step of steps) {
    const heard = heardOf(step, language);
    since.push(...heard);
    // what the last step makes him wait for he does not wait for any more
    silenceMs = (heard.length > 0 ? 0 : silenceMs) + (step === steps.at(-1) ? 0 : silenceIn(step));
    if (step.do === 'queue' && step.keys !== undefined) {
      // not while he still hears what is said to him before he waits
      acts.push({ who: 'caller', when: atLast(since), afterMs: TIMING.promptMs + ENOUGH_MS, do: { keys: step.keys } });
      since = [];
      silenceMs = 0;
    }
    if (heard.length > 0) unaskedMs = 0;
    if (step.do === 'ask' && step.keys === '' && heard.length === 0) unaskedMs += step.seconds * 1000;
    if (step.do !== 'ask' || step.keys === '') continue;
    acts.push({
      who: 'caller',
      when: step.heardOut === true && heard.length > 0 ? heardOut(atLast(since)) : atLast(since),
      // where there is no prompt to this very question, the one before it is heard out: a key that comes too early is lost
      afterMs: heard.length > 0 ? KEYS_AFTER_MS : HEARD_OUT_MS + unaskedMs + (since.length > 0 ? 0 : pressedMs),
      do: isSecret(model, step.by, step.keys) ? { keys: step.keys, secret: true } : { keys: step.keys },
    });
    pressedMs = since.length > 0 ? 0 : pressedMs + HEARD_OUT_MS + unaskedMs + step.keys.length * KEY_MS;
    since = [];
    silenceMs = 0;
    unaskedMs = step.settleSeconds * 1000;
  }
  const end = hangUp(steps, { since, silenceMs, hasActed: acts.length > 0, inLine });
  return end === null ? acts : [...acts, end];
}

interface Before {
  /** Prompts since the caller did something. */
  readonly since: readonly string[];
  /** How long nothing is heard after the last of them. */
  readonly silenceMs: number;
  readonly hasActed: boolean;
  readonly inLine: InLine;
}

/** How the caller ends it himself; null: he need not, or does so when his time is up. */
function hangUp(steps: readonly Step[], { since, silenceMs, hasActed, inLine }: Before): Act | null {
  const act = (when: Act['when'], afterMs: number): Act => ({ who: 'caller', when, afterMs, do: 'hangup' });
  const answered = steps.some(answersCall);
  switch (endOf(steps)) {
    case 'talk':
      if (calleeHangsUp(steps)) return null;
      if (!answered) return act('answered', TALK_MS);
      // the PBX had answered before it took the call itself
      return since.length > 0 ? act(atLast(since), TIMING.promptMs + silenceMs + TALK_MS) : act('answered', answeredFor(steps) + TALK_MS);
    case 'message':
      return act(atLast(since), TALK_MS);
    case 'listens':
      return act('answered', answeredFor(steps) + TALK_MS);
    case 'endless':
      if (!answered) return null;
      return ringsAgain(steps) ? act('answered', answeredFor(steps.slice(0, -1)) + STILL_RINGING_MS) : act('rings', STILL_RINGING_MS);
    case 'waits':
      if (inLine === 'alone' && somebodyIsPicked(steps)) return act('rings', STILL_RINGING_MS);
      if (since.length > 0 && steps.at(-1)?.do === 'page') return act(atLast(since), longestLeg(steps) + ENOUGH_MS);
      // he is in the room once he has heard who is there
      if (since.length > 0 && steps.at(-1)?.do === 'conference') return act(atLast(since), TIMING.promptMs);
      if (since.length > 0 && silenceMs > 0) return act(atLast(since), TIMING.promptMs + silenceMs + ENOUGH_MS);
      if (since.length > 0) return act(atLast(since), ['play', 'stay', 'ask'].includes(steps.at(-1)?.do ?? '') ? NOTICED_MS : ENOUGH_MS);
      return hasActed ? null : act('answered', silenceMs + ENOUGH_MS);
    default:
      return null;
  }
}

/** How long the last of those rings who are called at the end. */
function longestLeg(steps: readonly Step[]): number {
  return Math.max(0, ...timeline(steps.slice(-1), TIMING).legs.map((leg) => leg.endMs ?? 0));
}

/** Time that the caller is given to key something, and does not take, or that he is made to wait. */
function silenceIn(step: Step): number {
  if (step.do === 'ask') return step.keys === '' ? step.seconds * 1000 : 0;
  return step.do === 'wait' ? step.seconds * 1000 : 0;
}

/** The caller waits in a queue that has agents to ring. */
function somebodyIsPicked(steps: readonly Step[]): boolean {
  const last = steps.at(-1);
  return last?.do === 'queue' && parties([last]).some((p) => p.does !== 'offline');
}

/** From the beginning of the last of these prompts. One that is played several times is counted. */
function atLast(prompts: readonly string[]): Act['when'] {
  const heard = prompts.at(-1);
  if (heard === undefined) return 'answered';
  const nth = prompts.filter((p) => p === heard).length;
  return nth === 1 ? { heard } : { heard, nth };
}

function heardOut(when: Act['when']): Act['when'] {
  return typeof when === 'string' ? when : { ...when, out: true };
}

/**
 * An agent of a queue that he waits out is rung again and again, so that no counting tells who rings at the end: the time does, where nothing is played, whose length
 * nobody knows.
 */
function ringsAgain(steps: readonly Step[]): boolean {
  const again = steps.some(
    (s) => s.do === 'queue' && s.result === 'timeout' && s.agentSeconds !== null && (s.seconds ?? 0) > s.agentSeconds + s.retrySeconds,
  );
  return again && timeline(steps, TIMING).heard.length === 0;
}

/** How long the caller has been answered when he hears what he waited for: an announcement may come before. */
function answeredFor(steps: readonly Step[]): number {
  const at = steps.findIndex(answersCall);
  return at < 0 ? 0 : (timeline(steps.slice(at), TIMING).endMs ?? 0);
}

/** What is keyed is a PIN or password: of the object that asks, or of the one that a code is for. */
function isSecret(model: Model, by: Ref, keys: string): boolean {
  if (!ASK_FOR_SECRETS.has(by.kind)) return false;
  const digits = keys.replace(/#$/, '');
  return Object.entries(model.secrets).some(([name, value]) => value === digits && OF_CALLERS.test(name));
}
const ASK_FOR_SECRETS: ReadonlySet<Ref['kind']> = new Set([
  'feature-code',
  'queue',
  'conference',
  'mailbox',
  'disa',
  'outbound-route',
  'voicemail-blast',
]);
/** Secrets that people key. */
const OF_CALLERS = /^(call-flow|queue|conference|mailbox|recording|outbound-route|pin-set|disa|voicemail-blast)\//;
