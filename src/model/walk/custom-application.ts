import type { Destination } from '../destination.ts';
import { MODEL_KINDS, type Model, settingsOf } from '../kinds.ts';
import { promptsThere } from '../recording.ts';
import { ref } from '../ref.ts';
import { hangUp, tone } from './call.ts';
import { destinationAt } from './custom-destination.ts';
import { knownOf } from './custom-known.ts';
import type { Turn, Visit } from './custom-turn.ts';
import { filledIn, isTrue } from './custom-value.ts';
import { nextKeys } from './keys.ts';
import { musicFor } from './music.ts';
import { queueByHand } from './queue.ts';
import { ring, type Target } from './ring.ts';
import { answersCall } from './step.ts';
import { leaveMessage } from './take-message.ts';
import { targetOfDial } from './telephones.ts';

/** What an application does to a call, its arguments as they are written. By name in lower case. */
type Application = (args: string, visit: Visit) => Turn;

const ON: Turn = { goes: 'on' };
const UNKNOWN: Turn = { goes: 'unknown' };

/** An application over arguments that are all known, parted at commas or pipes. */
function given(run: (parts: readonly string[], visit: Visit) => Turn): Application {
  return (args, visit) => {
    const text = filledIn(args, knownOf(visit));
    return text === null ? UNKNOWN : run(parted(text), visit);
  };
}

const nothing: Application = () => ON;

/** The applications that walk() understands, each with what those who take part notice of it. */
export const CUSTOM_APPLICATIONS: Readonly<Record<string, Application>> = {
  answer: (_, { call }) => {
    answer(call);
    return ON;
  },
  noop: nothing,
  verbose: nothing,
  log: nothing,
  progress: nothing,
  resetcdr: nothing,
  nocdr: nothing,
  userevent: nothing,
  queuelog: nothing,
  system: nothing,
  trysystem: nothing,
  sipaddheader: nothing,
  sipremoveheader: nothing,
  setaccount: nothing,
  setamaflags: nothing,
  stopmonitor: nothing,
  stopmixmonitor: nothing,
  ringing: (_, { call }) => {
    call.steps.push({ do: 'ringing' });
    return ON;
  },
  mixmonitor: record,
  monitor: record,
  macro: given(([name = ''], visit) => MACROS[name]?.(visit) ?? UNKNOWN),
  set: assign,
  setvar: assign,
  agi: script,
  deadagi: script,
  wait: given(([seconds = ''], { call }) => {
    if (!/^\d+(\.\d+)?$/.test(seconds)) return UNKNOWN;
    call.elapsed += Number(seconds);
    call.steps.push({ do: 'wait', seconds: Number(seconds), answers: false });
    return ON;
  }),
  playback: given(([files = '', options = ''], { run, call }) => {
    const early = /noanswer|skip/i.test(options) && !call.steps.some(answersCall);
    if (/skip/i.test(options) && early) return ON;
    if (!early) answer(call);
    const prompts = promptsThere(run.model, files);
    if (prompts.length > 0) call.steps.push({ do: 'play', prompts, early });
    return ON;
  }),
  read: given(read),
  goto: given((parts, visit) => jump(parts, visit)),
  gotoif: branch,
  dial: given(dial),
  voicemail: given(voicemail),
  queue: given(queue),
  musiconhold: given((_, { call }) => {
    answer(call);
    call.steps.push({ do: 'sound', sound: 'music' });
    return { goes: 'over', ending: 'answered' };
  }),
  busy: (_, { call }) => ({ goes: 'over', ending: tone(call, 'busy') }),
  congestion: (_, { call }) => ({ goes: 'over', ending: tone(call, 'congestion') }),
  hangup: (_, { call }) => ({ goes: 'over', ending: hangUp(call) }),
};

/** Macros of FreePBX that do nothing which anybody notices, or end the call. */
const MACROS: Readonly<Record<string, (visit: Visit) => Turn>> = {
  'user-callerid': () => ON,
  hangupcall: ({ call }) => ({ goes: 'over', ending: hangUp(call) }),
  'get-vmcontext': () => ON,
};

function answer(call: Visit['call']): void {
  if (!call.steps.some(answersCall)) call.steps.push({ do: 'wait', seconds: 0, answers: true });
}

