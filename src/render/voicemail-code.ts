import { type Model, settingsOf } from '../model/kinds.ts';
import { codeOf } from './code.ts';
import { boxIsGone, voicemailOf } from './extension.ts';
import { present } from './forward-code.ts';
import { defineView } from './view.ts';

/** extensions.d/voicemail-code.conf: the codes by which messages are heard and left. */
export const voicemailCodeView = defineView({
  file: 'etc/asterisk/extensions.d/voicemail-code.conf',
  data: (model) => {
    if (voicemailContexts(model).length === 0) return null;
    return {
      own: codeOf(model, 'voicemail/myvoicemail'),
      any: codeOf(model, 'voicemail/dialvoicemail'),
      elsewhere: elsewhere(model),
      direct: direct(model),
    };
  },
});

/** The contexts of that file, in the order in which the old box asks them. */
export function voicemailContexts(model: Model): string[] {
  return [
    ...present(model, [
      ['app-dialvm', 'voicemail/dialvoicemail'],
      ['app-vmmain', 'voicemail/myvoicemail'],
    ]),
    ...(direct(model).length > 0 ? ['app-directvm'] : []),
  ];
}

/** '*106': leaves a message for 106 without ringing him; where his mailbox is gone, the caller is told that something is wrong. */
function direct(model: Model): { exten: string; box: string | null; greeting: string; sorry: string[] }[] {
  const code = codeOf(model, 'voicemail/directdialvoicemail');
  if (code === null) return [];
  const greeting = { busy: 'BUSY', unavailable: 'NOANSWER', none: 'NOGREETING' }[settingsOf(model).voicemailDirectGreeting];
  const sorry = boxIsGone(model);
  return Object.entries(model.extension)
    .filter(([, e]) => e.voicemail !== null)
    .map(([id, e]) => ({ exten: `${code.code}${id}`, box: voicemailOf(model, e), greeting, sorry }));
}

/**
 * Extensions whose mailbox is another than their number in the context default. Where voicemail is switched off for one the codes do not find its mailbox, as on the old
 * box: they ask for the context 'novm' (macro-get-vmcontext), in which there is none.
 */
function elsewhere(model: Model): { id: string; box: string }[] {
  return Object.entries(model.extension).flatMap(([id, e]) => {
    const box = e.voicemail === null && `${id}@default` in model.mailbox ? `${id}@novm` : voicemailOf(model, e);
    return box === null || box === `${id}@default` ? [] : [{ id, box }];
  });
}
