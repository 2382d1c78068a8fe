import { splitArguments, splitCall } from '../../asterisk/argument-list.ts';
import type { Ref } from '../../model/ref.ts';
import { answer, refusalOf, refuse } from './answering.ts';
import { Channel, type Leg } from './channel.ts';
import { NotJudged } from './not-judged.ts';
import { type Next, runDialplan, runRoutine } from './run.ts';
import { Process, type Steps } from './scheduler.ts';
import type { Rang, Simulation } from './simulation.ts';

const STATUS = { answered: 'ANSWER', busy: 'BUSY', congestion: 'CONGESTION', 'no-channel': 'CHANUNAVAIL' } as const;
const HIDDEN = { number: 'anonymous', name: 'Anonymous' };

/** Dial(targets,seconds,options). Source: apps/app_dial.c. */
export function* dial(sim: Simulation, channel: Channel, data: string): Steps<Next> {
  const [targets = '', seconds = '', options = ''] = splitArguments(data, ',', 3);
  if (targets === '') throw new NotJudged('Dial without anybody');
  const own = channel.process;
  if (own === null) throw new NotJudged('Dial in a routine of Dial');
  const before = optionOf(options, 'b');
  const legs: Leg[] = [];
  for (const target of targets.split('&')) legs.push(yield* call(sim, channel, target, before, own));
  channel.calling = legs;
  const until = Number(seconds) > 0 ? sim.now + Number(seconds) : null;
  const taken = yield* wait(sim, legs, until);
  for (const leg of legs) if (leg !== taken) leg.hangUp();
  const refused = legs.findLast((l) => l.state !== 'ringing' && l.state !== 'answered');
  if (refused !== undefined && refused.cause > 0) channel.cause = refused.cause;
  if (taken === null) {
    channel.variables.set('DIALSTATUS', statusOf(legs));
    return 'next';
  }
  return yield* accepted(sim, channel, taken, optionOf(options, 'U'));
}

/** Waits until somebody answers, all have refused, or the time is up. */
function* wait(sim: Simulation, legs: readonly Leg[], until: number | null): Steps<Leg | null> {
  for (;;) {
    const answered = legs.find((l) => l.state === 'answered');
    if (answered !== undefined) return answered;
    if (legs.every((l) => l.state !== 'ringing')) return null;
    if (until !== null && sim.now >= until) return null;
    yield { until, listens: true };
  }
}

function statusOf(legs: readonly Leg[]): string {
  const some = (state: Leg['state']): boolean => legs.some((l) => l.state === state);
  if (legs.some((l) => l.state === 'ringing' || l.state === 'gone')) return 'NOANSWER';
  return STATUS[some('busy') ? 'busy' : some('congestion') ? 'congestion' : 'no-channel'];
}

/** Somebody answered; a routine may ask him whether he takes the call. */
function* accepted(sim: Simulation, channel: Channel, leg: Leg, routine: string | null): Steps<Next> {
  if (routine !== null) {
    const peer = new Channel({
      name: `peer-${sim.nextChannel()}`,
      depth: channel.depth + 1,
      variables: leg.variables,
      place: channel.place,
      caller: channel.caller,
      leg,
      parent: null,
    });
    peer.isUp = true;
    yield* routineOf(sim, peer, routine);
    if ((peer.variables.get('GOSUB_RESULT') ?? '') !== '') throw new NotJudged('somebody does not take the call');
  }
  channel.variables.set('DIALSTATUS', 'ANSWER');
  answer(sim, channel, leg.presses);
  if (channel === sim.caller) sim.end = 'talk';
  yield { until: null };
  return 'hang-up';
}

function* routineOf(sim: Simulation, peer: Channel, routine: string): Steps {
  const { name, inner } = splitCall(routine.replaceAll('^', ','));
  const place = name.includes(',') ? name : `${name},s,1`;
  yield* runRoutine(sim, peer, place, inner ?? '');
}

/** Calls somebody: a telephone, a trunk, or a number of the dialplan by a Local channel. */
export function* call(sim: Simulation, channel: Channel, target: string, before: string | null, parent: Process): Steps<Leg> {
  const variables = channel.variables.inherited();
  if (before !== null) yield* prepared(sim, channel, { variables, name: target }, before);
  const [, number, context] = /^Local\/([^@]*)@([^/]+)(?:\/\w*)?$/i.exec(target) ?? [];
  if (number !== undefined && context !== undefined) return callLocal(sim, channel, { number, context }, variables, parent);
  const party = partyOf(sim, target);
  return callParty(sim, channel, party.to, party.dialled, variables, parent);
}

