import { ref } from '../ref.ts';
import { inboundRouteFor } from '../routing.ts';
import { type Call, hangUp, putPrefix, type Run } from './call.ts';
import { goTo } from './go-on.ts';
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
  if (route.ringsFirst) call.steps.push({ do: 'ringing' });
  if (route.waitSeconds > 0) wait(call, route.waitSeconds, false);
  if (route.privacyManager !== null && call.caller.number === '') {
    call.steps.push({ do: 'not-carried', destination: route.destination });
    return noService(call, 0);
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
