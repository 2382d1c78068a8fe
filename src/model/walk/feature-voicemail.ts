import { settingsOf } from '../kinds.ts';
import type { Ref } from '../ref.ts';
import { ask, saidAll } from './ask.ts';
import type { Call } from './call.ts';
import { answerAndWait, byOf, type Feature, pauseFor, userOf } from './feature-call.ts';
import { mailboxByCode } from './go-on.ts';
import { MOST_LOGINS, openMailbox } from './open-mailbox.ts';
import { takeMessage } from './take-message.ts';

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
