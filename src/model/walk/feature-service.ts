import { mayPickUp } from '../device.ts';
import { pinsUnder } from '../pin-set.ts';
import { promptsOf } from '../recording.ts';
import { type Ref, ref } from '../ref.ts';
import { ask, authenticate, saidAll, say, spelled } from './ask.ts';
import { type Call, hangUp, type Run, stateOf } from './call.ts';
import { answerAndWait, byOf, type Feature, pauseFor, userOf } from './feature-call.ts';
import { lastCallerOf } from './feature-list.ts';
import type { Ending } from './step.ts';

/** How often the menu of *77 is heard out: it is said without end. */
const MOST_ROUNDS = 3;

/** *43. */
export const echo: Feature = (_run, call, use) => {
  answerAndWait(call);
  say(call, ['demo-echotest']);
  call.steps.push({ do: 'stay', by: byOf(use), at: 'echo' });
  return 'answered';
};

/** *60: the hour cannot be known, so what comes after the first words is open. */
export const clock: Feature = (_run, call, use) => {
  answerAndWait(call);
  say(call, ['at-tone-time-exactly']);
  call.steps.push({ do: 'stay', by: byOf(use), at: 'clock' });
  return 'answered';
};

/** *65. */
export const ownNumber: Feature = (_run, call) => {
  answerAndWait(call);
  say(call, ['your', 'extension', 'number', 'is', ...spelled(userOf(call))]);
  pauseFor(call, 2);
  return saidAll(call);
};

/** *69: who called last, and calls him. */
export const lastCaller: Feature = (run, call, use) => {
  answerAndWait(call);
  say(call, ['info-about-last-call', 'telephone-number']);
  const last = lastCallerOf(run, call);
  if (last === null) {
    say(call, ['from-unknown-caller']);
    return saidAll(call);
  }
  say(call, spelled(last));
  const key = ask(call, byOf(use), ['to-call-this-number', 'press-1'], { seconds: 60, settleSeconds: 0, most: 1, takesHash: true });
  if (key === '1') return run.dial(last, call);
  // who keys nothing comes to the end of the steps, any other key to `i`
  say(call, key === '' ? ['sorry-youre-having-problems', 'goodbye'] : ['vm-goodbye']);
  return saidAll(call);
};

/** *77 and *99: a prompt of one's own, heard and recorded again for as long as one likes. */
export function recordPrompt(what: 'record' | 'check'): Feature {
  return (_run, call, use) => {
    pauseFor(call, 2);
    if (what === 'check') say(call, ['beep']);
    else record(call, byOf(use));
    return hearAndRecord(call, byOf(use), []);
  };
}

/** *29 and the number of a recording: it is heard and recorded anew, by who knows its password where it has one. */
export function recordAnew(id: string): Feature {
  return (run, call, use) => {
    const by = byOf(use);
    pauseFor(call, 2);
    if (run.model.recording[id]?.asksPassword === true && !authenticate(call, by, pinsUnder(run.model, `recording/${id}/password`)))
      return saidAll(call);
    const prompts = promptsOf(run.model, id);
    say(call, ['beep', ...prompts]);
    pauseFor(call, 1);
    return hearAndRecord(call, by, prompts);
  };
}

function hearAndRecord(call: Call, by: Ref, prompts: readonly string[]): Ending {
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
    const key = ask(call, by, ['to-listen-to-it', 'press-1', 'to-rerecord-it', 'press-star', 'astcc-followed-by-pound'], {
      seconds: 4,
      most: 1,
    });
    if (key === '*') record(call, by);
    if (key === '1' && prompts.length > 0) say(call, prompts);
  }
  call.steps.push({ do: 'stay', by, at: 'asked-again' });
  return 'answered';
}

/** Until '#', or as long as the caller speaks. */
function record(call: Call, by: Ref): void {
  ask(call, by, ['beep'], { seconds: RECORD_SECONDS });
  pauseFor(call, 1);
}
/** How long somebody is taken to speak who does not press '#'. */
const RECORD_SECONDS = 60;

/** **EXTENSION takes a call that rings there; where none does, it is over without a word. */
export const pickUp: Feature = (run, call, use) => takeOver(run, call, use.given ?? '');

/** *8 takes one that rings in the pickup group of the caller's telephone. */
export const pickUpInGroup: Feature = (run, call) => {
  const devices = (id: string): readonly string[] => run.model.extension[id]?.devices ?? [];
  const own = run.model.device[call.from.device ?? devices(call.from.extension ?? '')[0] ?? ''];
  const ringing = Object.keys(run.at.state.ringing ?? {});
  return takeOver(run, call, ringing.find((id) => devices(id).some((device) => mayPickUp(own, run.model.device[device]))) ?? '');
};

function takeOver(run: Run, call: Call, who: string): Ending {
  if (run.at.state.ringing?.[who] === undefined) return hangUp(call);
  call.steps.push({ do: 'retrieve', by: ref('extension', who), slot: who });
  return 'answered';
}

/** 555: listens in to an extension's call. */
export const listenIn: Feature = (run, call, use) => {
  answerAndWait(call);
  const who = use.given ?? ask(call, byOf(use), ['please-enter-the', 'extension', 'number', 'followed_pound']);
  if (use.given === null) pauseFor(call, 1);
  if (who === '' || !stateOf(run, who).inCall) return saidAll(call);
  call.steps.push({ do: 'stay', by: byOf(use), at: 'listening' });
  return 'answered';
};

/** 7777: a call as if it came from a carrier that sends no number. */
export const simulate: Feature = (run, call) => run.follow({ to: 'number', context: 'from-pstn', number: 's' }, call);
