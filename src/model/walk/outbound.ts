import { outboundCallerId, seenByCarrier, shownInside } from '../caller-id.ts';
import type { Destination } from '../destination.ts';
import { type Model, settingsOf } from '../kinds.ts';
import type { OutboundRoute } from '../outbound-route.ts';
import { isKeyed, pinsUnder } from '../pin-set.ts';
import { ref } from '../ref.ts';
import { messagePrompts, type RouteMessages } from '../route-message.ts';
import { numberForTrunks, numberOnTrunk, type OutboundMatch } from '../routing.ts';
import { isDialContext, leadsInto, type Trunk } from '../trunk.ts';
import { authenticate, saidAll } from './ask.ts';
import { type Call, hangUp, mayGoOn, NO_PREFIX, type Run, shownOf, sorry, tone } from './call.ts';
import { goTo } from './go-on.ts';
import { recordOutside, ruleRecording } from './recording.ts';
import { dialOut, ring } from './ring.ts';
import type { Ending, PartyLeg, PassedOver, RingResult, Step } from './step.ts';
import { trunkDial } from './telephones.ts';

/** A call goes out by the route that took it: outrt-N and macro-dialout-trunk. */
export function callOutside(run: Run, call: Call, { id, route, pattern }: OutboundMatch, dialled: string): Ending {
  const by = ref('outbound-route', id);
  call.steps.push({ do: 'enter', ref: by });
  call.insideGroup = false;
  const because = guardOf(run.model, route);
  if (because !== null) {
    call.steps.push({ do: 'closed', route: by, because });
    return tell(run, call, 'busy');
  }
  if (!passes(run, call, id, route)) return saidAll(call);
  if (route.recording !== 'as-usual') ruleRecording(run, call, by, route.recording);
  recordOutside(run, call);
  const before = call.caller;
  if (!route.intraCompany) forgetInsideNumber(run, call);
  const ending = tryTrunks(run, call, route, numberForTrunks(pattern, dialled));
  if (ending !== null) return ending;
  if (route.onFailure !== null) {
    call.caller = before;
    call.keepsNumber = true;
    return mayGoOn(run, call, id) ? goTo(run, call, by, route.onFailure) : 'congestion';
  }
  const wrongNumber = settingsOf(run.model).routeMessages.wrongNumber !== null && isWrongNumber(call);
  return tell(run, call, route.emergency ? 'emergency' : route.intraCompany ? 'company' : wrongNumber ? 'wrongNumber' : 'busy');
}

/** A destination that sends the call out by one trunk, with the number that the outside caller dialled: ext-trunk. One that this PBX cannot dial has a tone, not silence. */
export function callTrunk(run: Run, call: Call, id: string): Ending {
  const trunk = run.model.trunk[id];
  const way = trunk === undefined ? null : wayOut(run, id, trunk);
  if (trunk === undefined || way === null || typeof way === 'string') {
    if (typeof way === 'string') {
      call.steps.push({ do: 'pass-over', trunk: ref('trunk', id), because: way });
      return tone(call, 'congestion');
    }
    call.steps.push({ do: 'missing', what: `trunk ${id}` });
    return hangUp(call);
  }
  call.steps.push({ do: 'enter', ref: ref('trunk', id) });
  const sent = numberOnTrunk(trunk, call.did ?? '');
  const result = send(run, call, way, sent);
  if (isFinal(result)) return result;
  return hangUp(call, result === 'busy' ? 17 : result === 'congestion' ? 34 : 16);
}

/** The trunks in order. Null: none took the call. */
function tryTrunks(run: Run, call: Call, route: OutboundRoute, number: string): Ending | null {
  for (const id of route.trunks) {
    const trunk = run.model.trunk[id];
    const way = trunk === undefined ? 'not-carried' : wayOut(run, id, trunk);
    if (trunk === undefined || typeof way === 'string') {
      call.steps.push({ do: 'pass-over', trunk: ref('trunk', id), because: typeof way === 'string' ? way : 'not-carried' });
      continue;
    }
    if (!route.intraCompany) setCallerId(run, call, trunk, route);
    const result = send(run, call, way, numberOnTrunk(trunk, number));
    if (isFinal(result)) return result;
    const given = trunk.continueOnFailure ? null : givenUp(run, call, result);
    if (given !== null) return given;
    // macro-dialout-trunk, continue: the name of the last trunk's caller id stays, the number is the extension's again; of a caller from outside, whose number the old
    // box forgot here, it is his
    call.caller = { number: call.from.extension ?? call.from.number, name: call.caller.name };
  }
  return null;
}

/** The far end said no for good; null: another trunk may do better. */
function givenUp(run: Run, call: Call, result: RingResult): Ending | null {
  if (result === 'busy') return tone(call, 'busy');
  return result === 'no-answer' ? tell(run, call, 'unanswered') : null;
}

