import { finding } from '../finding.ts';
import { type ClassOfService, type Part, partOf } from '../model/class-of-service.ts';
import { destinationText } from '../model/destination.ts';
import { isReadable, patternLength } from '../model/dial-pattern.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { FIXED_CONTEXTS } from './dial-context.ts';
import { featureContexts } from './feature-code.ts';
import { followed } from './follow-me.ts';
import { applicationContexts } from './misc-application.ts';
import { hasPages } from './page-group.ts';
import { parkingLots } from './parking.ts';
import { idsOf, placeOf } from './place.ts';
import { rangeParts } from './time-condition.ts';
import { defineView, type Notes } from './view.ts';

/** extensions.d/class-of-service.conf: what telephones may dial, by the context in which their calls begin. */
export const classOfServiceView = defineView({
  file: 'etc/asterisk/extensions.d/class-of-service.conf',
  data: (model, notes) => {
    for (const id of Object.keys(model['class-of-service'])) if (!isContext(model, id)) tellName(notes, id);
    const ids = classesOf(model);
    if (ids.length === 0) return null;
    notes.from(...ids.map((id) => ref('class-of-service', id)));
    return { classes: ids.map((id) => classOf(model, id, model['class-of-service'][id] as ClassOfService, notes)) };
  },
});

/** Classes that the dialplan can hold, under names that are nobody else's. */
export function classesOf(model: Model): string[] {
  return Object.keys(model['class-of-service']).filter((id) => isContext(model, id));
}

function isContext(model: Model, id: string): boolean {
  return /^[\w-]+$/.test(id) && !FIXED_CONTEXTS.includes(id) && partOf(model, id) === null;
}

function tellName(notes: Notes, id: string): void {
  const means = `The class of service '${id}' has the name of something else, or one that no dialplan can hold: it is left out.`;
  notes.finding(finding('CONTEXT_NOT_CARRIED', { about: ref('class-of-service', id), where: id, means }));
}

function classOf(model: Model, id: string, held: ClassOfService, notes: Notes): object {
  const users = Object.entries(model.device).flatMap(([device, d]) => ('context' in d && d.context === id ? [device] : []));
  const failures = [
    { pattern: '_X.', next: held.onFailure, password: held.asksPinOnFailure ? classPassword(id, 'pin') : null },
    { pattern: '_*.', next: held.onFailedCode, password: held.asksPinOnFailedCode ? classPassword(id, 'code-pin') : null },
  ].flatMap(({ next, ...o }) => (next === null ? [] : [{ ...o, place: placeOf(model, next), text: destinationText(next) }]));
  const parts = held.parts.filter((part) => !part.asksPin);
  const includes = (of: ClassOfService['parts']): object[] => of.flatMap((part) => includesOf(model, id, part, notes));
  return {
    id,
    description: held.description,
    users: users.join(', ') || 'none',
    rules: rulesOf(id, held, notes),
    includes: includes(parts.filter((part) => part.numbers !== 'of-rules')),
    ruleIncludes: held.dialRules.length === 0 ? [] : includes(parts.filter((part) => part.numbers !== 'others')),
    byPin: held.parts.some((part) => part.asksPin && isReached(model, id, part, notes)) ? [classPassword(id, 'pin')] : [],
    refuses: failures.length > 0,
    failures,
  };
}

/** The extension of [password] that knows a PIN of the class. */
export function classPassword(id: string, pin: 'pin' | 'code-pin'): string {
  return `class-of-service-${id}${pin === 'pin' ? '' : '-codes'}`;
}

/** Whether the context behind a PIN is one in which numbers are dialled after all. */
function isReached(model: Model, id: string, { context }: ClassOfService['parts'][number], notes: Notes): boolean {
  if (partOf(model, context)?.is === 'everything') return true;
  tellUnknown(id, context, notes);
  return false;
}

function rulesOf(id: string, { dialRules }: ClassOfService, notes: Notes): object[] {
  return dialRules.flatMap(({ prefix, match }) => {
    const pattern = `${prefix}${match}`;
    if (/^[\w+*#.![\]-]+$/.test(pattern) && isReadable(pattern))
      return [{ to: `${id}_rulematch`, pattern: `_${pattern}`, cut: patternLength(prefix) }];
    const means = `class '${id}' has no dial rule '${pattern}': a dialplan line cannot hold it`;
    notes.finding(finding('NUMBER_NOT_RENDERED', { about: ref('class-of-service', id), where: pattern, means }));
    return [];
  });
}

function includesOf(model: Model, id: string, { context, timeGroup }: ClassOfService['parts'][number], notes: Notes): object[] {
  const part = partOf(model, context);
  if (part === null) {
    tellUnknown(id, context, notes);
    return [];
  }
  const targets = targetsOf(model, context, part);
  if (timeGroup === null) return targets.map((target) => ({ target, hours: null }));
  const times = model['time-group'][timeGroup]?.times ?? [];
  const ranges = times.map(rangeParts).filter((range) => range !== null);
  return targets.flatMap((target) => ranges.map((hours) => ({ target, hours })));
}

function tellUnknown(id: string, context: string, notes: Notes): void {
  const means = `Telephones of class '${id}' may use '${context}' on the old box, which the new one does not have.`;
  notes.finding(finding('CLASS_PART_UNKNOWN', { about: ref('class-of-service', id), where: context, means }));
}

/** Contexts of the new box that are this part, where it has them. */
function targetsOf(model: Model, context: string, part: Part): string[] {
  const codes = featureContexts(model);
  const page = hasPages(model) && idsOf(model, 'page-group').length > 0 ? ['ext-paging'] : [];
  switch (part.is) {
    case 'everything':
      return context === 'from-internal' ? ['from-internal'] : [...page, 'from-internal-xfer'];
    case 'routes':
      return [part.only === null ? 'outbound-allroutes' : `outrt-${part.only}`];
    case 'codes':
      return codes.includes(context) ? [context] : [];
    case 'custom':
      return [context];
    case 'numbers':
      return numbersOf(model, context, page, codes);
  }
}

function numbersOf(model: Model, context: string, page: readonly string[], codes: readonly string[]): string[] {
  const where = (is: boolean, ...contexts: string[]): string[] => (is ? contexts : []);
  switch (context) {
    case 'ext-local':
      return ['ext-local'];
    case 'ext-findmefollow':
      return where(followed(model).length > 0, context);
    case 'ext-group':
      return where(Object.keys(model['ring-group']).length > 0, context);
    case 'ext-queues':
      return [...where(idsOf(model, 'queue').length > 0, context), ...where(codes.includes('app-queue-login'), 'app-queue-login')];
    case 'ext-meetme':
      return where(idsOf(model, 'conference').length > 0, context);
    case 'app-miscapps':
      return where(applicationContexts(model).length > 0, context);
    case 'vmblast-grp':
      return where(idsOf(model, 'voicemail-blast').length > 0, context);
    case 'app-pagegroups':
      return [...page];
    default:
      return where(parkingLots(model).length > 0, 'park-hints');
  }
}
