import type { Destination } from '../../model/destination.ts';
import type { Model, ModelKind } from '../../model/kinds.ts';
import type { HeldDialplan } from './held-dialplan.ts';

/** A place by its whole name: 'ext-group,600,1'. */
export type Entry = string;

/**
 * Where a destination of the model is entered: FreePBX's own names (each module's _destinations function), which hand-made dialplan, AMI scripts and other
 * objects know, and which stay. null: nothing is said of it, since the model lacks the object or the dialplan cannot hold it.
 */
export function entryOf(model: Model, dialplan: HeldDialplan, d: Destination): Entry | null {
  const entry = entryName(model, d);
  if (entry === null || !isThere(model, d)) return null;
  const [context = '', extension = ''] = entry;
  return dialplan.stepsOf(context, extension).length === 0 ? null : entry.join(',');
}

function isThere(model: Model, d: Destination): boolean {
  return !('id' in d) || d.to === 'mailbox' || !(d.to in model) || d.id in model[d.to as ModelKind];
}

/** Where a destination is entered, whether or not it is there; null: it has no name that others know. */
export function entryName(model: Model, d: Destination): [context: string, extension: string, priority: string] | null {
  switch (d.to) {
    case 'end':
      return ['app-blackhole', d.how === 'music' ? 'musiconhold' : d.how, '1'];
    case 'missing':
      return ['app-blackhole', 'hangup', '1'];
    case 'ring-group':
      return ['ext-group', d.id, '1'];
    case 'queue':
      return ['ext-queues', d.id, '1'];
    case 'page-group':
      return ['app-pagegroups', d.id, '1'];
    case 'conference':
      return ['ext-meetme', d.id, '1'];
    case 'ivr':
      return [`ivr-${d.id}`, 's', '1'];
    case 'announcement':
      return [`app-announcement-${d.id}`, 's', '1'];
    case 'time-condition':
      return ['timeconditions', d.id, '1'];
    case 'call-flow':
      return ['app-daynight', d.id, '1'];
    case 'callback':
      return ['callback', d.id, '1'];
    case 'voicemail-blast':
      return ['vmblast-grp', d.id, '1'];
    case 'dynamic-route':
      return [`dynroute-${d.id}`, 's', '1'];
    case 'directory':
      return [model.directory[d.id]?.ofMailboxes ? 'app-directory' : 'directory', d.id, '1'];
    case 'disa':
      return ['disa', d.id, '1'];
    case 'language':
      return ['app-languages', d.id, '1'];
    case 'set-cid':
      return ['app-setcid', d.id, '1'];
    case 'queue-priority':
      return ['app-queueprio', d.id, '1'];
    case 'recording-rule':
      return ['ext-callrecording', d.id, '1'];
    case 'misc-destination':
      return ['ext-miscdests', d.id, '1'];
    case 'misc-application':
      return ['app-miscapps', model['misc-application'][d.id]?.number ?? '', '1'];
    case 'trunk':
      return ['ext-trunk', d.id, '1'];
    case 'extension':
      return d.by === 'direct' ? ['ext-local', d.id, '1'] : d.by === 'follow-me' ? ['from-did-direct', d.id, '1'] : null;
    case 'mailbox':
      return mailboxEntry(model, d);
    default:
      return null;
  }
}

/** vmb, vmu and vms stand before the number of an extension whose calls go to voicemail; any other has none (FreePBX, core_get_config). */
function mailboxEntry(model: Model, d: Extract<Destination, { to: 'mailbox' }>): [string, string, string] | null {
  const extension = d.id.split('@')[0] ?? '';
  const box = model.extension[extension]?.voicemail ?? null;
  return box === null || !(box in model.mailbox)
    ? null
    : ['ext-local', `vm${{ busy: 'b', unavailable: 'u', none: 's' }[d.greeting]}${extension}`, '1'];
}

/** Kinds of objects that a call may be sent to. */
export const ENTERED = [
  'ring-group',
  'queue',
  'conference',
  'page-group',
  'ivr',
  'announcement',
  'time-condition',
  'call-flow',
  'language',
  'set-cid',
  'queue-priority',
  'recording-rule',
  'misc-destination',
  'misc-application',
  'directory',
  'dynamic-route',
  'disa',
  'callback',
  'voicemail-blast',
  'trunk',
] as const;

/** Entries of all objects of the model that a call may be sent to. */
export function allEntries(model: Model, dialplan: HeldDialplan): ReadonlyMap<Entry, Destination> {
  const objects: Destination[] = ENTERED.flatMap((to) => Object.keys(model[to]).map((id) => ({ to, id })));
  const people = Object.keys(model.extension).map((id) => ({ to: 'extension', id, by: 'direct' }) as const);
  return new Map(
    [...objects, ...people].flatMap((d) => {
      const entry = entryOf(model, dialplan, d);
      return entry === null ? [] : [[entry, d] as const];
    }),
  );
}