function record(_: string, { run, call, at }: Visit): Turn {
  if (!call.recording.on && settingsOf(run.model).recordingAllowed)
    call.steps.push({ do: 'record', because: ref('custom-dialplan', at.context) });
  call.recording = { ...call.recording, on: true };
  return ON;
}

/** A script that the new box has may do anything; without it the call goes on. */
function script(args: string, { run }: Visit): Turn {
  const name = parted(args)[0] ?? '';
  return run.model['agi-script'][name]?.carried === true || /[:$/]/.test(name) ? UNKNOWN : ON;
}

/** `Set(NAME=value)`: what cannot be told is remembered as such. */
function assign(args: string, visit: Visit): Turn {
  const [, written = '', value = ''] = /^\s*([^=]*)=(.*)$/s.exec(args) ?? [];
  const name = written.trim().replace(/^_+/, '');
  const { call } = visit;
  const known = filledIn(value, knownOf(visit));
  if (/^\w+$/.test(name)) call.variables = { ...call.variables, [name]: known };
  if (/^(?:CALLERID\((?:num|number|name|all)\)|CALLERIDNUM|CALLERIDNAME)$/i.test(name)) return setCaller(call, name, known);
  // what it sets otherwise nobody notices, but for what is asked for again
  return /^(?:GROUP|CHANNEL\(musicclass\)|MUSICCLASS|DB)\b/i.test(name) ? UNKNOWN : ON;
}

function setCaller(call: Visit['call'], what: string, value: string | null): Turn {
  if (value === null) return UNKNOWN;
  const [, name, number] = /^\s*"?([^"<]*?)"?\s*<([^>]*)>\s*$/.exec(value) ?? [];
  if (/all/i.test(what)) call.caller = { number: number ?? value, name: name ?? '' };
  else if (/name/i.test(what)) call.caller = { ...call.caller, name: value };
  else call.caller = { ...call.caller, number: value };
  return ON;
}

/** `Read(VARIABLE,prompts,digits,options,attempts,seconds)`: asks until something is keyed. Source: app_read.c. */
function read([name = '', files = '', most = '', , attempts = '1', seconds = '10']: readonly string[], { run, call, at }: Visit): Turn {
  answer(call);
  const prompts = promptsThere(run.model, files);
  const limit = Number(most) || 255;
  const wait = Number(seconds) || 10;
  let taken = '';
  for (let i = 0; i < Math.max(1, Number(attempts) || 1) && taken === ''; i++) {
    const keys = nextKeys(call);
    taken = (keys.split('#')[0] ?? '').slice(0, limit);
    const settles = keys !== '' && !keys.includes('#') && keys.length < limit ? wait : 0;
    call.elapsed += keys === '' ? wait : settles;
    call.steps.push({
      do: 'ask',
      by: ref('custom-dialplan', at.context),
      prompts,
      keys,
      seconds: wait,
      settleSeconds: settles,
      early: false,
    });
  }
  call.variables = { ...call.variables, [name.replace(/^_+/, '')]: taken };
  return ON;
}

/** `[[context,]extension,]priority`. */
function jump(parts: readonly string[], { run, at }: Visit): Turn {
  const [priority = '', extension = null, context = null] = parts.toReversed();
  if (context === null || context === at.context || run.model['custom-dialplan'][context] !== undefined)
    return { goes: 'to', context, extension, priority: relative(priority, at.priority) };
  const destination = destinationAt(run.model, context, extension ?? at.extension, priority);
  // an object that is not there has no place in the dialplan: the call is hung up on in silence
  if (destination !== null && isGone(run.model, destination)) return { goes: 'to', context, extension, priority };
  return destination === null ? UNKNOWN : { goes: 'out', destination };
}

function isGone(model: Model, to: Destination): boolean {
  const kind = MODEL_KINDS.find((k) => k === to.to);
  return kind !== undefined && 'id' in to && !(to.id in model[kind]);
}

function relative(priority: string, now: number): string {
  const [, plus] = /^n(?:\+(\d+))?$/.exec(priority) ?? [];
  return priority === 'n' || plus !== undefined ? String(now + 1 + Number(plus ?? 0)) : priority;
}