/** b(): a routine on the channel that is called, before it is. */
function* prepared(sim: Simulation, channel: Channel, called: Pick<Channel, 'name' | 'variables'>, routine: string): Steps {
  const callee = new Channel({
    ...called,
    depth: channel.depth + 1,
    place: channel.place,
    caller: channel.caller,
    leg: null,
    parent: null,
  });
  yield* routineOf(sim, callee, routine);
}

function partyOf(sim: Simulation, target: string): { to: Ref; dialled: string } {
  const [technology = '', first = '', second] = target.split('/');
  const [user, peer] = first.split('@');
  const [name, dialled] = second !== undefined ? [first, second] : peer !== undefined ? [peer, user] : [first, first];
  const to = sim.house.party(technology, name ?? '');
  if (to === null || dialled === undefined) throw new NotJudged(`Dial(${target})`);
  return { to, dialled };
}

function callParty(sim: Simulation, channel: Channel, to: Ref, dialled: string, variables: Leg['variables'], parent: Process): Leg {
  const does = sim.at.phones(to, dialled);
  const rang: Rang = {
    to,
    dialled,
    shown: shownTo(sim, channel, to),
    start: sim.now,
    end: null,
    answered: does === 'answer' || does === 'answer-only',
  };
  const states = {
    answer: 'answered',
    'answer-only': 'answered',
    busy: 'busy',
    refuse: 'congestion',
    'wrong-number': 'no-channel',
    offline: 'no-channel',
    ignore: 'ringing',
  } as const;
  const leg: Leg = {
    state: states[does],
    cause: does === 'wrong-number' ? 1 : { busy: 17, congestion: 34, 'no-channel': 20, answered: 0, ringing: 0 }[states[does]],
    presses: does === 'answer',
    variables,
    hangUp: () => {
      rang.end ??= sim.now;
      if (leg.state === 'answered') rang.answered = false;
    },
  };
  if (does !== 'ignore') rang.end = sim.now;
  if (does !== 'offline') sim.legs.push(rang);
  if (leg.state !== 'ringing') sim.scheduler.wake(parent);
  return leg;
}

/** Whom a telephone shows; a trunk's own name in the From header takes the place of both (from_user). */
function shownTo(sim: Simulation, { caller, presentation }: Channel, to: Ref): { number: string; name: string } {
  const trunk = to.kind === 'trunk' ? sim.house.model.trunk[to.id] : undefined;
  if (trunk?.technology === 'sip' && trunk.fromUser !== null) return { number: trunk.fromUser, name: '' };
  return presentation.startsWith('prohib') ? HIDDEN : caller;
}

function callLocal(
  sim: Simulation,
  channel: Channel,
  to: { number: string; context: string },
  variables: Leg['variables'],
  parent: Process,
): Leg {
  const leg: Leg = {
    state: 'ringing',
    cause: 0,
    presses: false,
    variables,
    hangUp: () => endChannel(sim, far),
  };
  const far = new Channel({
    name: `Local/${to.number}@${to.context}-${sim.nextChannel()};2`,
    depth: channel.depth + 1,
    variables: variables.copied(),
    place: { ...to, priority: 1 },
    caller: channel.caller,
    leg,
    parent,
  });
  far.presentation = channel.presentation;
  far.musicClass = channel.musicClass;
  // one that leads nowhere is no leg (local_call)
  if (sim.house.lookup.exists(to.context, to.number, channel.caller.number)) start(sim, far);
  else leg.state = 'gone';
  return leg;
}

/** Lets a channel go through the dialplan; when it is through, whoever called it learns how. */
export function start(sim: Simulation, channel: Channel): void {
  const process = new Process(channel.depth, whole(sim, channel));
  channel.process = process;
  sim.scheduler.start(process);
}

function* whole(sim: Simulation, channel: Channel): Steps {
  yield* runDialplan(sim, channel);
  if (channel === sim.caller) sim.end ??= 'hung-up';
  else refuse(sim, channel, refusalOf(channel.cause));
}

/** A channel that is hung up takes those along whom it had called. */
function endChannel(sim: Simulation, channel: Channel): void {
  if (channel.process !== null) sim.scheduler.end(channel.process);
  for (const leg of channel.calling) leg.hangUp();
}

/** The letter's argument: `U(confirm)`; null: the option is not there. */
export function optionOf(options: string, letter: string): string | null {
  for (let i = 0; i < options.length; i++) {
    const open = options[i + 1] === '(';
    const end = open ? options.indexOf(')', i + 1) : i;
    if (options[i] === letter) return open ? nested(options, i + 1) : '';
    if (open) i = end < 0 ? options.length : end;
  }
  return null;
}

function nested(options: string, open: number): string {
  let depth = 0;
  for (let i = open; i < options.length; i++) {
    if (options[i] === '(') depth++;
    else if (options[i] === ')' && --depth === 0) return options.slice(open + 1, i);
  }
  return options.slice(open + 1);
}
