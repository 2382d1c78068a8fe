import { finding } from '../finding.ts';
import { destinationText } from '../model/destination.ts';
import { patternLength } from '../model/dial-pattern.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import { asksCallers, type OutboundRoute } from '../model/outbound-route.ts';
import { musicKnown } from './music.ts';
import { extensionName } from './number.ts';
import { pinSetPassword } from './password.ts';
import { placeOf } from './place.ts';
import { hasRecordingRules, recordsLater, recordsOutside } from './recording.ts';
import { routeRule } from './recording-rule.ts';
import { routePrompts } from './route-message.ts';
import { rangeParts } from './time-condition.ts';
import { carried, whyNot } from './trunk.ts';
import { defineView, type Notes } from './view.ts';

/** extensions.d/outbound-route.conf: which dialled numbers go out, and through which trunks. */
export const outboundRouteView = defineView({
  file: 'etc/asterisk/extensions.d/outbound-route.conf',
  data: (model, notes) => {
    notes.from(...Object.keys(model['outbound-route']).map((id) => ({ kind: 'outbound-route' as const, id })));
    const routes = Object.entries(model['outbound-route']).sort(([, a], [, b]) => a.position - b.position);
    return {
      routes: routes.map(([id, r]) => route(model, id, r, notes)),
      records: recordsOutside(model) || recordsLater(model),
      recordsLater: recordsLater(model),
      asksPins: routes.some(([, r]) => asksCallers(r)),
      failures: failures(model),
    };
  },
});

function route(model: Model, id: string, r: OutboundRoute, notes: Notes): object {
  const hours = hoursOf(model, r);
  const closed = closedBecause(r, hours);
  report(model, id, r, closed, notes);
  const onFailure = r.onFailure === null ? null : { place: placeOf(model, r.onFailure), what: destinationText(r.onFailure) };
  const trunks = r.trunks.map((t) => ({
    id: t,
    name: model.trunk[t]?.name ?? t,
    carried: carried(model, t),
    why: carried(model, t) ? '' : whyNot(model, t),
    company: r.intraCompany,
  }));
  const later = laterRoutes(model, r);
  return {
    id,
    name: r.name,
    closed,
    through: trunks.map((t) => (t.carried ? t.name : `${t.name} (${t.why})`)).join(', ') || 'no trunk',
    patterns: r.patterns.flatMap((p) => {
      const named = extensionName(p.prefix + p.match, p.callerId);
      // what takes all takes a single key as well, but never h, i and t
      const names = named === null ? [] : p.prefix + p.match === '.' ? [named, named.replace('[+*#0-9a-zA-Z].', '[+*#0-9]')] : [named];
      const same = { prepend: p.prepend, cut: patternLength(p.prefix), route: id, onFailure, failure: FAILED[failureOf(r)] };
      return names.map((name) => ({ name, ...same, hours: hours.map((when, i) => ({ when, name, first: i === 0 })) }));
    }),
    trunks: trunks.filter((t) => t.carried),
    guards: closed === null ? guardsOf(model, id, r) : [],
    variables: routeVariables(r),
    hasHours: closed === null && hours.length > 0,
    later,
    areLater: later.length > 0,
    recordingRule: hasRecordingRules(model) ? routeRule(r.recording) : '',
    music: r.musicClass !== '' && r.musicClass !== 'default' && musicKnown(model, r.musicClass) ? r.musicClass : null,
  };
}

function routeVariables(r: OutboundRoute): { name: string; value: string }[] {
  return [
    ...(r.emergency ? [{ name: 'EMERGENCY', value: 'yes' }] : []),
    ...(r.callerId === '' ? [] : [{ name: 'ROUTE_CALLER_ID', value: r.callerId }]),
    ...(r.callerId !== '' && r.overridesExtension ? [{ name: 'ROUTE_OVERRIDES', value: 'yes' }] : []),
  ];
}

/** What callers must key, by its extension in [password]. Whoever keys a PIN of the set may be told by it in the call record. */
function guardsOf(model: Model, id: string, r: OutboundRoute): Guard[] {
  const set = r.pinSet === null ? undefined : model['pin-set'][r.pinSet];
  const of = (password: string, account: boolean): string[] => (account ? [password, 'account'] : [password]);
  const asked = [
    ...(r.pinSet === null
      ? []
      : [{ arguments: of(pinSetPassword(r.pinSet), set?.recordsPin === true), what: `PIN set ${r.pinSet} ${set?.description ?? ''}` }]),
    ...(r.asksPassword ? [{ arguments: of(`outbound-route-${id}`, false), what: 'its password' }] : []),
  ];
  return asked.map((guard, i) => ({ ...guard, first: i === 0 }));
}

