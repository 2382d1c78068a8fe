import { type Destination, ENDS } from '../model/destination.ts';
import { PHONE_BOOK } from '../model/directory.ts';

/** A destination as it stands in a table, and what it says. A mailbox is still named by its number alone. */
export interface Place {
  readonly text: string;
  readonly destination: Destination;
}

type Form = readonly [context: RegExp, extension: RegExp, make: (context: string, extension: string) => Destination];
type Greeting = Extract<Destination, { to: 'mailbox' }>['greeting'];

const GREETINGS: Readonly<Record<string, Greeting>> = { b: 'busy', u: 'unavailable', s: 'none', i: 'none' };
const any = /^(.+)$/;

/** Every form that FreePBX 2.3 to 2.11 and IssabelPBX offer (ELASTIX.md, section 13), the first that fits. */
const FORMS: readonly Form[] = [
  [
    /^ext-local$/,
    /^vm([busi])(.+)$/,
    (_, letterAndId) => ({ to: 'mailbox', id: letterAndId.slice(1), greeting: GREETINGS[letterAndId.charAt(0)] ?? 'none' }),
  ],
  [/^from-did-direct$/, any, (_, id) => ({ to: 'extension', id, by: 'follow-me' })],
  [/^ext-findmefollow$/, /^FM(.+)$/, (_, id) => ({ to: 'extension', id, by: 'forced-follow-me' })],
  [/^ext-findmefollow$/, any, (_, id) => ({ to: 'extension', id, by: 'follow-me' })],
  [/^ext-local$/, any, (_, id) => ({ to: 'extension', id, by: 'direct' })],
  [/^ext-group$/, any, (_, id) => ({ to: 'ring-group', id })],
  [/^ext-queues$/, any, (_, id) => ({ to: 'queue', id })],
  [/^(?:ivr-|aa_)(\d+)$/, any, (id) => ({ to: 'ivr', id })],
  [/^timeconditions$/, any, (_, id) => ({ to: 'time-condition', id })],
  [/^app-daynight$/, any, (_, id) => ({ to: 'call-flow', id })],
  [/^app-announcement-(\d+)$/, any, (id) => ({ to: 'announcement', id })],
  [/^ext-miscdests$/, any, (_, id) => ({ to: 'misc-destination', id })],
  // its number is what it is entered by
  [/^app-miscapps$/, any, (_, number) => ({ to: 'number', context: 'from-internal', number })],
  [/^ext-meetme$/, any, (_, id) => ({ to: 'conference', id })],
  [/^disa$/, any, (_, id) => ({ to: 'disa', id })],
  [/^callback$/, any, (_, id) => ({ to: 'callback', id })],
  [/^app-languages$/, any, (_, id) => ({ to: 'language', id })],
  [/^app-setcid$/, any, (_, id) => ({ to: 'set-cid', id })],
  [/^ext-callrecording$/, any, (_, id) => ({ to: 'recording-rule', id })],
  [/^(?:app|ext)-queueprio$/, any, (_, id) => ({ to: 'queue-priority', id })],
  [/^vmblast-grp$/, any, (_, id) => ({ to: 'voicemail-blast', id })],
  [/^ext-fax$/, any, (_, id) => ({ to: 'fax', id })],
  [/^app-pbdirectory$/, /^pbdirectory$/, () => ({ to: 'directory', id: PHONE_BOOK })],
  [/^(?:app-)?directory$/, any, (_, id) => ({ to: 'directory', id })],
  [/^ext-trunk$/, any, (_, id) => ({ to: 'trunk', id })],
  [/^(?:app-)?pagegroups$/, any, (_, id) => ({ to: 'page-group', id })],
  [/^ext-featurecodes$/, any, (_, code) => ({ to: 'feature-code', code })],
  [/^(?:park-dial|parkedcalls)$/, any, (_, id) => ({ to: 'parking', id })],
  [/^dynroute-(\d+)$/, any, (id) => ({ to: 'dynamic-route', id })],
  [
    /^app-blackhole$/,
    any,
    (_, how) =>
      ENDS[how] === undefined ? { to: 'missing', was: `app-blackhole,${how},1`, because: 'no-such-object' } : { to: 'end', how: ENDS[how] },
  ],
  // a number as if an extension, or a carrier, had dialled it
  [
    /^(from-internal|from-trunk|from-pstn|from-zaptel|from-dahdi)$/,
    /^([\d*#+]+)$/,
    (context, number) => ({ to: 'number', context, number }),
  ],
  // a call without a called number: parking sends those to it that nobody takes back
  [/^(from-trunk|from-pstn|from-zaptel|from-dahdi)$/, /^(s)$/, (context, number) => ({ to: 'number', context, number })],
];

/** null where the text is no context,extension,priority. Before 2.5 '|' stood between the parts, and spaces may follow. */
export function readForm(text: string): Place | null {
  const [context = '', extension = '', priority = '1', ...more] = text
    .trim()
    .split(/[,|]/)
    .map((part) => part.trim());
  if (context === '' || extension === '' || priority === '' || more.length > 0) return null;
  // follow me's "normal extension behaviour": voicemail and what else comes when nobody answers
  if (context === 'ext-local' && priority === 'dest') return { text, destination: { to: 'extension', id: extension, by: 'unanswered' } };
  // whatever was dialled or keyed enters an injection
  if (/^injection-\d+$/.test(context) && extension === '${EXTEN}')
    return { text, destination: { to: 'custom', context, extension: 's', priority } };
  for (const [inContext, inExtension, make] of FORMS) {
    const c = inContext.exec(context);
    const e = inExtension.exec(extension);
    // the groups hold what names the object; 'vm([busi])(.+)' has two of them
    if (c !== null && e !== null) return { text, destination: make(c[1] ?? context, e.slice(1).join('')) };
  }
  return { text, destination: { to: 'custom', context, extension, priority } };
}
