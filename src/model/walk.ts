import { type ClassOfService, dialRuleFor, isFor } from './class-of-service.ts';
import { type Destination, destinationText } from './destination.ts';
import { patternLength } from './dial-pattern.ts';
import type { Model, ModelKind, ObjectOf } from './kinds.ts';
import { claimFor, featureFor, type Numbering, numbering, reach } from './numbering.ts';
import type { OutboundRoute } from './outbound-route.ts';
import { isKeyed, pinsUnder } from './pin-set.ts';
import { ref } from './ref.ts';
import { isInboundContext, outboundRouteFor } from './routing.ts';
import { isWithin } from './time-group.ts';
import { announce } from './walk/announcement.ts';
import { authenticate, saidAll } from './walk/ask.ts';
import { type Call, hangUp, mayGoOn, NO_SUCH_NUMBER, newCall, type Run, sorry, tone } from './walk/call.ts';
import { callBack } from './walk/callback.ts';
import { isLong, reachInClass } from './walk/class-of-service.ts';
import { joinConference } from './walk/conference.ts';
import { callCustom } from './walk/custom.ts';
import { lookUp } from './walk/directory.ts';
import { dialOn } from './walk/disa.ts';
import { routeByValue } from './walk/dynamic-route.ts';
import { callExtension, callUnanswered } from './walk/extension.ts';
import { callFeature, featureOf } from './walk/feature.ts';
import { callFollowMe, isFollowed } from './walk/follow-me.ts';
import { goTo, mailboxOf } from './walk/go-on.ts';
import { callFromOutside, endAs, noService } from './walk/inbound.ts';
import { backToMenu, callMenu } from './walk/ivr.ts';
import { callOutside, callTrunk } from './walk/outbound.ts';
import { callPageGroup } from './walk/page.ts';
import { park } from './walk/parking.ts';
import { passApplication, passLanguage, passMiscDestination, passPriority, passRecordingRule, setCaller } from './walk/passing.ts';
import { callQueue } from './walk/queue.ts';
import { ALL_ROUTES } from './walk/ring.ts';
import { callGroup } from './walk/ring-group.ts';
import type { Situation } from './walk/situation.ts';
import type { Ending, Step } from './walk/step.ts';
import { takeMessage } from './walk/take-message.ts';
import { callByMode, callByTime } from './walk/time.ts';
import { blast } from './walk/voicemail-blast.ts';

/**
 * The one interpreter of the model: what happens to a call that begins at `from`, step by step, until it is answered or ends. Pure; the
 * same model and situation give the same steps. What people dial begins as `{ to: 'number', context: 'from-internal', number }`, a call
 * from a carrier as `{ to: 'number', context: 'from-trunk', number: did }`.
 *
 *     walk(model, dialled('101'), fromExtension('102', { phones: () => 'busy' }))
 *
 * Facts about the old box: ELASTIX.md 5, 6, 16 and 19, and the calls of samples/clinic/golden.json.gz.
 * @param inside what numbering(model) gave, where many walks share it.
 */
export function walk(model: Model, from: Destination, at: Situation, inside: Numbering = numbering(model)): Step[] {
  const run: Run = {
    model,
    at,
    inside,
    dials: 0,
    follow: (d, call) => follow(run, call, d),
    dial: (number, call) => dial(run, call, number),
    menu: (id, call) => backToMenu(run, call, id),
  };
  const call = newCall(model, at);
  follow(run, call, from);
  return call.steps;
}

/** A number that somebody inside dials, as a beginning for walk(). */
export function dialled(number: string): Destination {
  return { to: 'number', context: 'from-internal', number };
}

/** A number that a carrier sends, as a beginning for walk(). */
export function fromCarrier(did: string): Destination {
  return { to: 'number', context: 'from-trunk', number: did };
}

