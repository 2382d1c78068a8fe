import type { Model } from '../../model/kinds.ts';
import type { Ref } from '../../model/ref.ts';
import { mailboxesOf } from '../../model/voicemail-blast.ts';
import type { CallResult } from '../calls/calls.ts';
import type { Difference } from '../calls/compare.ts';
import { legText } from '../calls/trace.ts';
import { triedRegistration } from '../lab/registrar.ts';
import type { Leg } from '../scenario.ts';
import type { Gap } from './gap.ts';

/** A call, placed into both. */
export interface PlacedInBoth {
  readonly old: CallResult;
  readonly new: CallResult;
}

/** What is known of the sides beyond their calls. */
export interface Known {
  readonly model: Model;
  readonly gaps: readonly Gap[];
}

/** A difference that must be, and why. */
export interface ExpectedDifference {
  /** Named in reports. */
  readonly id: string;
  readonly because: string;
  readonly covers: (difference: Difference, calls: PlacedInBoth, known: Known) => boolean;
}

/**
 * Differences between the old PBX and the new one that are as they should be, or faults of the clone. A short list on purpose: whatever is not on it is a
 * defect of the kit until shown otherwise. One that covers nothing in a run is told as stale.
 */
export const EXPECTED: readonly ExpectedDifference[] = [
  {
    id: 'meetme-stand-in',
    because: 'Debian packs no MeetMe for Asterisk 16: a room of ConfBridge answers in the clone, with prompts and choices of its own',
    covers: (_, { old }) => wentThrough(old, (context) => context.startsWith('macro-lab-meetme')),
  },
  {
    id: 'not-carried',
    because:
      'the call is led to something that is not carried yet: a finding says what, and callers hear that the number is not in service',
    covers: (_, calls) => wentThrough(calls.new, (context) => context === 'not-carried'),
  },
  {
    id: 'asks-in-its-own-words',
    because:
      "a script of FreePBX's (wakeupphp, pbdirectory) asks the caller on the old PBX, with prompts that Debian does not pack; the new one asks in its dialplan, and keeps the hour in AstDB",
    covers: (_, calls) => wentThrough(calls.new, (context) => context === 'wake-up-order' || context === 'app-pbdirectory'),
  },
  {
    id: 'name-with-from-user',
    because:
      "chan_pjsip leaves the caller's name out where a trunk has its own name in the From header (from_user), chan_sip did not; a finding says so",
    covers: (d, { old }, { model }) =>
      d.what === 'shown' && (old.trace?.legs ?? []).some((leg) => isNamedByTrunk(leg, model) && sameButForName(leg, d)),
  },
  {
    id: 'dahdi',
    because:
      'this call comes to a DAHDI line, which neither side of the lab has: the clone tries it, and what callers hear then depends on the cause that is left',
    covers: (d, { old, new: is }, { model }) =>
      (d.what === 'heard' || d.what === 'end') && old.scenario.about.some((r) => comesToDahdi(r, model)) && ![old, is].some(isTaken),
  },
  {
    id: 'blast-without-first',
    because:
      'the first member of this group has no mailbox: VoiceMail() of the old PBX ended the call for that, the new one takes the message for the others',
    covers: (_, { old }, { model }) => old.scenario.about.some((r) => lacksFirstMailbox(r, model)),
  },
  {
    id: 'name-not-found',
    because:
      'the old PBX keeps the name that a carrier sent as the one that was looked up, though nothing was found; the new one asks again with the next call',
    covers: (d) => d.what === 'astdb' && /^writes (?:cidname\/[^,]+(?:, |$))+$/.test(d.expected),
  },
  {
    id: 'no-passwords',
    because: 'a file of passwords that the old PBX asks for here (Authenticate) is not in the source: the clone takes none',
    covers: (d, { old }, { gaps }) => cameToGap(d, old, gaps, 'no passwords'),
  },
  {
    id: 'no-script',
    because: 'the old PBX runs a script (AGI, System) here that the source does not hold: the clone goes on without it, or ends the call',
    covers: (d, { old }, { gaps }) => cameToGap(d, old, gaps, 'no script'),
  },
  {
    id: 'pipes',
    because:
      "arguments parted by '|' here were for Asterisk 1.4, and are one argument for any later one, the clone among them: the new PBX has what was meant",
    covers: (d, { old }, { gaps }) => cameToGap(d, old, gaps, 'pipes'),
  },
  {
    id: 'another-macro-dial',
    because:
      "extensions.conf of the source is not FreePBX's: its macro-dial does not ask dialparties.agi who is to ring, in which order and how long",
    covers: (d, { old }, { gaps }) => cameToGap(d, old, gaps, 'another macro-dial'),
  },
  {
    id: 'register-line-cut',
    because:
      "a ';' in the password of a 'register' line begins a comment in Asterisk's files: the old PBX does not register with this carrier, the new one does",
    covers: (_, { old }, { model }) => old.scenario.caller.way === 'by-registration' && old.trouble !== null && isCut(old, model),
  },
];

function isCut({ scenario: { caller } }: CallResult, model: Model): boolean {
  const id = caller.ref?.id ?? '';
  const trunk = model.trunk[id];
  const tried = trunk?.technology === 'sip' ? triedRegistration(trunk) : null;
  return tried !== null && (model.secrets[`trunk/${id}/registration/${tried.index}`] ?? '').includes(';');
}

function comesToDahdi({ kind, id }: Ref, model: Model): boolean {
  const trunks = kind === 'outbound-route' ? (model['outbound-route'][id]?.trunks ?? []) : [];
  return trunks.some((one) => {
    const trunk = model.trunk[one];
    return trunk?.technology === 'dahdi' || (trunk?.technology === 'custom' && /^(?:dahdi|zap)\//i.test(trunk.dial));
  });
}

function isTaken({ trace }: CallResult): boolean {
  return (trace?.legs ?? []).some((leg) => leg.answered);
}

function lacksFirstMailbox({ kind, id }: Ref, model: Model): boolean {
  const blast = kind === 'voicemail-blast' ? model['voicemail-blast'][id] : undefined;
  return blast !== undefined && mailboxesOf(model, { ...blast, members: blast.members.slice(0, 1) }).length === 0;
}

function wentThrough({ trace }: CallResult, isMeant: (context: string) => boolean): boolean {
  return (trace?.through ?? []).some(isMeant);
}

function isNamedByTrunk({ to }: Leg, model: Model): boolean {
  const trunk = typeof to !== 'string' && to.kind === 'trunk' ? model.trunk[to.id] : undefined;
  return trunk?.technology === 'sip' && trunk.fromUser !== null;
}

function sameButForName(leg: Leg, { expected, seen }: Difference): boolean {
  return legText(leg) === expected && legText({ ...leg, shown: { ...leg.shown, name: '' } }) === seen;
}

function cameToGap(d: Difference, old: CallResult, gaps: readonly Gap[], because: Gap['because']): boolean {
  // a context that is included does not show in the way of a call: that of hand-made dialplan stands in what the call is about
  const about = new Set(old.scenario.about.flatMap((ref) => (ref.kind === 'custom-dialplan' ? [ref.id] : [])));
  const came = (context: string): boolean => about.has(context) || wentThrough(old, (name) => name === context);
  return gaps.some((gap) => gap.because === because && gap.decides.has(d.what) && came(gap.context));
}
