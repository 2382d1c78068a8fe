import { closingAt } from '../../asterisk/argument-list.ts';
import { split } from '../../asterisk/arguments.ts';
import { isWithin } from '../../model/time-group.ts';
import { answer, refuse } from './answering.ts';
import { background, disa, filesOf, privacyManager as privacymanager, read, waitExten } from './asking.ts';
import type { Channel } from './channel.ts';
import { dial } from './dial.ts';
import { directory } from './directory.ts';
import { assign, holds } from './functions.ts';
import { NotJudged } from './not-judged.ts';
import { page } from './page.ts';
import { queue } from './queue.ts';
import { agentsIn, interfaceOf, logInText } from './queue-members.ts';
import { enter, execute, leave, type Next, placeOf } from './run.ts';
import type { Steps } from './scheduler.ts';
import type { Simulation } from './simulation.ts';

type Application = (sim: Simulation, channel: Channel, data: string) => Next | Steps<Next>;

/** They leave the way of a call, and what is heard of it, as it is. */
const NOTHING: Application = () => 'next';

/** The one program that a rendered dialplan runs itself: it writes a call file, and always can. */
const WAKE_UP_PROGRAM = '/bin/sh,/etc/migrate/wake-up.sh,';

/** Applications that the rendered dialplan uses, by name in lower case. Any other ends the simulation: the call is not judged. */
export const APPLICATIONS: Readonly<Record<string, Application>> = {
  agi: (_sim, channel, data) => {
    if (!data.startsWith(WAKE_UP_PROGRAM)) throw new NotJudged(`AGI(${data})`);
    channel.variables.set('AGISTATUS', 'SUCCESS');
    return 'next';
  },
  addqueuemember: (sim, _channel, data) => logsIn(sim, data),
  answer: (sim, channel) => {
    answer(sim, channel);
    return 'next';
  },
  background,
  busy: (sim, channel, data) => tone(sim, channel, 'busy', data),
  chanspy: (sim, channel) => stays(sim, channel, 'listening'),
  confbridge: (sim, channel, data) => room(sim, channel, data),
  congestion: (sim, channel, data) => tone(sim, channel, 'congestion', data),
  dial,
  directory,
  disa,
  echo: (sim, channel) => stays(sim, channel, 'echo'),
  execif,
  gosub: (sim, channel, data) => gosub(sim, channel, data),
  gosubif: (sim, channel, data) => {
    const way = wayOf(data);
    return way === '' ? 'next' : gosub(sim, channel, way);
  },
  goto: (sim, channel, data) => goTo(sim, channel, data),
  gotoif: (sim, channel, data) => {
    const way = wayOf(data);
    return way === '' ? 'next' : goTo(sim, channel, way);
  },
  gotoiftime: (sim, channel, data) => {
    const [times = '', ways = ''] = split(data, '?', 2);
    const [yes = '', no = ''] = split(ways, ':', 2);
    const way = isNow(sim, times) ? yes : no;
    return way === '' ? 'next' : goTo(sim, channel, way);
  },
  hangup: (_sim, channel, data) => {
    // Asterisk counts a leg that is hung up so as busy; walk() knows no such thing
    if (data === '' && channel.cause !== 0 && channel.leg?.state === 'ringing') throw new NotJudged('a cause is left over');
    channel.cause = Number(data) > 0 ? Number(data) : channel.cause > 0 ? channel.cause : 16;
    return 'hang-up';
  },
  log: NOTHING,
  mixmonitor: (sim) => {
    sim.isRecorded = true;
    return 'next';
  },
  musiconhold: (sim, channel) => listens(sim, channel),
  noop: NOTHING,
  // another call, which begins when this one is over
  originate: NOTHING,
  page,
  parkedcall: (sim, channel, data) => parked(sim, channel, data),
  pausequeuemember: (sim, channel, data) => agentChange(sim, channel, data, 'pauses'),
  pickup: (sim, channel, data) => pickUp(sim, channel, data),
  playback: (sim, channel, data) => {
    const [prompts = '', options = ''] = split(data, ',');
    if (!/noanswer|skip/.test(options)) answer(sim, channel);
    if (channel.isUp || !options.includes('skip')) sim.hears(channel, ...filesOf(prompts));
    return 'next';
  },
  // a tone that tells why something failed goes by; ringing is what somebody listens to
  playtones: (sim, channel, data) => (data === 'ring' ? listens(sim, channel) : 'next'),
  progress: NOTHING,
  queue,
  queuelog: NOTHING,
  read,
  record: (sim, channel) => {
    answer(sim, channel);
    sim.hears(channel, 'beep');
    sim.nextKeys(channel);
    return 'next';
  },
  removequeuemember: (sim, channel, data) => agentChange(sim, channel, data, 'logs-out'),
  privacymanager,
  resetcdr: NOTHING,
  return: (_sim, channel, data) => {
    const frame = leave(channel);
    channel.variables.set('GOSUB_RETVAL', data);
    if (frame === null) return 'hang-up';
    return frame.back === null ? 'returned' : { to: frame.back };
  },
  ringing: NOTHING,
  saydigits: (sim, channel, data) => {
    sim.hears(channel, ...spelled(data));
    return 'next';
  },
  sayunixtime: (sim, channel) => stays(sim, channel, 'clock'),
  set: (sim, channel, data) => {
    const equals = data.indexOf('=');
    if (equals < 0) throw new NotJudged(`Set(${data})`);
    assign(sim, channel, data.slice(0, equals).trim(), data.slice(equals + 1));
    return 'next';
  },
  stackpop: (_sim, channel) => {
    leave(channel);
    return 'next';
  },
  stopmixmonitor: NOTHING,
  stopplaytones: NOTHING,
  system: NOTHING,
  unpausequeuemember: (sim, channel, data) => agentChange(sim, channel, data, 'ends-pause'),
  userevent: NOTHING,
  voicemail: (sim, channel, data) => voicemail(sim, channel, data),
  voicemailmain: (sim, channel) => stays(sim, channel, 'mailbox'),
  wait: (sim, channel, data) => waits(sim, channel, data),
  waitexten: waitExten,
  zapateller: NOTHING,
};