function follow(run: Run, call: Call, d: Destination): Ending {
  switch (d.to) {
    case 'extension':
      return callPerson(run, call, d.id, d.by);
    case 'mailbox':
      return leaveMessage(run, call, d.id, d.greeting);
    case 'feature-code':
      return useCode(run, call, d.code);
    case 'trunk':
      return callTrunk(run, call, d.id);
    case 'custom':
      return d.context in run.model['custom-dialplan'] ? callCustom(run, call, d) : notCarried(call, d);
    case 'number':
      return numberIn(run, call, d);
    case 'end':
      return end(call, d.how);
    case 'missing':
      call.steps.push({ do: 'missing', what: destinationText(d) });
      return hangUp(call);
    default:
      return d.to in OBJECTS ? enterObject(run, call, d.to as keyof typeof OBJECTS, d) : notCarried(call, d);
  }
}

/** What becomes of a call in an object of the model, by its kind. */
const OBJECTS = {
  'ring-group': callGroup,
  announcement: announce,
  'call-flow': callByMode,
  ivr: callMenu,
  queue: callQueue,
  conference: joinConference,
  'page-group': callPageGroup,
  'time-condition': callByTime,
  parking: park,
  'dynamic-route': routeByValue,
  directory: lookUp,
  disa: dialOn,
  callback: callBack,
  'voicemail-blast': blast,
  language: passLanguage,
  'set-cid': setCaller,
  'queue-priority': passPriority,
  'recording-rule': passRecordingRule,
  'misc-destination': passMiscDestination,
  'misc-application': passApplication,
} as const;

function enterObject<K extends keyof typeof OBJECTS>(run: Run, call: Call, kind: K, d: Extract<Destination, { id: string }>): Ending {
  const held = run.model[kind][d.id];
  const take = OBJECTS[kind] as (run: Run, call: Call, id: string, held: ObjectOf<ModelKind>) => Ending;
  return held === undefined ? notCarried(call, d) : take(run, call, d.id, held);
}

/** An extension, with its owner's other telephones unless they are passed over: ext-findmefollow comes before ext-local. */
function callPerson(run: Run, call: Call, id: string, by: Extract<Destination, { to: 'extension' }>['by']): Ending {
  if (by === 'unanswered') return callUnanswered(run, call, id);
  const followMe = run.model['follow-me'][id];
  const follows = by === 'forced-follow-me' || (by === 'follow-me' && isFollowed(run, id));
  return follows && followMe !== undefined ? callFollowMe(run, call, id, followMe) : callExtension(run, call, id);
}

/** A feature code, or whoever else has its number: ext-featurecodes leads back into from-internal. */
function useCode(run: Run, call: Call, code: string): Ending {
  const use = featureFor(run.inside, code);
  if (use === null) return claimFor(run.inside, code) === null ? notCarried(call, { to: 'feature-code', code }) : dial(run, call, code);
  const feature = featureOf(run, use);
  return feature === null ? notCarried(call, { to: 'feature-code', code }) : callFeature(run, call, use, feature);
}

/** Dials a number as from inside: the house first, then the routes. */
function dial(run: Run, call: Call, number: string): Ending {
  if (!mayGoOn(run, call, number)) return 'congestion';
  // routes look at the number that the telephone sends; once something has happened, at what it was made into
  const callerNumber = call.steps.length === 0 ? call.from.number : call.caller.number;
  const there = reach(run.model, run.inside, number, callerNumber, (id, route) => isOpenNow(run, call, id, route));
  switch (there.leads) {
    case 'inside':
      return follow(run, call, there.destination);
    case 'outside':
      return callOutside(run, call, there.match, number);
    case 'nowhere':
      return nowhere(call, number);
  }
}

/** Dials a number by the routes alone. */
function dialOutside(run: Run, call: Call, number: string): Ending {
  if (!mayGoOn(run, call, number)) return 'congestion';
  const match = outboundRouteFor(run.model, number, call.caller.number, (id, route) => isOpenNow(run, call, id, route));
  if (match !== null) return callOutside(run, call, match, number);
  call.steps.push({ do: 'missing', what: `number ${number}` });
  return 'congestion';
}

