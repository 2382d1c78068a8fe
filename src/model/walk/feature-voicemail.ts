import { settingsOf } from '../kinds.ts';
import type { Ref } from '../ref.ts';
import { ask, saidAll, say } from './ask.ts';
import type { Call, Run } from './call.ts';
import { answerAndWait, byOf, type Feature, pauseFor, userOf } from './feature-call.ts';
import { mailboxByCode, mailboxOf, takeMessage } from './go-on.ts';
import { saidNumber } from './say-number.ts';
import type { Ending } from './step.ts';

/** app_voicemail: vm_authenticate, with as many tries as voicemail.conf has by default (maxlogins). */
const MOST_LOGINS = 3;
/** Read() of the old dialplan: three times two seconds. */
const READS = 3;

/** *97: one's own mailbox; who has none is asked which. */
export const ownMailbox: Feature = (run, call, use) => {
  answerAndWait(call);
  return openMailbox(run, call, byOf(use), mailboxByCode(run, userOf(call)));
};

/** *98: any mailbox, asked for or dialled behind the code. One that is keyed and does not exist gets a password asked for all the same. */
export const anyMailbox: Feature = (run, call, use) => {
  answerAndWait(call);
  const by = byOf(use);
  if (use.given !== null) return openMailbox(run, call, by, mailboxByCode(run, use.given));
  let prompt = 'vm-login';
  for (let tries = 0; tries < MOST_LOGINS; tries++) {
    const box = mailboxByCode(run, readThrice(call, by, prompt));
    if (box !== null) return openMailbox(run, call, by, box);
    pauseFor(call, 1);
    readThrice(call, by, 'vm-password');
    prompt = 'vm-incorrect-mailbox';
  }
  call.steps.push({ do: 'stay', by, at: 'asked-again' });
  return 'answered';
};

function readThrice(call: Call, by: Ref, prompt: string): string {
  for (let tries = 0; tries < READS; tries++) {
    const keys = ask(call, by, [prompt], { seconds: 2 });
    if (keys !== '') return keys;
  }
  return '';
}

/** *EXTENSION: straight to somebody's voicemail. */
export const straightToMailbox: Feature = (run, call, use) => {
  const mailbox = run.model.extension[use.given ?? '']?.voicemail ?? null;
  return mailbox === null ? saidAll(call) : takeMessage(run, call, mailbox, settingsOf(run.model).voicemailDirectGreeting);
};

/**
 * VoiceMailMain(): asks for the mailbox where none is given that exists (who keys none is taken for his own number), then for its password, and tells how many messages
 * there are. A PIN that begins with '-' is one that its owner may not change. Source: vm_authenticate and vm_execmain in apps/app_voicemail.c of Asterisk.
 */
function openMailbox(run: Run, call: Call, by: Ref, given: string | null): Ending {
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
