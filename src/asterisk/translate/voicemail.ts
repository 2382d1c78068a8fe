import { hasPipe, pipesToCommas, splitArguments } from '../argument-list.ts';
import type { Call, Rule, Rules } from './step.ts';

export const VOICEMAIL_RULES: Rules = {
  voicemail: box('VoiceMail', 'subj'),
  voicemail2: box('VoiceMail', 'subj'),
  voicemailmain: box('VoiceMailMain', 'sp'),
  voicemailmain2: box('VoiceMailMain', 'sp'),
  mailboxexists: (args, step) => {
    const [mailbox = ''] = splitArguments(args, ',|');
    step.changed('VM_INFO tells whether there is a mailbox');
    return { application: 'Set', args: `VMBOXEXISTSSTATUS=\${IF(\${VM_INFO(${mailbox},exists)}?SUCCESS:FAILED)}` };
  },
  hasvoicemail: count(''),
  hasnewvoicemail: count('INBOX'),
};

/** `VoiceMail(u100)`: up to 1.4 the options stood in front of the number. */
function box(application: string, letters: string): Rule {
  const inFront = new RegExp(`^([${letters}]+)(?=\\d|\\$\\{)`);
  return (args, step): Call => {
    const [boxes = '', options, ...rest] = splitArguments(pipesToCommas(args), ',');
    if (hasPipe(args)) step.changed('arguments are separated by commas');
    const flags = inFront.exec(boxes)?.[1];
    const kept = (options ?? '').replaceAll('j', '');
    if (flags === undefined && kept === (options ?? '')) return { application, args: [boxes, options, ...rest].filter(defined).join(',') };
    step.changed('options stand behind the mailbox');
    const all = `${kept}${(flags ?? '').replaceAll('j', '')}`;
    return { application, args: [boxes.slice(flags?.length ?? 0), ...(all === '' && rest.length === 0 ? [] : [all]), ...rest].join(',') };
  };
}

function defined(text: string | undefined): text is string {
  return text !== undefined;
}

/** `HasVoicemail(100/folder@context,variable)` */
function count(folder: string): Rule {
  return (args, step): Call => {
    const [place = '', variable = ''] = splitArguments(args, ',|');
    const [, number = '', its = '', context = ''] = /^([^/@]*)(?:\/([^@]*))?(@.*)?$/s.exec(place) ?? [];
    const where = its === '' ? folder : its;
    step.changed('VMCOUNT counts the messages of a mailbox');
    const found = `\${VMCOUNT(${number}${context}${where === '' ? '' : `,${where}`})}`;
    return { application: 'Set', args: `${variable.trim() === '' ? 'HASVMSTATUS' : variable.trim()}=${found}` };
  };
}