/** A route with hours: outside them, or where no time is given, it is as if it were not there. */
function isOpenNow(run: Run, call: Call, id: string, route: OutboundRoute): boolean {
  const hours = route.timeGroup === null ? undefined : run.model['time-group'][route.timeGroup];
  if (hours === undefined) return true;
  const open = run.at.time !== null && isWithin(hours, run.at.time);
  call.steps.push({ do: 'decide', by: ref('outbound-route', id), because: open ? 'in time' : 'out of time', byTime: true });
  return open;
}

/** bad-number has `_X.` alone: what does not begin with a digit, or is but one, is refused without a word (golden: outbound/no-route-star). */
function nowhere(call: Call, number: string): Ending {
  if (/^[0-9]./.test(number)) return sorry(call, NO_SUCH_NUMBER);
  const direct = call.forwards === 1 && call.steps.every((s) => s.do === 'decide');
  return hangUp(call, direct ? 1 : 16);
}

/** A number that a telephone of a class of service dials: the parts that it may use, and no others. */
function dialInClass(run: Run, call: Call, id: string, held: ClassOfService, dialled: string): Ending {
  const rule = dialRuleFor(held, dialled);
  const number = rule === null ? dialled : dialled.slice(patternLength(rule.prefix));
  const by = ref('class-of-service', id);
  const callerNumber = call.steps.length === 0 ? call.from.number : call.caller.number;
  call.steps.push({ do: 'enter', ref: by });
  const outside = (only: string | null): Ending | null => {
    const isThere = (route: string, r: OutboundRoute) => (only === null || route === only) && isOpenNow(run, call, route, r);
    const match = outboundRouteFor(run.model, number, callerNumber, isThere);
    return match === null ? null : callOutside(run, call, match, number);
  };
  const knows = (pin: string) => authenticate(call, by, pinsUnder(run.model, `class-of-service/${id}/${pin}`).filter(isKeyed));
  const parts = held.parts.filter((part) => isFor(part, rule));
  const ending = reachInClass(run, call, parts, number, { outside, knowsPin: () => knows('pin') });
  if (ending !== null) return ending;
  const [next, asks, pin] = isLong(number)
    ? [held.onFailure, held.asksPinOnFailure, 'pin']
    : [/^\*./.test(number) ? held.onFailedCode : null, held.asksPinOnFailedCode, 'code-pin'];
  if (next === null) return nowhere(call, number);
  return asks && !knows(pin) ? saidAll(call) : goTo(run, call, by, next);
}

function numberIn(run: Run, call: Call, d: Extract<Destination, { to: 'number' }>): Ending {
  const held = run.model['class-of-service'][d.context];
  if (held !== undefined) return dialInClass(run, call, d.context, held, d.number);
  if (isInboundContext(d.context)) return mayGoOn(run, call, d.number) ? callFromOutside(run, call, d.number) : 'congestion';
  if (/^from-internal(-|$)/.test(d.context)) return dial(run, call, d.number);
  if (d.context === ALL_ROUTES) return dialOutside(run, call, d.number);
  return notCarried(call, d);
}

/** A mailbox as a destination. That of an extension without voicemail does not exist on the old box: silence (golden: voicemail/vmu125). */
function leaveMessage(run: Run, call: Call, id: string, greeting: 'busy' | 'unavailable' | 'none'): Ending {
  const owner = run.model.extension[id.split('@')[0] ?? ''];
  if (mailboxOf(run, id) === null || (owner !== undefined && owner.voicemail === null)) {
    call.steps.push({ do: 'missing', what: `mailbox ${id}` });
    return hangUp(call);
  }
  return takeMessage(run, call, id, greeting);
}

function end(call: Call, how: Extract<Destination, { to: 'end' }>['how']): Ending {
  if (how === 'hangup') return hangUp(call);
  return how === 'busy' || how === 'congestion' ? tone(call, how) : endAs(call, how);
}

function notCarried(call: Call, d: Destination): Ending {
  call.steps.push({ do: 'not-carried', destination: d });
  return noService(call, 0);
}