/** `GotoIf(condition?yes:no)`. */
function branch(args: string, visit: Visit): Turn {
  const at = outside(args, '?');
  if (at < 0) return UNKNOWN;
  const condition = filledIn(args.slice(0, at), knownOf(visit));
  if (condition === null) return UNKNOWN;
  const ways = args.slice(at + 1);
  const colon = outside(ways, ':');
  const [yes, no] = colon < 0 ? [ways, ''] : [ways.slice(0, colon), ways.slice(colon + 1)];
  const way = filledIn(isTrue(condition) ? yes : no, knownOf(visit));
  if (way === null) return UNKNOWN;
  return way.trim() === '' ? ON : jump(parted(way), visit);
}

/** Dial to telephones, trunks and numbers. What runs on the way (G, U, M) and what changes who is rung is not understood. */
function dial([names = '', seconds = '', options = '']: readonly string[], { run, call, at }: Visit): Turn {
  if (/[GUMLS]\(|[FbB]/.test(options)) return UNKNOWN;
  const targets = names.split('&').map((name) => target(run, name));
  if (targets.includes(null) || (seconds !== '' && !/^\d+$/.test(seconds))) return UNKNOWN;
  const hearsMusic = /m/.test(options);
  const result = ring(run, call, {
    by: ref('custom-dialplan', at.context),
    targets: targets as Target[],
    seconds: seconds === '' ? null : Number(seconds),
    musicClass: hearsMusic ? musicFor(run, call) : null,
  });
  const status = {
    answered: 'ANSWER',
    busy: 'BUSY',
    'no-answer': 'NOANSWER',
    congestion: 'CONGESTION',
    unreachable: 'CHANUNAVAIL',
  } as const;
  if (result === 'endless' || result === 'cut') return { goes: 'over', ending: result };
  // with g the call goes on after the talk: nobody waits for that
  if (result === 'answered') return { goes: 'over', ending: 'answered' };
  call.variables = { ...call.variables, DIALSTATUS: status[result] };
  return ON;
}

/** `Queue(name,options,URL,announcement,seconds)`; more arguments run dialplan of their own. */
function queue([name = '', options = '', , , seconds = '', ...more]: readonly string[], { run, call }: Visit): Turn {
  const held = run.model.queue[name];
  if (held === undefined || more.some((m) => m !== '') || !/^\d*$/.test(seconds) || /[nri]/.test(options)) return UNKNOWN;
  const result = queueByHand(run, call, name, held, seconds === '' ? null : Number(seconds));
  if (result === 'answered' || result === 'cut' || result === 'endless') return { goes: 'over', ending: result };
  call.variables = { ...call.variables, QUEUESTATUS: null };
  return ON;
}

/** null: of a driver or context that is not understood. One that does not exist rings nobody. */
function target(run: Visit['run'], name: string): Target | null {
  if (/^local\//i.test(name)) return /@from-internal/i.test(name) ? targetOfDial(run.model, name) : null;
  return /^(?:sip|iax2|pjsip)\/[\w.@/+*#-]+$/i.test(name) ? targetOfDial(run.model, name) : null;
}

/** `VoiceMail(101@default,u)`, and the old `VoiceMail(u101)`. */
function voicemail([boxes = '', options = '']: readonly string[], { run, call }: Visit): Turn {
  const [, old = '', box = ''] = /^([sub]*)([^&]*)/.exec(boxes) ?? [];
  const letters = `${old}${options}`;
  const greeting = letters.includes('s') ? 'none' : letters.includes('b') ? 'busy' : letters.includes('u') ? 'unavailable' : 'none';
  const id = box.includes('@') ? box : `${box}@default`;
  // one that does not exist fails, and the call goes on
  if (!(id in run.model.mailbox)) return ON;
  answer(call);
  return { goes: 'over', ending: leaveMessage(call, id, greeting) };
}

/** Parts at commas or pipes. */
function parted(text: string): string[] {
  return text.split(/[,|]/).map((part) => part.trim());
}

/** Place of a sign outside of `${...}`, `$[...]`, parentheses and quotes; -1: nowhere. */
function outside(text: string, sign: string): number {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '"') quoted = !quoted;
    else if (!quoted && '{[('.includes(c)) depth++;
    else if (!quoted && '}])'.includes(c)) depth--;
    else if (c === sign && depth === 0 && !quoted) return i;
  }
  return -1;
}
