import type { Shown } from '../model/caller-id.ts';
import { destinationText } from '../model/destination.ts';
import type { Model } from '../model/kinds.ts';
import type { Forward, LeftOut, PassedOver, QueueStep, RingLeg, RingResult, Step } from '../model/walk/step.ts';
import { named } from './name.ts';

const FORWARDS: Readonly<Record<Forward, string>> = {
  'forward-always': 'all its calls are forwarded',
  'forward-busy': 'it is busy, and forwards such calls',
  'forward-unavailable': 'nobody answered, and it forwards such calls',
  destination: 'its destination',
  'follow-me': 'follow me',
  'speed-dial': 'speed dial',
};

const LEFT_OUT: Readonly<Record<LeftOut, string>> = {
  'do-not-disturb': 'do not disturb is on',
  'in-a-call': 'in a call',
  forwarded: 'its calls are forwarded',
  'no-such-extension': 'there is no such extension',
  'rings-already': 'it rings already',
  'within-itself': 'one of its own members leads here',
  'no-telephone': 'it has no telephone',
  offline: 'its telephone is not there',
  paused: 'paused',
  'not-carried': 'its technology is not carried',
};

const PASSED_OVER: Readonly<Record<PassedOver, string>> = {
  disabled: 'switched off',
  full: 'all its channels are in use',
  'not-carried': 'its technology is not carried',
  'no-such-peer': 'there is no such peer',
};

const RESULTS: Readonly<Record<RingResult, string>> = {
  answered: 'answered',
  busy: 'busy',
  'no-answer': 'nobody answers',
  congestion: 'refused',
  unreachable: 'nothing to ring',
  endless: 'it rings until the caller gives up',
  cut: 'given up',
};

const WAITED: Readonly<Record<QueueStep['result'], string>> = {
  answered: 'answered',
  timeout: 'nobody answers in time',
  'not-let-in': 'not let in',
  'sent-away': 'sent away, since nobody is there',
  leaves: 'leaves by a key',
  endless: 'until the caller gives up',
  cut: 'given up',
};

const STAYS: Readonly<Record<Extract<Step, { do: 'stay' }>['at'], string>> = {
  echo: 'hears himself',
  'mailbox-menu': 'is in the menu of a mailbox',
  listening: 'listens in',
  clock: 'hears the time',
  'asked-again': 'is asked again and again',
  'not-understood': 'is in hand-made dialplan that nobody can tell',
};

/** What happens in one step, a line each: 'rings extension 101 for 20 s: nobody answers'. None: nothing that a caller or an agent would notice. */
export function words(model: Model, s: Step): string[] {
  switch (s.do) {
    case 'enter':
      return [named(model, s.ref)];
    case 'go-on':
      return [`goes on to ${s.number} (${FORWARDS[s.because]})`];
    case 'leave-out':
      return [`${s.who} is left out: ${LEFT_OUT[s.because]}`];
    case 'pass-over':
      return [`${named(model, s.trunk)} is passed over: ${PASSED_OVER[s.because]}`];
    case 'closed':
      return [`${named(model, s.route)} is shut: its ${s.because.replace('-', ' ')} is not carried yet`];
    case 'not-carried':
      return [`${destinationText(s.destination)} is not carried yet: "no such service"`];
    case 'missing':
      return [`${s.what} leads nowhere`];
    case 'loop':
      return [`sent on too often, at ${s.at}: the call ends`];
    case 'record':
      return [`recorded from here on (${named(model, s.because)})`];
    case 'ringing':
      return ['hears ringing'];
    case 'wait':
      return s.answers ? ['answered by the PBX'] : [];
    case 'ring':
      return ring(model, s);
    case 'dial-out':
      return [`dials ${s.leg.dialled} by ${named(model, s.leg.to)}${shown(s.leg.shown)}: ${RESULTS[s.result]}`];
    case 'play':
      return heard(s.prompts);
    case 'ask':
      return [asked(s)];
    case 'decide':
      return [`${named(model, s.by)}: ${s.because}`];
    case 'set':
      return [s.value === null ? `${s.key} is taken away` : `${s.key} is set`];
    case 'queue':
      return queue(model, s);
    case 'conference':
      return [...heard(s.prompts), `is in ${named(model, s.by)}`];
    case 'page':
      return [`speaks to ${s.legs.map((leg) => named(model, leg.to)).join(', ') || 'nobody'}, who take the call by themselves`];
    case 'park':
      return [...heard(s.prompts), `waits in slot ${s.slot}, at most ${s.seconds} s`];
    case 'retrieve':
      return [`gets the call of ${s.slot}`];
    case 'agent':
      return [`agent ${s.agent} ${s.change.replace('-', ' ')} (${named(model, s.queue)})`];
    case 'stay':
      return [STAYS[s.at]];
    case 'voicemail':
      return [`leaves a message for ${s.mailbox} (greeting: ${s.greeting})`];
    case 'sound':
      return [{ music: 'hears music', ring: 'hears ringing', zapateller: 'hears the tones of an invalid number' }[s.sound]];
    case 'tone':
      return [`hears the ${s.tone} tone, and the call ends`];
    case 'end':
      return ['the call ends'];
  }
}

function heard(prompts: readonly string[]): string[] {
  return prompts.length === 0 ? [] : [`hears ${prompts.join(', ')}`];
}

function ring(model: Model, s: Extract<Step, { do: 'ring' }>): string[] {
  const whom = s.legs.map((leg) => legWords(model, leg));
  const most = s.seconds === null ? '' : ` for ${s.seconds} s`;
  const music = s.musicClass === null ? '' : `, music ${s.musicClass}`;
  const inside = s.legs.flatMap((leg) =>
    leg.kind === 'number' ? leg.steps.flatMap((step) => words(model, step)).map((w) => `  (${leg.number}: ${w})`) : [],
  );
  return [`rings ${whom.length === 0 ? 'nobody' : whom.join(', ')}${most}${music}: ${RESULTS[s.result]}`, ...inside];
}

function legWords(model: Model, leg: RingLeg): string {
  return leg.kind === 'number' ? `number ${leg.number}` : `${named(model, leg.to)}${shown(leg.shown)}`;
}

/** What the telephone shows of the caller. */
function shown({ number, name }: Shown): string {
  return number === '' && name === '' ? '' : `, which shows ${name === '' ? number : `"${name}" ${number}`}`;
}

function asked(s: Extract<Step, { do: 'ask' }>): string {
  const [prompts = ''] = heard(s.prompts);
  // a prompt that a key ends
  if (s.seconds === 0 && s.keys === '') return prompts;
  if (prompts !== '') return `${prompts}; has ${s.seconds} s for a key: ${s.keys === '' ? 'nothing' : s.keys}`;
  return `has ${s.seconds} s for a key: ${s.keys === '' ? 'nothing' : s.keys}`;
}

function queue(model: Model, s: QueueStep): string[] {
  const whom = s.legs.map((leg) => legWords(model, leg)).join(', ');
  const most = s.seconds === null ? '' : `, at most ${s.seconds} s`;
  return [`waits${most}; ${s.legs.length === 0 ? 'nobody can be rung' : `${s.some ? 'some of ' : ''}${whom} ring`}: ${WAITED[s.result]}`];
}