/** Says what became of the call, then the tone. For emergencies and wrong numbers the old box answers to say it (macro-outisbusy). */
function tell(run: Run, call: Call, what: keyof RouteMessages): Ending {
  const prompts = messagePrompts(run.model, settingsOf(run.model).routeMessages, what);
  return prompts.length === 0 ? tone(call, 'congestion') : sorry(call, prompts, what !== 'emergency' && what !== 'wrongNumber');
}

/** The last trunk that was asked says that there is no such number. */
function isWrongNumber(call: Call): boolean {
  const last = call.steps.findLast((s) => s.do === 'dial-out');
  return last?.leg.does === 'wrong-number';
}

interface Way {
  /** The trunk that is dialled; not the route's own where that is a dial string. */
  readonly trunk: string;
  /** Number as a dial string has it, $OUTNUM$ in the place of the route's; null: the route's alone. */
  readonly written: string | null;
  /** It goes on in this context of the dialplan, and no carrier is dialled. */
  readonly into?: string;
}

/** How the new box gets out by a trunk, or why it does not. */
function wayOut(run: Run, id: string, trunk: Trunk): Way | PassedOver {
  if (trunk.disabled) return 'disabled';
  if (trunk.maxChannels !== null && (run.at.state.trunks[id] ?? 0) >= trunk.maxChannels) return 'full';
  if (trunk.technology === 'sip' || trunk.technology === 'iax2') return { trunk: id, written: null };
  if (trunk.technology !== 'custom') return 'not-carried';
  const inside = leadsInto(trunk.dial, (context) => context in run.model['custom-dialplan']);
  if (inside !== null) return { trunk: id, written: inside.written, into: inside.context };
  const found = trunkDial(run.model, trunk.dial);
  if (found === null) return 'no-such-peer';
  if (run.model.trunk[found.trunk]?.disabled === true) return 'disabled';
  return { trunk: found.trunk, written: found.number };
}

function send(run: Run, call: Call, way: Way, number: string): RingResult {
  const trunk = run.model.trunk[way.trunk] as Trunk;
  const dialled = way.written?.replaceAll('$OUTNUM$', () => number) ?? number;
  const to = ref('trunk', way.trunk);
  const seconds = settingsOf(run.model).trunkRingSeconds;
  if (way.into !== undefined) {
    const { into } = way;
    const walk = (child: Call): Ending => (mayGoOn(run, child, dialled) ? run.follow(placeIn(into, dialled), child) : 'congestion');
    return ring(run, call, { by: to, targets: [{ ring: 'number', number: dialled, keepsNumber: false, walk }], seconds });
  }
  const leg: PartyLeg = { kind: 'party', to, dialled, shown: seenByCarrier(trunk, shownOf(call)), does: run.at.phones(to, dialled) };
  return dialOut(call, leg, seconds);
}

function placeIn(context: string, number: string): Destination {
  return isDialContext(context) ? { to: 'number', context, number } : { to: 'custom', context, extension: number, priority: '1' };
}

function setCallerId(run: Run, call: Call, trunk: Trunk, route: OutboundRoute): void {
  const shown = shownOf(call);
  const chosen = outboundCallerId(run.model, trunk, route, {
    shown,
    callerNumber: call.from.number,
    extension: call.from.extension,
    device: call.from.device,
    keepsNumber: call.keepsNumber,
    override: call.override,
  });
  // a caller id that was set takes the place of name and prefix alike
  if (chosen !== shown) {
    call.caller = chosen;
    call.prefix = NO_PREFIX;
  }
}

/** A number that an extension shows inside instead of its own stays inside (macro-user-callerid, EXTERNAL). */
function forgetInsideNumber(run: Run, call: Call): void {
  const { extension } = call.from;
  if (extension === null || call.caller.number !== shownInside(run.model, extension).number) return;
  call.caller = { number: extension, name: call.caller.name };
}

/** Why a route lets nobody through: a time group that is not there can open nothing. */
export function guardOf(model: Model, route: OutboundRoute): Extract<Step, { do: 'closed' }>['because'] | null {
  return route.timeGroup !== null && !(route.timeGroup in model['time-group']) ? 'time-group' : null;
}

/** A PIN of the route's set, then its password (macro-pinsets, sub-pincheck): asked of everybody but those who need none. False: he does not know it, and is hung up on. */
function passes(run: Run, call: Call, id: string, route: OutboundRoute): boolean {
  const { extension } = call.from;
  if (extension !== null && run.model.extension[extension]?.needsNoPin === true) return true;
  const by = ref('outbound-route', id);
  const knows = (name: string): boolean => authenticate(call, by, pinsUnder(run.model, name).filter(isKeyed));
  if (route.pinSet !== null && !knows(`pin-set/${route.pinSet}/pin`)) return false;
  return !route.asksPassword || knows(`outbound-route/${id}/password`);
}

function isFinal(result: RingResult): result is 'answered' | 'endless' | 'cut' {
  return result === 'answered' || result === 'endless' || result === 'cut';
}