function* waits(sim: Simulation, channel: Channel, data: string): Steps<Next> {
  channel.askedIn = null;
  const seconds = Number(data);
  if (Number.isNaN(seconds)) throw new NotJudged(`Wait(${data})`);
  // what is waited for its own sake, in fractions of a second, is too short to count
  if (seconds >= 1) yield { until: sim.now + seconds };
  return 'next';
}

/** ExecIf(condition?application(arguments):other(arguments)). */
function* execif(sim: Simulation, channel: Channel, data: string): Steps<Next> {
  const question = data.indexOf('?');
  const [yes = '', no = ''] = split(data.slice(question + 1), ':', 2);
  const way = holds(data.slice(0, question)) ? yes : no;
  if (way === '') return 'next';
  const open = way.indexOf('(');
  const close = open < 0 ? -1 : closingAt(way, open);
  return yield* execute(
    sim,
    channel,
    open < 0 ? way : way.slice(0, open),
    open < 0 ? '' : way.slice(open + 1, close < 0 ? undefined : close),
  );
}

function wayOf(data: string): string {
  const question = data.indexOf('?');
  const [yes = '', no = ''] = split(data.slice(question + 1), ':', 2);
  return holds(data.slice(0, question)) ? yes : no;
}

function goTo(sim: Simulation, channel: Channel, way: string): Next {
  const to = placeOf(sim, channel, way);
  return to === null ? 'hang-up' : { to };
}

function gosub(sim: Simulation, channel: Channel, way: string): Next {
  const open = way.indexOf('(');
  const to = placeOf(sim, channel, open < 0 ? way : way.slice(0, open));
  if (to === null || sim.house.lookup.step(to.context, to.number, to.priority, channel.caller.number) === null) return 'hang-up';
  const args = open < 0 ? [] : split(way.slice(open + 1, way.lastIndexOf(')')), ',');
  enter(channel, args, { ...channel.place, priority: channel.place.priority + 1 });
  return { to };
}

function isNow(sim: Simulation, times: string): boolean {
  const [hours = '*', weekdays = '*', daysOfMonth = '*', months = '*'] = split(times, ',');
  return sim.at.time !== null && isWithin({ description: '', times: [{ hours, weekdays, daysOfMonth, months }] }, sim.at.time);
}

function* tone(sim: Simulation, channel: Channel, which: 'busy' | 'congestion', data: string): Steps<Next> {
  channel.cause = which === 'busy' ? 17 : 34;
  if (channel === sim.caller) {
    sim.end = which;
    return 'hang-up';
  }
  refuse(sim, channel, which);
  yield { until: Number(data) > 0 ? sim.now + Number(data) : null };
  return 'hang-up';
}