interface Guard {
  readonly arguments: readonly string[];
  readonly what: string;
  readonly first: boolean;
}

/** Where a call goes that no trunk took, by what is then said. */
const FAILED = {
  busy: 'all-circuits-busy',
  company: 'no-way-to-branch',
  emergency: 'no-way-to-help',
  wrongNumber: 'wrong-number',
} as const;
type Failed = keyof typeof FAILED;

function failureOf(r: OutboundRoute): Failed {
  return r.emergency ? 'emergency' : r.intraCompany ? 'company' : 'busy';
}

function failures(model: Model): object[] {
  const used = new Set<Failed>(['busy', ...Object.values(model['outbound-route']).map(failureOf)]);
  const wrongNumber = settingsOf(model).routeMessages.wrongNumber !== null;
  if (wrongNumber) used.add('wrongNumber');
  return [...used].map((what) => ({
    context: FAILED[what],
    prompts: routePrompts(model, what),
    answers: what === 'emergency' || what === 'wrongNumber',
    tellsWrongNumbers: what === 'busy' && wrongNumber,
  }));
}

/** The hours within which the route exists, as GotoIfTime takes them; none where it keeps none. */
function hoursOf(model: Model, r: OutboundRoute): string[][] {
  const times = r.timeGroup === null ? [] : (model['time-group'][r.timeGroup]?.times ?? []);
  return times.flatMap((t) => {
    const parts = rangeParts(t);
    return parts === null ? [] : [parts];
  });
}

/** Outside its hours a route is not there: the next ones that take the number are asked. */
function laterRoutes(model: Model, r: OutboundRoute): string[] {
  return Object.entries(model['outbound-route'])
    .filter(([, other]) => other.position > r.position)
    .sort(([, a], [, b]) => a.position - b.position)
    .map(([id]) => id);
}

/** Hours of which there are none: it stays shut rather than open at all times. */
function closedBecause(r: OutboundRoute, hours: readonly unknown[]): string | null {
  return r.timeGroup !== null && hours.length === 0 ? `it exists only within time group ${r.timeGroup}, which has no hours` : null;
}

function report(model: Model, id: string, r: OutboundRoute, closed: string | null, notes: Notes): void {
  const about = { kind: 'outbound-route' as const, id };
  const numbers = r.patterns.map((p) => `${p.prefix}${p.match}`).join(', ');
  if (closed !== null) {
    notes.finding(
      finding('ROUTE_HOURS_MISSING', {
        about,
        where: r.name,
        means: `whoever dials ${numbers} hears that all circuits are busy: route '${r.name}' is shut, since ${closed}`,
      }),
    );
  } else if (!r.trunks.some((t) => carried(model, t))) {
    notes.finding(
      finding('ROUTE_WITHOUT_TRUNK', {
        about,
        where: r.name,
        means: `whoever dials ${numbers} hears that all circuits are busy: route '${r.name}' has no trunk that this box can use`,
      }),
    );
  }
  for (const p of r.patterns) {
    if (extensionName(p.prefix + p.match, p.callerId) === null) {
      notes.finding(
        finding('NUMBER_NOT_RENDERED', {
          about,
          where: `${p.prefix}${p.match}${p.callerId === '' ? '' : `/${p.callerId}`}`,
          means: `route '${r.name}' does not take the numbers of this pattern: a dialplan line cannot hold it`,
        }),
      );
    }
  }
  if (r.musicClass !== '' && !musicKnown(model, r.musicClass)) {
    notes.finding(
      finding('MUSIC_NOT_CARRIED', {
        about,
        where: r.musicClass,
        means: `calls through route '${r.name}' hear the default music instead of '${r.musicClass}'`,
      }),
    );
  }
}

/** extensions.conf names the routes in their order. */
export function routeOrder(model: Model): { id: string; name: string }[] {
  return Object.entries(model['outbound-route'])
    .sort(([, a], [, b]) => a.position - b.position)
    .map(([id, r]) => ({ id, name: r.name }));
}
