import { finding } from '../finding.ts';
import { type Destination, destinationText } from '../model/destination.ts';
import type { Model, ModelKind } from '../model/kinds.ts';
import { allDestinations } from '../model/led.ts';
import { claimFor, numbering } from '../model/numbering.ts';
import { refText } from '../model/ref.ts';
import { notCarriedCodes } from './code.ts';
import { hasPlace } from './custom-place.ts';
import { dialContexts } from './dial-context.ts';
import { mailboxNamed } from './mailbox.ts';
import type { Notes } from './view.ts';

/** A place in the dialplan, where Goto leads. */
export interface Place {
  readonly context: string;
  readonly extension: string;
  readonly priority: string;
}

export function isPlace(value: unknown): value is Place {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['context', 'extension', 'priority'].every((key) => typeof (value as Record<string, unknown>)[key] === 'string')
  );
}

export function place(context: string, extension: string, priority = '1'): Place {
  return { context, extension, priority };
}

export const SILENCE = place('app-blackhole', 'hangup');

const ENDS = {
  hangup: 'hangup',
  busy: 'busy',
  congestion: 'congestion',
  zapateller: 'zapateller',
  music: 'musiconhold',
  ring: 'ring',
} as const;

/**
 * Where a destination of the model lies in the rendered dialplan. Contexts keep the names that Elastix gave them, so that hand-made dialplan and AMI scripts find them.
 * A kind that is not carried yet leads to `not-carried`, where the caller hears that the number is not in service; what the old box had lost ends as there, in silence.
 */
