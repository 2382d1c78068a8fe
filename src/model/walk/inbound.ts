import { type Ref, ref } from '../ref.ts';
import { inboundRouteFor } from '../routing.ts';
import { ask, say } from './ask.ts';
import { type Call, hangUp, putPrefix, type Run, tone } from './call.ts';
import { goTo } from './go-on.ts';
import { ruleRecording } from './recording.ts';
import type { Ending } from './step.ts';

/** A call from a carrier to a number: from-trunk, ext-did. What is set comes in the order of ELASTIX.md 5. */
export function callFromOutside(run: Run, call: Call, did: string): Ending {
  const match = inboundRouteFor(run.model, did, call.caller.number);
  call.did = did;
  if (match.takes === 'nothing') return noService(call, 2);
  if (match.takes === 'extension') return run.follow({ to: 'extension', id: match.id, by: 'follow-me' }, call);
  if (match.takes === 'custom') return run.follow({ to: 'custom', context: match.id, extension: did, priority: '1' }, call);
  const by = ref('inbound-route', match.id);
  const { route } = match;
  call.steps.push({ do: 'enter', ref: by });
  // the number stands for a name that is not there (old: ExecIf in every ext-did)
  if (call.caller.name === '') call.caller = { number: call.caller.number, name: call.caller.number };
  const listed = blacklistedAs(run, call.caller.number);
  if (listed !== null) return turnAway(call, listed);
  ruleRecording(run, call, by, route.recording);
  lookUp(run, call, route.nameLookup);
  if (route.ringsFirst) call.steps.push({ do: 'ringing' });
  if (route.waitSeconds > 0) wait(call, route.waitSeconds, false);
  if (route.privacyManager !== null && !/^\+?\d+$/.test(call.caller.number) && !saysWhoHeIs(call, by, route.privacyManager)) {
    call.steps.push({ do: 'play', prompts: ['sorry-youre-having-problems', 'goodbye'], early: false });
    tone(call, 'congestion');
    return 'answered';
  }
  if (route.musicClass !== 'default') call.musicClass = route.musicClass;
  putPrefix(run, call, route.callerNamePrefix);
  return goTo(run, call, by, route.destination);
}

/** What callers without a number are sent as (app-blacklist-check). */
const NO_NUMBER = /^(|unknown|unavailable|anonymous|restricted|private)$/i;

/** The entry of the blacklist that holds a caller; null: he may come in. */
function blacklistedAs(run: Run, number: string): string | null {
  const isListed = (id: string): boolean => run.at.state.blacklist?.[id] ?? id in run.model.blacklist;
  if (NO_NUMBER.test(number)) return isListed('blocked') ? 'blocked' : null;
  return isListed(number) ? number : null;
}

/**
 * The phone book knows his name, or remembers it from an earlier call. What a web server or the name server says nobody can tell here: where it says nothing, the
 * carrier's name stays.
 */
function lookUp(run: Run, call: Call, id: string | null): void {
  const lookup = id === null ? undefined : run.model['name-lookup'][id];
  const known = run.model.phonebook[call.caller.number]?.name ?? null;
  if (lookup === undefined || known === null) return;
  // what is remembered is shown, whatever is done with what is found
  const shows = lookup.remembers || (lookup.source === 'phonebook' && lookup.into === 'name');
  if (shows) call.caller = { number: call.caller.number, name: known };
}

/**
 * A caller without a number is asked for one (PrivacyManager()): he is a second in line, then so many tries of so many digits at least. Keys during its prompts are lost
 * (apps/app_privacy.c: ast_waitstream() with no key that ends it).
 */
function saysWhoHeIs(call: Call, by: Ref, { retries, shortest }: { retries: number; shortest: number }): boolean {
  wait(call, 1, true);
  say(call, ['privacy-unident']);
  for (let tries = 0; tries < retries; tries++) {
    const keys = ask(call, by, ['privacy-prompt'], { seconds: 5, settleSeconds: 3, heardOut: true });
    if (keys.length >= shortest) {
      say(call, ['privacy-thankyou']);
      call.caller = { number: keys, name: 'Privacy Manager' };
      // carriers are shown it where he is sent on (old: REALCALLERIDNUM is set after this)
      call.from = { ...call.from, number: keys };
      return true;
    }
    say(call, ['privacy-incorrect']);
  }
  return false;
}

/** Somebody on the blacklist hears that there is no such service: app-blacklist-check, before anything that a route sets. */
function turnAway(call: Call, listed: string): Ending {
  call.steps.push({ do: 'decide', by: ref('blacklist', listed), because: 'blacklisted', byTime: false });
  wait(call, 1, true);
  call.steps.push({ do: 'sound', sound: 'zapateller' }, { do: 'play', prompts: ['ss-noservice'], early: false });
  hangUp(call);
  return 'answered';
}

/** There is no such service: said once, after answering. Old box with no row for everything: ext-did-catchall, which then spells the number. */
export function noService(call: Call, afterSeconds: number): Ending {
  if (afterSeconds > 0) wait(call, afterSeconds, true);
  call.steps.push({ do: 'play', prompts: ['ss-noservice'], early: false }, { do: 'end', cause: 16 });
  return 'answered';
}

function wait(call: Call, seconds: number, answers: boolean): void {
  call.elapsed += seconds;
  call.steps.push({ do: 'wait', seconds, answers });
}

/** Ends as the destinations do that the old box keeps for it: app-blackhole. */
export function endAs(call: Call, how: 'zapateller' | 'music' | 'ring'): Ending {
  call.steps.push({ do: 'sound', sound: how });
  if (how !== 'zapateller') return 'answered';
  hangUp(call);
  return 'answered';
}
