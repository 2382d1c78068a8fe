import { type Destination, destinationText } from '../destination.ts';
import type { Ref } from '../ref.ts';
import type { Call, Run } from './call.ts';
import type { Ending } from './step.ts';

/** The call leaves an object for its destination. */
export function goTo(run: Run, call: Call, from: Ref, destination: Destination): Ending {
  call.steps.push({ do: 'go-on', from, number: destinationText(destination), because: 'destination' });
  return run.follow(destination, call);
}

/** The mailbox's id in the model, where the destination may name it without its context. */
export function mailboxOf(run: Run, mailbox: string): string | null {
  return [mailbox, `${mailbox}@default`].find((id) => id in run.model.mailbox) ?? null;
}

/**
 * The mailbox that a code finds for a number: that of its extension; where voicemail is switched off for it none, though one may exist (macro-get-vmcontext looks for it in the
 * context that AMPUSER/NUMBER/voicemail names, 'novm'); of a number that is no extension's the one in the context default.
 */
export function mailboxByCode(run: Run, number: string): string | null {
  const owner = run.model.extension[number];
  if (owner === undefined) return mailboxOf(run, number);
  return owner.voicemail === null ? null : mailboxOf(run, owner.voicemail);
}
