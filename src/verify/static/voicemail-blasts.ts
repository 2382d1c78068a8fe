import { ref } from '../../model/ref.ts';
import { mailboxesOf } from '../../model/voicemail-blast.ts';
import { defineCheck, differing, yes } from './mismatch.ts';
import { setTo } from './step-data.ts';

/** Groups of mailboxes: who gets the message, and what the caller is asked before. */
export const voicemailBlastCheck = defineCheck(async ({ dialplan }, model) =>
  Object.entries(model['voicemail-blast']).flatMap(([id, held]) => {
    const steps = dialplan.stepsOf('vmblast-grp', id);
    if (steps.length === 0) return [];
    const application = (name: string): boolean => steps.some((s) => s.application === name);
    return differing(ref('voicemail-blast', id), {
      'asks for a password': [held.asksPassword, yes(application('Gosub'))],
      mailboxes: [mailboxesOf(model, held).join('&'), setTo(steps, 'BLAST')],
      'says its number': [held.label === 'number', yes(application('SayDigits'))],
      'asks before': [held.label !== 'none', yes(setTo(steps, 'BLAST_LABEL') !== null)],
    });
  }),
);
