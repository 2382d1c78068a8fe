import { type Model, naturalOrder } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { isOperator, isWoken, WAKE_UP_CODE, wakeUpOf } from '../model/wake-up.ts';
import { codeOf, prompts } from './code.ts';
import { extensionDial } from './dial-string.ts';
import { present } from './forward-code.ts';
import { debian } from './target.ts';
import { defineView } from './view.ts';

const PROGRAM = '/etc/migrate/wake-up.sh';

/** What is said: the prompts of FreePBX's module, as this box has them. */
const SAID = {
  whom: ['extension', 'number', 'then-press-pound'],
  isFor: ['rqsted-wakeup-for'],
  choice: ['for-wakeup-call', 'press-1', 'to-cancel-wakeup', 'press-2'],
  cancelled: ['wakeup-call-cancelled'],
  when: ['please-enter-the', 'time', 'hours', 'vm-and', 'minutes'],
  half: ['1-for-am-2-for-pm'],
  woken: ['hello', 'this-is-yr-wakeup-call'],
  again: [
    ...['to-cancel-wakeup', 'press-1', 'to-snooze-for', 'digits/5', 'minutes', 'press-2'],
    ...['to-snooze-for', 'digits/10', 'minutes', 'press-3', 'to-snooze-for', 'digits/15', 'minutes', 'press-4'],
  ],
} as const;

export function wakeUpContexts(model: Model): string[] {
  return present(model, [['app-hotelwakeup', WAKE_UP_CODE]]);
}

/** extensions.d/wake-up.conf: how a wake-up call is ordered, and what happens when it is due. */
export const wakeUpView = defineView({
  file: 'etc/asterisk/extensions.d/wake-up.conf',
  data: (model, notes) => {
    const code = codeOf(model, WAKE_UP_CODE);
    if (code === null) return null;
    const { extensionDigits, ringSeconds } = wakeUpOf(model);
    notes.from(...Object.keys(model['wake-up']).map((id) => ref('wake-up', id)));
    return {
      code: code.code,
      spool: debian.directories.spool,
      program: PROGRAM,
      operators: Object.keys(model.extension).filter((id) => isOperator(model, id)),
      extensionDigits,
      extensions: woken(model).map(([id, name, phones]) => ({ id, name, phones, ringSeconds })),
      say: Object.fromEntries(Object.entries(SAID).map(([name, list]) => [name, prompts(model, ...list)])),
    };
  },
});

/** The program that writes the call files. */
export const wakeUpProgramView = defineView({
  file: 'etc/migrate/wake-up.sh',
  data: (model) => {
    if (codeOf(model, WAKE_UP_CODE) === null) return null;
    const { callerName, callerNumber, ringSeconds, retries, retrySeconds } = wakeUpOf(model);
    return {
      spool: debian.directories.spool,
      // letters and digits mean nothing to the shell, whatever the old box's administrator wrote
      callerName: callerName.replaceAll(/[^\p{L}\p{N}.-]+/gu, ' ').trim(),
      callerNumber: callerNumber.replaceAll(/[^\d*#+]/g, ''),
      // the dialplan ends the ringing, not the file
      waitSeconds: ringSeconds + 5,
      retries,
      retrySeconds,
    };
  },
});

function woken(model: Model): [id: string, name: string, phones: string][] {
  return Object.entries(model.extension)
    .filter(([id]) => isWoken(model, id))
    .map(([id, e]): [string, string, string] => [id, e.name, extensionDial(model, e)])
    .filter(([, , phones]) => phones !== '')
    .sort(([a], [b]) => naturalOrder(a, b));
}
