import { PHONE_BOOK, PHONE_BOOK_CODE } from './directory.ts';
import { isKeyable } from './feature-code.ts';
import { type Model, naturalOrder } from './kinds.ts';
import { type Ref, ref } from './ref.ts';

/** A feature code as it was dialled. */
export interface FeatureUse {
  /** Id of the feature code, 'callforward/cfon'. */
  readonly id: string;
  /** What was dialled after the code, or what the number itself stands for; null: the code alone. */
  readonly given: string | null;
}

/** Numbers that belong to a feature code: one, or those that begin with the code (`pattern` of Asterisk, without `_`). */
export interface FeatureClaim {
  readonly pattern: string;
  readonly by: Ref;
  readonly id: string;
  /** Digits of the code, which are not part of what is given; null: the code alone. */
  readonly after: number | null;
  /** Given whatever is dialled. */
  readonly always?: string;
}

/**
 * Who is asked first for a number that several claim: the contexts in the order in which from-internal-additional includes them (samples/clinic). A name is a kind
 * of the model, a feature code or a module's codes; those in one line share a context, where a number goes before a pattern. What is not named comes before the
 * extensions. General pickup is looked for before any dialplan (chan_sip: pickupexten).
 */
const ORDER: readonly (readonly string[])[] = [
  ['core/pickupexten'],
  ['page-group'],
  ['hotelwakeup'],
  ['parking'],
  ['paging'],
  ['queue', 'queues'],
  ['speeddial'],
  ['recordings'],
  ['donotdisturb/dnd_off'],
  ['donotdisturb/dnd_on'],
  ['donotdisturb/dnd_toggle'],
  ['daynight'],
  ...['cfboff', 'cfboff_any', 'cfbon', 'cfbpon', 'cfoff', 'cfoff_any', 'cfon', 'cfpon', 'cfuoff', 'cfuon', 'cfupon', 'cf_toggle'].map(
    (name) => [`callforward/${name}`],
  ),
  ['timeconditions'],
  ['ring-group'],
  ['voicemail-blast'],
  ['misc-application'],
  ['callwaiting/cwoff'],
  ['callwaiting/cwon'],
  ['voicemail/dialvoicemail'],
  ['voicemail/myvoicemail'],
  ['blacklist'],
  ...['calltrace', 'echotest', 'speakextennum', 'speakingclock'].map((name) => [`infoservices/${name}`]),
  ['conference', 'conferences'],
  ['bosssecretary'],
  ['findmefollow'],
  ['core/userlogon', 'core/userlogoff'],
  ['core/pickup'],
  ['core/chanspy'],
];
const EXTENSIONS = ORDER.length + 1;

/** The place of a kind or of a feature code among those who claim numbers: the lower is asked first. */
export function placeOf(name: string): number {
  if (name === 'extension' || name === 'voicemail/directdialvoicemail') return EXTENSIONS;
  const module = name.split('/')[0] ?? '';
  const place = ORDER.findIndex((names) => names.includes(name) || names.includes(module));
  return place < 0 ? ORDER.length : place;
}

/** Keyed during a call, and not dialled. */
const IN_CALL: ReadonlySet<string> = new Set(['core/atxfer', 'core/automon', 'core/blindxfer', 'core/disconnect']);
/** Codes that nothing answers to: the old box has hints for it at most (golden: feature/queues/que_callers). */
const SILENT: ReadonlySet<string> = new Set(['queues/que_callers']);
/** Codes that take what is dialled after them. */
const WITH_NUMBER: ReadonlySet<string> = new Set([
  'callforward/cfboff',
  'callforward/cfbon',
  'callforward/cfbpon',
  'callforward/cfoff',
  'callforward/cfon',
  'callforward/cfpon',
  'callforward/cfuoff',
  'callforward/cfuon',
  'callforward/cfupon',
  'core/chanspy',
  'core/userlogon',
  'voicemail/dialvoicemail',
]);
/** Codes that mean nothing without what is dialled after them. */
const ONLY_WITH_NUMBER: ReadonlySet<string> = new Set(['speeddial/callspeeddial', 'core/pickup']);