export function placeOf(model: Model, d: Destination): Place {
  switch (d.to) {
    case 'end':
      return place('app-blackhole', ENDS[d.how]);
    case 'missing':
      return place('app-blackhole', 'hangup');
    case 'extension':
      return model.extension[d.id] === undefined ? notCarried(d) : extensionPlace(model, d);
    case 'mailbox':
      return mailboxPlace(model, d);
    case 'ring-group':
      return model['ring-group'][d.id] === undefined ? notCarried(d) : place('ext-group', d.id);
    case 'announcement':
      return model.announcement[d.id] === undefined ? notCarried(d) : place(`app-announcement-${d.id}`, 's');
    case 'ivr':
      return held(model, 'ivr', d.id) ? place(`ivr-${d.id}`, 's') : notCarried(d);
    case 'dynamic-route':
      return held(model, 'dynamic-route', d.id) ? place(`dynroute-${d.id}`, 's') : notCarried(d);
    case 'directory':
      return held(model, 'directory', d.id)
        ? place(model.directory[d.id]?.ofMailboxes ? 'app-directory' : 'directory', d.id)
        : notCarried(d);
    case 'parking':
      return held(model, 'parking', d.id) ? place('park-hints', model.parking[d.id]?.extension ?? '') : notCarried(d);
    case 'trunk':
      return model.trunk[d.id] === undefined ? notCarried(d) : place('ext-trunk', d.id);
    case 'feature-code':
      return isCode(model, d.code) ? place('from-internal', d.code) : notCarried(d);
    case 'custom':
      return customPlace(model, d);
    case 'number':
      return dialContexts(model).some((c) => c.name === d.context) && /^[0-9A-Za-z+*#]+$/.test(d.number)
        ? place(d.context, d.number)
        : notCarried(d);
    default:
      return numberedPlace(model, d);
  }
}

/** A code that is on, or the number of something else: ext-featurecodes leads back into from-internal. */
function isCode(model: Model, code: string): boolean {
  const claim = claimFor(numbering(model), code);
  return Object.values(model['feature-code']).some((c) => c.enabled && c.code === code) || (claim !== null && claim.feature === null);
}

/** Kinds whose objects share a context, each under its number there. */
const NUMBERED_IN = {
  'time-condition': 'timeconditions',
  'call-flow': 'app-daynight',
  queue: 'ext-queues',
  conference: 'ext-meetme',
  'page-group': 'app-pagegroups',
  language: 'app-languages',
  'set-cid': 'app-setcid',
  'queue-priority': 'app-queueprio',
  'recording-rule': 'ext-callrecording',
  'misc-destination': 'ext-miscdests',
  disa: 'disa',
  callback: 'callback',
  'voicemail-blast': 'vmblast-grp',
} as const satisfies Partial<Record<ModelKind, string>>;

function numberedPlace(model: Model, d: Destination): Place {
  const kind = (Object.keys(NUMBERED_IN) as (keyof typeof NUMBERED_IN)[]).find((k) => k === d.to);
  return kind !== undefined && 'id' in d && held(model, kind, d.id) ? place(NUMBERED_IN[kind], d.id) : notCarried(d);
}

/** Where an extension's calls begin, or where they go on that nobody answered ('dest' in its block, where it has somewhere to go). */
function extensionPlace(model: Model, d: Extract<Destination, { to: 'extension' }>): Place {
  const e = model.extension[d.id];
  if (d.by === 'direct') return place('ext-local', d.id);
  if (d.by === 'follow-me') return place('from-did-direct', d.id);
  // Elastix has no FM101 where the extension has no follow me: silence
  if (d.by === 'forced-follow-me') return model['follow-me'][d.id] === undefined ? SILENCE : place('ext-findmefollow', `FM${d.id}`);
  const goesOn = e !== undefined && (e.voicemail !== null || [e.noAnswer, e.busy, e.unreachable].some((next) => next !== null));
  if (goesOn) return place('ext-local', d.id, 'dest');
  // without voicemail or destinations there is but the menu that the call came from
  return idsOf(model, 'ivr').length === 0 ? SILENCE : place('app-blackhole', 'unanswered');
}

/** Kinds that are numbers to dial: the shared routines take nothing else. */
const DIALLED: readonly ModelKind[] = ['queue', 'conference', 'voicemail-blast', 'page-group'];

/** Whether the model has it, under an id that a dialplan line can hold. */
function held(model: Model, kind: ModelKind, id: string): boolean {
  return model[kind][id] !== undefined && (DIALLED.includes(kind) ? /^[0-9+*#]+$/ : /^[0-9A-Za-z+*#_-]+$/).test(id);
}

/** Objects of a kind that the dialplan can hold, in the model's order; any other is led to as one that is not carried. */
export function idsOf(model: Model, kind: ModelKind): string[] {
  return Object.keys(model[kind]).filter((id) => held(model, kind, id));
}

/** Kinds that destinations lead to by their id. */
const NAMED: readonly ModelKind[] = [
  'time-condition',
  'call-flow',
  'ivr',
  'language',
  'set-cid',
  'queue-priority',
  'recording-rule',
  'misc-destination',
  'directory',
  'disa',
  'callback',
  'dynamic-route',
];

/** Objects that are there and that no call reaches, since their id is none that a dialplan line can hold. */
export function reportUnheld(model: Model, notes: Notes): void {
  for (const kind of [...NAMED, ...DIALLED]) {
    for (const id of Object.keys(model[kind]).filter((one) => !held(model, kind, one))) {
      const means = `no call reaches ${kind} '${id}': a dialplan line cannot hold it`;
      notes.finding(finding('NUMBER_NOT_RENDERED', { about: { kind, id }, where: id, means }));
    }
  }
}

/** Into the site's own dialplan. Where that lacks the extension, the old box hangs up in silence. */
function customPlace(model: Model, d: Extract<Destination, { to: 'custom' }>): Place {
  if (model['custom-dialplan'][d.context] === undefined || !/^[\w+*#.-]+$/.test(d.extension) || !/^[\w-]+$/.test(d.priority))
    return notCarried(d);
  return hasPlace(model, d.context, d.extension) ? place(d.context, d.extension, d.priority) : SILENCE;
}

/** Elastix names them vmuNNN, vmbNNN and vmsNNN after the extension, and makes them only where the extension's calls go to voicemail. */
function mailboxPlace(model: Model, d: Extract<Destination, { to: 'mailbox' }>): Place {
  const extension = d.id.split('@')[0] ?? d.id;
  const box = model.extension[extension]?.voicemail ?? null;
  if (box === null || mailboxNamed(model, box) === null) return place('app-blackhole', 'hangup');
  return place('ext-local', `vm${{ busy: 'b', unavailable: 'u', none: 's' }[d.greeting]}${extension}`);
}

function notCarried(d: Destination): Place {
  return place('not-carried', notCarriedName(d));
}

/** The extension in `not-carried`: what it was, in letters that a dialplan line can hold. */
function notCarriedName(d: Destination): string {
  const id =
    'id' in d
      ? d.id
      : d.to === 'feature-code'
        ? d.code
        : d.to === 'number'
          ? `${d.context}-${d.number}`
          : d.to === 'custom'
            ? `${d.context}-${d.extension}-${d.priority}`
            : '';
  return `${d.to}-${id}`.replace(/[^0-9A-Za-z+*#_-]/g, '_');
}

function whySilent(to: Destination): string {
  if (to.to === 'custom') return 'the hand-made dialplan has no such extension';
  return to.to === 'extension' && to.by === 'forced-follow-me' ? 'that extension has no follow me' : 'that extension has no voicemail';
}

export interface NotCarried {
  readonly name: string;
  readonly what: string;
  readonly from: string[];
}

/** What the dialplan cannot do yet, each thing once, with those who lead there; each is an error finding. */
export function notCarriedDestinations(model: Model, notes: Notes): NotCarried[] {
  const found = new Map<string, NotCarried>();
  for (const { from, to } of allDestinations(model)) {
    const at = placeOf(model, to);
    if ((to.to === 'mailbox' || to.to === 'extension' || to.to === 'custom') && at.context === 'app-blackhole') {
      notes.finding(
        finding('DESTINATION_MISSING', {
          about: from,
          where: destinationText(to),
          means: `who is sent to ${destinationText(to)} by ${refText(from)} is hung up on in silence: ${whySilent(to)}`,
        }),
      );
    }
    if (at.context !== 'not-carried') continue;
    const known = found.get(at.extension) ?? { name: at.extension, what: destinationText(to), from: [] };
    if (!known.from.includes(refText(from))) known.from.push(refText(from));
    found.set(at.extension, known);
    notes.finding(
      finding(to.to === 'fax' ? 'FAX_NOT_CARRIED' : 'DESTINATION_NOT_CARRIED', {
        about: from,
        where: destinationText(to),
        means: `who is sent to ${destinationText(to)} by ${refText(from)} hears that the number is not in service`,
      }),
    );
  }
  for (const { id, code, name, what } of notCarriedCodes(model)) {
    const about = { kind: 'feature-code', id } as const;
    found.set(name, { name, what: `${code}, ${what}`, from: ['whoever dials it'] });
    const means = `whoever dials ${code} (${what}) hears that the number is not in service`;
    notes.finding(finding('DESTINATION_NOT_CARRIED', { about, where: code, means }));
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
