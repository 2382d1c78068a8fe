import { z } from 'zod';
import { off, optionalText, or, text } from './field.ts';
import type { Model } from './kinds.ts';

/** A number that leaves one message in many mailboxes. Password: 'voicemail-blast/950/password'. */
export const voicemailBlast = z.strictObject({
  description: text,
  asksPassword: off,
  /** Extensions whose mailboxes take it. */
  members: or(z.array(z.string()), []),
  /** What the caller hears before he is asked whether it is the right one: its number, a recording; none: he is not asked, and speaks at once. */
  label: or(z.enum(['number', 'recording', 'none']), 'number'),
  recording: optionalText,
});
export type VoicemailBlast = z.output<typeof voicemailBlast>;

/**
 * Mailboxes that take the message, in order, without those that do not exist. Where voicemail is switched off for a member none does, though one may exist
 * (macro-get-vmcontext then names the context 'novm').
 */
export function mailboxesOf(model: Model, blast: VoicemailBlast): string[] {
  const boxes = blast.members.map((id) => (id in model.extension ? (model.extension[id]?.voicemail ?? '') : `${id}@default`));
  return [...new Set(boxes)].filter((box) => box in model.mailbox);
}
