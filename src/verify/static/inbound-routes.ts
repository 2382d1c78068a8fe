import { split } from '../../asterisk/arguments.ts';
import { example } from '../../model/dial-pattern.ts';
import type { InboundRoute } from '../../model/inbound-route.ts';
import type { Model } from '../../model/kinds.ts';
import { canAsk } from '../../model/name-lookup.ts';
import { type Ref, ref } from '../../model/ref.ts';
import type { HeldDialplan, HeldStep } from './held-dialplan.ts';
import { defineCheck, differing } from './mismatch.ts';
import { spelled } from './numbers.ts';
import { onOneLine, prefixOf, routineArguments, setTo } from './step-data.ts';

/** What callers from outside get before anything rings, which no call can tell: ringing, a wait, music. */
export const inboundRouteCheck = defineCheck(async ({ dialplan }, model) =>
  Object.entries(model['inbound-route']).flatMap(([id, route]) => {
    const steps = stepsForCaller(dialplan, route);
    if (steps.length === 0) return [];
    const has = (application: string): HeldStep | undefined => steps.find((s) => s.application.toLowerCase() === application);
    const music = steps.flatMap((s) => /^CHANNEL\(musicclass\)=(.*)$/i.exec(s.data)?.[1] ?? []);
    const lookup = asked(model, route);
    return differing(ref('inbound-route', id), {
      'rings before anything answers': [route.ringsFirst, has('ringing') === undefined ? 'no' : 'yes'],
      'seconds before anything answers': [route.waitSeconds, split(has('wait')?.data ?? '0', ',')[0]],
      'ring tone of telephones': [onOneLine(route.alertInfo), alertOf(steps)],
      'put before the name': [onOneLine(route.callerNamePrefix), prefixOf(steps)],
      language: [/^[\w-]*$/.test(route.language) ? route.language : '', setTo(steps, 'CHANNEL(language)')],
      ...(lookup === null ? {} : { 'names are looked up by': [lookup, lookups(steps)] as const }),
      'who hides his number keys one': [privacyText(route), (routineArguments(steps, 'privacy')[0] ?? []).join(', ')],
      // a class without files plays the default one, and may be left out
      ...(music[0] === undefined ? {} : { music: [route.musicClass, music[0]] as const }),
    });
  }),
);

/** The look-up that a route asks; null: its name or its page cannot stand in the dialplan, which is a finding of render. */
function asked(model: Model, { nameLookup: id }: InboundRoute): string | null {
  if (id === null) return '';
  return canAsk(model['name-lookup'][id]) && /^\w+$/.test(id) ? id : null;
}

function lookups(steps: readonly HeldStep[]): string {
  return steps.flatMap((s) => (/^gosub/i.test(s.application) ? (/\bname-lookup-(\w+)/.exec(s.data)?.[1] ?? []) : [])).join(', ');
}

/** Ring tones of their own that ring groups and queues have for telephones. */
export const alertCheck = defineCheck(async ({ dialplan }, model) => {
  const told = (about: Ref, alert: string): ReturnType<typeof differing> => {
    const steps = stepsFor(dialplan, 'from-internal', about.id, '');
    return steps.length === 0 ? [] : differing(about, { 'ring tone of telephones': [onOneLine(alert), alertOf(steps)] });
  };
  const groups = Object.entries(model['ring-group']).flatMap(([id, g]) => told(ref('ring-group', id), g.alertInfo));
  return [...groups, ...Object.entries(model.queue).flatMap(([id, q]) => told(ref('queue', id), q.alertInfo))];
});

/** A number or caller that a line of the dialplan can hold; any other is a finding of render. */
const HELD = /^[0-9A-Za-z+*#.!\u005b\u005d-]*$/;

/** Steps of an inbound route: those that a call to its number, or to none, comes to. */
export function stepsForCaller(dialplan: HeldDialplan, { did, callerId }: InboundRoute): readonly HeldStep[] {
  const number = did === '' ? 's' : HELD.test(did) ? example(did) : null;
  if (number === null || !HELD.test(callerId)) return [];
  const steps = stepsFor(dialplan, 'from-trunk', number, callerId);
  // another route may take the number as well, and a catch-all takes every one
  const own = spelled(steps[0]?.extension ?? '', '') === spelled(did === '' ? 's' : did, '');
  return own ? steps : [];
}

/** Steps of the first extension that takes a number for such callers. */
function stepsFor(dialplan: HeldDialplan, context: string, number: string, callerId: string): readonly HeldStep[] {
  return dialplan.extensionsFor(context, number).find(([first]) => (first?.callerId ?? '').replace(/^_/, '') === callerId) ?? [];
}

/** Tries, and digits at least; '': nobody is asked. */
function privacyText({ privacyManager: asked }: InboundRoute): string {
  return asked === null ? '' : `${asked.retries}, ${asked.shortest}`;
}

/** ALERT_INFO, as the old box called it. */
function alertOf(steps: readonly HeldStep[]): string {
  return onOneLine(setTo(steps, 'ALERT_INFO') ?? '');
}