/** He is where he stays until he has enough; what he hears of it is not known. */
function* stays(sim: Simulation, channel: Channel, where: string): Steps<Next> {
  answer(sim, channel);
  if (channel === sim.caller) {
    sim.end = `stays: ${where}`;
    sim.isOpen = true;
  }
  yield { until: null };
  return 'hang-up';
}

function* listens(sim: Simulation, channel: Channel): Steps<Next> {
  answer(sim, channel);
  if (channel === sim.caller) sim.end = 'listens';
  yield { until: null };
  return 'hang-up';
}

function* room(sim: Simulation, channel: Channel, data: string): Steps<Next> {
  answer(sim, channel);
  sim.hears(channel, `conference ${split(data, ',')[0]}`);
  if (channel === sim.caller) sim.end = 'waits';
  yield { until: null };
  return 'hang-up';
}

function* voicemail(sim: Simulation, channel: Channel, data: string): Steps<Next> {
  answer(sim, channel);
  const [boxes = '', options = ''] = split(data, ',');
  // of several the first counts for the caller
  const [box = ''] = boxes.split('&');
  const id = box.includes('@') ? box : `${box}@default`;
  if (!(id in sim.house.model.mailbox)) {
    channel.variables.set('VMSTATUS', 'FAILED');
    return 'next';
  }
  const greeting = options.includes('b') ? 'busy' : options.includes('u') ? 'unavailable' : 'none';
  // without a greeting he is told what to do all the same, but for 's'
  if (greeting === 'none' && !options.includes('s')) sim.hears(channel, 'vm-intro');
  sim.hears(channel, `voicemail ${id} ${greeting}`);
  if (channel === sim.caller) sim.end = 'message';
  yield { until: null };
  return 'hang-up';
}

function parked(sim: Simulation, channel: Channel, data: string): Next | Steps<Next> {
  const waiting = Object.keys(sim.at.state.parked ?? {});
  const slot = split(data, ',')[1] ?? waiting[0] ?? '';
  answer(sim, channel);
  if (waiting.includes(slot)) return taken(sim, channel, `parked in ${slot}`);
  sim.hears(channel, 'pbx-invalidpark');
  return 'next';
}

function pickUp(sim: Simulation, channel: Channel, data: string): Next | Steps<Next> {
  const ringing = Object.keys(sim.at.state.ringing ?? {});
  const found = filesOf(data)
    .map((t) => t.split('@')[0] ?? '')
    .find((t) => ringing.includes(t));
  if (data === '') throw new NotJudged('Pickup()');
  return found === undefined ? 'next' : taken(sim, channel, `call that rings at ${found}`);
}

function* taken(sim: Simulation, channel: Channel, what: string): Steps<Next> {
  answer(sim, channel);
  sim.hears(channel, what);
  if (channel === sim.caller) sim.end = 'waits';
  yield { until: null };
  return 'hang-up';
}

/** AddQueueMember(queue,interface,penalty,options,name,what says whether he is free). */
function logsIn(sim: Simulation, data: string): Next {
  const [queueId = '', member = '', penalty = '', , name = '', watches = ''] = split(data, ',');
  sim.agentChanges.push(logInText({ member, queue: queueId, penalty: Number(penalty), name, watches }));
  return 'next';
}

/** RemoveQueueMember(queue,interface), PauseQueueMember(queue,interface); without a queue, in all of his. */
function agentChange(sim: Simulation, _channel: Channel, data: string, change: string): Next {
  const [id = '', who = ''] = split(data, ',');
  const ids =
    id === '' ? Object.keys(sim.house.model.queue).filter((q) => agentsIn(sim, q).some((a) => interfaceOf(a.member) === who)) : [id];
  for (const queueId of ids) sim.agentChanges.push(`${who} ${change} ${queueId}`);
  return 'next';
}

/** SayDigits(): what it has no sound for it leaves out. */
function spelled(text: string): string[] {
  const words: Readonly<Record<string, string>> = { '*': 'star', '#': 'pound', '-': 'minus' };
  return [...text].flatMap((c) => (/\d/.test(c) ? [`digits/${c}`] : words[c] === undefined ? [] : [`digits/${words[c]}`]));
}
