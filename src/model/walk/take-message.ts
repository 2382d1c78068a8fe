import { type Greeting, type GreetingMenu, greetingFile, greetingMenuOf } from '../greeting-keys.ts';
import { type Ref, ref } from '../ref.ts';
import { ask, say } from './ask.ts';
import { type Call, hangUp, type Run } from './call.ts';
import { goTo, mailboxOf } from './go-on.ts';
import { openMailbox } from './open-mailbox.ts';
import type { Ending } from './step.ts';

/**
 * A mailbox takes a message: macro-vm. Within a group none does (macro-blkvm-check). A mailbox that does not exist says so, which
 * answers the call, and ends it, or sends it back to the menu that takes callers back (exit-FAILED).
 */
export function takeMessage(run: Run, call: Call, mailbox: string, greeting: 'busy' | 'unavailable' | 'none'): Ending {
  if (call.insideGroup) return hangUp(call);
  const id = mailboxOf(run, mailbox);
  if (id === null) {
    call.steps.push(
      { do: 'missing', what: `mailbox ${mailbox}` },
      { do: 'play', prompts: ['im-sorry', 'an-error-has-occured'], early: false },
    );
    const { current, takesBack } = call.menus;
    if (takesBack && current !== null) return run.menu(current, call);
    hangUp(call);
    return 'answered';
  }
  return (greeting === 'none' ? null : hearGreeting(run, call, id, greeting)) ?? leaveMessage(call, id, greeting);
}

/** VoiceMail() itself, whatever keys its greeting has elsewhere. */
export function leaveMessage(call: Call, mailbox: string, greeting: 'busy' | 'unavailable' | 'none'): Ending {
  call.steps.push({ do: 'voicemail', mailbox, greeting });
  return 'answered';
}

/** A greeting during which keys may be pressed (macro-vm, vmx), where it has such; null: it has none. */
function hearGreeting(run: Run, call: Call, mailbox: string, greeting: Greeting): Ending | null {
  const menu = greetingMenuOf(run.model, mailbox, greeting);
  if (menu === null) return null;
  const by = ref('mailbox', mailbox);
  for (let wrong = 0; wrong <= menu.forgives; wrong++) {
    if (wrong > 0) say(call, ['pm-invalid-option', 'please-try-again']);
    const key = keyed(call, by, greetingFile(mailbox, greeting), menu);
    if (key === '') break;
    const number = menu.numbers[key];
    if (number !== undefined) return goTo(run, call, by, { to: 'number', context: 'from-internal', number });
    if (key === '0') return toOperator(run, call, by);
    if (key === '*') return openMailbox(run, call, by, mailbox);
  }
  if (menu.instructs) say(call, ['vm-intro']);
  return leaveMessage(call, mailbox, 'none');
}

function keyed(call: Call, by: Ref, prompt: string, menu: GreetingMenu): string {
  for (let plays = 0; plays < menu.plays; plays++) {
    const key = ask(call, by, [prompt], { seconds: menu.seconds, most: 1 });
    if (key !== '') return key;
  }
  return '';
}

/** Back to where the call came in. */
function toOperator(run: Run, call: Call, by: Ref): Ending {
  say(call, ['one-moment-please']);
  return goTo(run, call, by, { to: 'number', context: 'from-pstn', number: call.did ?? 's' });
}
