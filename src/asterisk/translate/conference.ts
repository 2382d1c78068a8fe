import { pipesToCommas, splitArguments } from '../argument-list.ts';
import { type Call, NOTHING, type Rules, type Step } from './step.ts';

/** MeetMe needs DAHDI, which is not packed: ConfBridge holds its rooms. */
export const CONFERENCE_RULES: Rules = { meetme, meetmecount: count, meetmeadmin: admin };

function meetme(args: string, step: Step): Call {
  const [room = '', options = '', pin = ''] = splitArguments(pipesToCommas(args), ',').map((p) => p.trim());
  step.changed('MeetMe is ConfBridge, with the options that it has');
  if (/[eEX]|[LS]\(/.test(options.replace(/\$\{[^}]*\}/g, '')))
    step.problem('DIALPLAN_APPROXIMATED', 'Options of MeetMe for empty rooms, ways out by one digit, or time limits are not kept.');
  if (!/d|D|\$/.test(options))
    step.problem(
      'DIALPLAN_APPROXIMATED',
      'A PIN that meetme.conf had for the room is not asked for here.',
      'Lead callers to the conference of the model.',
    );
  return { application: 'Gosub', args: `${step.routine('old-meetme')},s,1(${room},${options},${pin})` };
}

/** MeetMeCount(room,variable): says the number aloud where no variable takes it. */
function count(args: string, step: Step): Call {
  const [room = '', variable = ''] = splitArguments(pipesToCommas(args), ',').map((p) => p.trim());
  step.changed('rooms are of ConfBridge now');
  const parties = `\${CONFBRIDGE_INFO(parties,${room})}`;
  return variable === '' ? { application: 'SayNumber', args: parties } : { application: 'Set', args: `${variable}=${parties}` };
}

function admin(args: string, step: Step): Call {
  const [room = '', command = ''] = splitArguments(pipesToCommas(args), ',').map((p) => p.trim());
  if (command === 'K') {
    step.changed('rooms are of ConfBridge now');
    return { application: 'ConfKick', args: `${room},all` };
  }
  step.problem(
    'DIALPLAN_NOT_TRANSLATED',
    'It gives a command to a conference, and nothing happens.',
    'The menu of a leader in ConfBridge locks and mutes.',
  );
  return NOTHING;
}