/** All numbers of the feature codes that are on. */
export function featureClaims(model: Model): FeatureClaim[] {
  const claims: FeatureClaim[] = slotClaims(model);
  for (const id of Object.keys(model['feature-code']).sort(naturalOrder)) {
    const held = model['feature-code'][id];
    if (held === undefined || !held.enabled || !isKeyable(held.code) || IN_CALL.has(id) || SILENT.has(id)) continue;
    claims.push(...claimsOf(model, id, held.code));
  }
  return [...claims, ...agentClaims(model)];
}

function claimsOf(model: Model, id: string, code: string): FeatureClaim[] {
  const by = ref('feature-code', id);
  const alone: FeatureClaim = { pattern: code, by, id, after: null };
  const given: FeatureClaim = { pattern: `${code}.`, by, id, after: code.length };
  if (ONLY_WITH_NUMBER.has(id)) return [given];
  if (WITH_NUMBER.has(id)) return [alone, given];
  const each = (ids: readonly string[], between = ''): FeatureClaim[] =>
    ids.map((x) => ({ pattern: `${code}${between}${x}`, by, id, after: code.length + between.length }));
  const extensions = Object.keys(model.extension);
  if (!hasSomething(model, id)) return [];
  switch (id) {
    case 'findmefollow/fmf_toggle':
      return [alone, ...each(extensions)];
    case 'daynight/toggle-mode-all':
    case 'timeconditions/toggle-mode-all':
      return [alone, ...each(extensions, '*')];
    case 'queues/que_toggle':
    case 'queues/que_pause_toggle':
      return [alone, { ...alone, pattern: `${code}*X.` }, ...each(Object.keys(model.queue))];
    case 'parking/parkedcall':
      return [
        alone,
        ...[...Object.values(model.parking).map((lot) => lot.extension), ...extensions].map((x) => ({ ...alone, pattern: `${code}${x}` })),
      ];
    case 'paging/intercom-prefix':
      return each(extensions);
    case 'paging/intercom-on':
    case 'paging/intercom-off':
      return [alone, given];
    case 'voicemail/directdialvoicemail':
      return each(extensions.filter((x) => model.extension[x]?.voicemail !== null));
    default:
      return [alone];
  }
}

/** A code that switches call flows or time conditions is nobody's where there are none, or not that one (FreePBX: only those that are there are written); so is that of a phone book. */
function hasSomething(model: Model, id: string): boolean {
  if (id === PHONE_BOOK_CODE) return PHONE_BOOK in model.directory;
  const [, module, which] = /^(daynight|timeconditions)\/toggle-mode-(.*)$/.exec(id) ?? [];
  if (module === undefined || which === undefined) return true;
  const there = model[module === 'daynight' ? 'call-flow' : 'time-condition'];
  return which === 'all' ? Object.keys(there).length > 0 : which in there;
}

/** Slots of a parking lot, for taking a call back. */
function slotClaims(model: Model): FeatureClaim[] {
  return Object.keys(model.parking).flatMap((id) => {
    const lot = model.parking[id];
    if (lot === undefined || !lot.slotsAreDialled) return [];
    return slotsOf(lot).map((slot) => ({ pattern: slot, by: ref('parking', id), id: 'parking/parkedcall', after: null, always: slot }));
  });
}

/** Whether a number takes back a call that waits in a slot. */
export function isDialledSlot(model: Model, number: string): boolean {
  return Object.values(model.parking).some((lot) => lot.slotsAreDialled && slotsOf(lot).includes(number));
}

/** Numbers of a lot's slots; none where the first is no number. */
export function slotsOf(lot: { readonly firstSlot: string; readonly slots: number }): string[] {
  const first = Number(lot.firstSlot);
  if (!/^\d+$/.test(lot.firstSlot)) return [];
  return Array.from({ length: lot.slots }, (_, i) => String(first + i).padStart(lot.firstSlot.length, '0'));
}

/** A queue's number with a star logs in to it, with two stars out of it. */
function agentClaims(model: Model): FeatureClaim[] {
  return Object.keys(model.queue).flatMap((queue) => [
    { pattern: `${queue}*`, by: ref('queue', queue), id: 'queue/login', after: null, always: queue },
    { pattern: `${queue}**`, by: ref('queue', queue), id: 'queue/logout', after: null, always: queue },
  ]);
}
