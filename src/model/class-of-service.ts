import { z } from 'zod';
import { destination } from './destination.ts';
import { matches, moreSpecific } from './dial-pattern.ts';
import { off, optionalText, or, text } from './field.ts';
import type { Model } from './kinds.ts';
import type { Kind } from './ref.ts';

/**
 * What telephones may dial whose calls begin here, and nothing else. Id: the name of their context. Parts are asked in their order, the first that has the number
 * takes it.
 */
export const classOfService = z.strictObject({
  description: text,
  parts: or(
    z.array(
      z.strictObject({
        /** A part of the PBX by the name that the old and the new box have for it: ext-local, outrt-3, app-dnd-on, from-internal for all of it. */
        context: z.string(),
        /** Only within these hours. */
        timeGroup: optionalText,
        /** of-rules: only for numbers that a dial rule takes; others: only for those that none takes. */
        numbers: or(z.enum(['any', 'of-rules', 'others']), 'any'),
        /** Only for who knows the class's PIN: 'class-of-service/<id>/pin'. */
        asksPin: off,
      }),
    ),
    [],
  ),
  /** Numbers that are dialled without the `prefix`, by parts of their own: of several that take a number the most specific. Patterns without '_'. */
  dialRules: or(z.array(z.strictObject({ prefix: text, match: z.string() })), []),
  /** Where numbers go that none of them has; null: it is said that there is no such number. */
  onFailure: or(destination, null),
  /** Only who knows 'class-of-service/<id>/pin' comes there. */
  asksPinOnFailure: off,
  /** And those that begin with a star. */
  onFailedCode: or(destination, null),
  /** Only who knows 'class-of-service/<id>/code-pin' comes there. */
  asksPinOnFailedCode: off,
});
export type ClassOfService = z.output<typeof classOfService>;

/** The dial rule that takes a number; null: none does. */
export function dialRuleFor({ dialRules }: Pick<ClassOfService, 'dialRules'>, number: string): ClassOfService['dialRules'][number] | null {
  const wholeOf = (rule: ClassOfService['dialRules'][number]): string => `${rule.prefix}${rule.match}`;
  const taking = dialRules.filter((rule) => matches(wholeOf(rule), number));
  return taking.sort((a, b) => moreSpecific(wholeOf(a), wholeOf(b)))[0] ?? null;
}

/** Whether a part is for a number, by the dial rule that takes that. */
export function isFor({ numbers }: ClassOfService['parts'][number], rule: ClassOfService['dialRules'][number] | null): boolean {
  return numbers === 'any' || (numbers === 'of-rules') === (rule !== null);
}

/** Whether somebody may be asked for the class's PIN. */
export function asksPin({ parts, asksPinOnFailure }: ClassOfService): boolean {
  return asksPinOnFailure || parts.some((part) => part.asksPin);
}

/** What a part lets its telephones dial. */
export type Part =
  | { readonly is: 'everything' }
  /** Of one outbound route, or of all. */
  | { readonly is: 'routes'; readonly only: string | null }
  | { readonly is: 'numbers'; readonly of: readonly Kind[] }
  /** Of one feature code, or all of a module. */
  | { readonly is: 'codes'; readonly of: string }
  | { readonly is: 'custom' };

const NUMBERS: Readonly<Record<string, readonly Kind[]>> = {
  'ext-local': ['extension'],
  'ext-findmefollow': ['extension'],
  'ext-group': ['ring-group'],
  'ext-queues': ['queue'],
  'ext-meetme': ['conference'],
  'app-miscapps': ['misc-application'],
  'vmblast-grp': ['voicemail-blast'],
  'app-pagegroups': ['page-group'],
  parkedcalls: ['parking'],
  'park-hints': ['parking'],
};

/** Contexts of feature codes, and the codes (or their module) that each has (samples/clinic, customcontexts_includes_list). */
const CODES: Readonly<Record<string, string>> = {
  'app-blacklist': 'blacklist',
  'app-calltrace': 'infoservices/calltrace',
  'app-callwaiting-cwoff': 'callwaiting/cwoff',
  'app-callwaiting-cwon': 'callwaiting/cwon',
  'app-cf-busy-off': 'callforward/cfboff',
  'app-cf-busy-off-any': 'callforward/cfboff_any',
  'app-cf-busy-on': 'callforward/cfbon',
  'app-cf-busy-prompting-on': 'callforward/cfbpon',
  'app-cf-off': 'callforward/cfoff',
  'app-cf-off-any': 'callforward/cfoff_any',
  'app-cf-on': 'callforward/cfon',
  'app-cf-prompting-on': 'callforward/cfpon',
  'app-cf-toggle': 'callforward/cf_toggle',
  'app-cf-unavailable-off': 'callforward/cfuoff',
  'app-cf-unavailable-on': 'callforward/cfuon',
  'app-cf-unavailable-prompt-on': 'callforward/cfupon',
  'app-chanspy': 'core/chanspy',
  'app-daynight-toggle': 'daynight',
  'app-dialvm': 'voicemail/dialvoicemail',
  'app-dnd-off': 'donotdisturb/dnd_off',
  'app-dnd-on': 'donotdisturb/dnd_on',
  'app-dnd-toggle': 'donotdisturb/dnd_toggle',
  'app-echo-test': 'infoservices/echotest',
  'app-fmf-toggle': 'findmefollow',
  'app-hotelwakeup': 'hotelwakeup',
  'app-pbdirectory': 'pbdirectory',
  'app-pickup': 'core/pickup',
  'app-queue-caller-count': 'queues/que_callers',
  'app-queue-toggle': 'queues/que_toggle',
  'app-recordings': 'recordings',
  'app-speakextennum': 'infoservices/speakextennum',
  'app-speakingclock': 'infoservices/speakingclock',
  'app-speeddial': 'speeddial',
  'app-userlogonoff': 'core/userlogon',
  'app-vmmain': 'voicemail/myvoicemail',
  'ext-intercom-users': 'paging',
  'timeconditions-toggles': 'timeconditions',
};

/** The part that a context is; null: none that can be dialled, or none that this PBX has. */
export function partOf(model: Pick<Model, 'custom-dialplan' | 'outbound-route'>, context: string): Part | null {
  if (/^from-internal(?:-additional|-xfer)?$/.test(context)) return { is: 'everything' };
  if (context === 'outbound-allroutes') return { is: 'routes', only: null };
  const route = /^outrt-(\w+)/.exec(context)?.[1];
  if (route !== undefined) return route in model['outbound-route'] ? { is: 'routes', only: route } : null;
  const [kinds, codes] = [NUMBERS[context], CODES[context]];
  if (kinds !== undefined) return { is: 'numbers', of: kinds };
  if (codes !== undefined) return { is: 'codes', of: codes };
  return context in model['custom-dialplan'] ? { is: 'custom' } : null;
}
