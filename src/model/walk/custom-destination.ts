import { type Destination, ENDS } from '../destination.ts';
import { PHONE_BOOK } from '../directory.ts';
import type { Model } from '../kinds.ts';

type Make = (extension: string, context: string) => Destination | null;

/** Places of the PBX to which hand-made dialplan sends calls, by the context's name, which is the old box's and the new one's. */
const PLACES: readonly (readonly [RegExp, Make])[] = [
  [/^from-internal(?:-xfer|-additional)?$/, (number) => ({ to: 'number', context: 'from-internal', number })],
  [/^(?:from-trunk|from-pstn|ext-did)$/, (number) => ({ to: 'number', context: 'from-trunk', number })],
  [/^from-did-direct$/, (id) => ({ to: 'extension', id, by: 'follow-me' })],
  [/^ext-local$/, (id) => (/^\d+$/.test(id) ? { to: 'extension', id, by: 'direct' } : null)],
  [/^ext-group$/, (id) => ({ to: 'ring-group', id })],
  [/^ext-queues$/, (id) => ({ to: 'queue', id })],
  [/^ext-meetme$/, (id) => ({ to: 'conference', id })],
  [/^timeconditions$/, (id) => ({ to: 'time-condition', id })],
  [/^app-daynight$/, (id) => ({ to: 'call-flow', id })],
  [/^ivr-\d+$/, (_, context) => ({ to: 'ivr', id: context.slice(4) })],
  [/^app-announcement-\d+$/, (_, context) => ({ to: 'announcement', id: context.slice(17) })],
  [/^ext-miscdests$/, (id) => ({ to: 'misc-destination', id })],
  [/^app-miscapps$/, (number) => ({ to: 'number', context: 'from-internal', number })],
  [/^callback$/, (id) => ({ to: 'callback', id })],
  [/^vmblast-grp$/, (id) => ({ to: 'voicemail-blast', id })],
  [/^app-pbdirectory$/, (name) => (name === 'pbdirectory' ? { to: 'directory', id: PHONE_BOOK } : null)],
  [/^(?:app-)?directory$/, (id) => ({ to: 'directory', id })],
  [/^dynroute-\d+$/, (_, context) => ({ to: 'dynamic-route', id: context.slice(9) })],
  [/^disa$/, (id) => ({ to: 'disa', id })],
  [/^app-languages$/, (id) => ({ to: 'language', id })],
  [/^app-setcid$/, (id) => ({ to: 'set-cid', id })],
  [/^app-queueprio$/, (id) => ({ to: 'queue-priority', id })],
  [/^ext-callrecording$/, (id) => ({ to: 'recording-rule', id })],
  [/^app-blackhole$/, (how) => (ENDS[how] === undefined ? null : { to: 'end', how: ENDS[how] })],
];

/** Where a place leads; null: the model does not know. */
export function destinationAt(model: Model, context: string, extension: string, priority: string): Destination | null {
  if (model['custom-dialplan'][context] !== undefined) return { to: 'custom', context, extension, priority };
  if (priority !== '1') return null;
  return PLACES.find(([name]) => name.test(context))?.[1](extension, context) ?? null;
}
