import type { Ref } from '../ref.ts';
import { ask, saidAll, say } from './ask.ts';
import type { Call, Run } from './call.ts';
import { mailboxOf } from './go-on.ts';
import { saidNumber } from './say-number.ts';
import type { Ending } from './step.ts';

/** app_voicemail: vm_authenticate, with as many tries as voicemail.conf has by default (maxlogins). */
export const MOST_LOGINS = 3;

/**
 * VoiceMailMain(): asks for the mailbox where none is given that exists (who keys none is taken for his own number), then for its password, and tells how many messages
 * there are. A PIN that begins with '-' is one that its owner may not change. Source: vm_authenticate and vm_execmain in apps/app_voicemail.c of Asterisk.
 */
export function openMailbox(run: Run, call: Call, by: Ref, given: string | null): Ending {
  if (given === null) say(call, ['vm-login']);
  for (let tries = 1; tries <= MOST_LOGINS; tries++) {
    const box = given ?? mailboxOf(run, ask(call, by, [], { settleSeconds: 2 }) || call.from.number);
    const password = box === null ? undefined : run.model.secrets[`mailbox/${box}/pin`]?.replace(/^-/, '');
    const keyed = password === '' ? '' : ask(call, by, ['vm-password'], { settleSeconds: 2 });
    if (box !== null && keyed === password) return told(run, call, by, box);
    say(call, [given !== null || tries === MOST_LOGINS ? 'vm-incorrect' : 'vm-incorrect-mailbox']);
  }
  say(call, ['vm-goodbye']);
  return saidAll(call);
}

/** How many new messages there are (vm_intro_en); then the menu. */
function told(run: Run, call: Call, by: Ref, box: string): Ending {
  const count = run.at.state.messages?.[box] ?? 0;
  const many = count === 0 ? ['vm-no', 'vm-messages'] : [...saidNumber(count), 'vm-INBOX', count === 1 ? 'vm-message' : 'vm-messages'];
  say(call, ['vm-youhave', ...many]);
  call.steps.push({ do: 'stay', by, at: 'mailbox-menu' });
  return 'answered';
}
