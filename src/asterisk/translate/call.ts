import { pipesToCommas, splitArguments } from '../argument-list.ts';
import { applicationName } from '../module-of.ts';
import { ASSIGN_RULES } from './assign.ts';
import { rewriteChannels } from './channel-name.ts';
import { CONDITION_RULES } from './condition.ts';
import { CONFERENCE_RULES } from './conference.ts';
import { DATABASE_RULES } from './database.ts';
import { DIAL_RULES } from './dial.ts';
import { insteadOf } from './gone.ts';
import { MACRO_RULES } from './macro.ts';
import { PARKING_RULES } from './parking.ts';
import { QUEUE_RULES } from './queue.ts';
import { RECORDING_RULES } from './recording.ts';
import { SIP_HEADER_RULES } from './sip-header.ts';
import type { Call, Rule, Rules, Step } from './step.ts';
import { rewriteVariables } from './variable.ts';
import { VOICEMAIL_RULES } from './voicemail.ts';

const renamed =
  (application: string, why = `${application} took its place`): Rule =>
  (args, step): Call => {
    step.changed(why);
    return { application, args: pipesToCommas(args) };
  };

/** Applications with another name, and nothing else. */
const RENAMED: Rules = {
  deadagi: (args) => ({ application: 'AGI', args: pipesToCommas(args) }),
  rxfax: renamed('ReceiveFAX'),
  txfax: renamed('SendFAX'),
  sipcallpickup: renamed('Pickup'),
  waitmusiconhold: (args, step) => {
    step.changed('MusicOnHold takes seconds as its second argument');
    return { application: 'MusicOnHold', args: `,${args.trim()}` };
  },
  resetcdr: options('ResetCDR', /[^v]/g),
  forkcdr: options('ForkCDR', /[^aev]/g),
  zapbarge: barge,
  dahdibarge: barge,
  zapscan: renamed('ChanSpy'),
  dahdiscan: renamed('ChanSpy'),
  messagesend: (args, step) => {
    const text = pipesToCommas(args);
    if (/^\s*sip:/i.test(text)) step.changed('texts to telephones go by pjsip:');
    return { application: 'MessageSend', args: text.replace(/^\s*sip:/i, 'pjsip:') };
  },
  goto: (args, step) => place('Goto', args, step),
  gosub: (args, step) => place('Gosub', args, step),
};

const RULES: Rules = {
  ...RENAMED,
  ...ASSIGN_RULES,
  ...CONDITION_RULES,
  ...CONFERENCE_RULES,
  ...DATABASE_RULES,
  ...DIAL_RULES,
  ...MACRO_RULES,
  ...PARKING_RULES,
  ...QUEUE_RULES,
  ...RECORDING_RULES,
  ...SIP_HEADER_RULES,
  ...VOICEMAIL_RULES,
};

/** How many pipes separate arguments where the last one is free text; all of them elsewhere. A shell's pipe is none. */
const PIPES: Readonly<Record<string, number>> = {
  noop: 0,
  system: 0,
  trysystem: 0,
  sendtext: 0,
  sayalpha: 0,
  mixmonitor: 2,
  userevent: 99,
};

/** Their arguments are text or go to a script: a word like SIP/101 in them calls nobody. */
const FREE_TEXT = new Set(
  'noop verbose log system trysystem sendtext mysql playback background read record agi deadagi eagi fastagi userevent sayalpha sipaddheader'.split(
    ' ',
  ),
);

/** One application with its arguments in Asterisk 22; null: there is nothing for it, and the problem has been told. */
export function translateCall(call: Call, step: Step): Call | null {
  const name = call.application.toLowerCase();
  const vars = rewriteVariables(call.args, step);
  const handlesChannels = FREE_TEXT.has(name) || name in DIAL_RULES || name === 'execif';
  const args = handlesChannels ? vars : rewriteChannels(vars, step);
  const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  if (rule !== undefined) return spelledAs(call.application, rule(args, step));
  if (applicationName(call.application) !== null) return { application: call.application, args: commas(name, args, step) };
  const instead = insteadOf(name);
  if (instead !== null) {
    step.problem(
      'DIALPLAN_NOT_TRANSLATED',
      `Asterisk 22 has nothing for ${call.application}: the step does nothing, and the call goes on.`,
      instead,
    );
  } else {
    step.problem(
      'DIALPLAN_CALL_UNKNOWN',
      `Asterisk 22 has no application ${call.application.slice(0, 40)}: it would end the call; here the step does nothing, and the call goes on.`,
    );
  }
  return null;
}

/** As it was written, where only capitals differ. */
function spelledAs(written: string, call: Call | null): Call | null {
  return call !== null && call.application.toLowerCase() === written.toLowerCase() ? { ...call, application: written } : call;
}

function commas(name: string, args: string, step: Step): string {
  const isLevel = (name === 'verbose' || name === 'log') && !/^\s*\w+\s*\|/.test(args);
  const most = isLevel ? 0 : name === 'verbose' || name === 'log' ? 1 : Object.hasOwn(PIPES, name) ? PIPES[name] : undefined;
  if (!args.includes('|') || (most !== undefined && splitArguments(args, ',').length > 1)) return args;
  const text = most === undefined ? pipesToCommas(args) : withSome(args, most);
  if (text !== args) step.changed('arguments are separated by commas');
  return text;
}

function withSome(args: string, most: number): string {
  return most === 0 ? args : splitArguments(args, '|', most + 1).join(',');
}

/** Goto and Gosub: a place, with arguments in parentheses behind it. */
function place(application: string, args: string, step: Step): Call {
  const text = pipesToCommas(args);
  if (text !== args) step.changed('a place is written with commas');
  return { application, args: step.place(text) };
}

/** An application that has lost options: what they did for call records is so anyhow, or is not done any more. */
function options(application: string, gone: RegExp): Rule {
  return (args, step): Call => {
    const kept = splitArguments(args, '(')[0]?.replace(gone, '') ?? '';
    if (args.includes('$') || kept === args) return { application, args };
    step.problem(
      'DIALPLAN_APPROXIMATED',
      `Options of ${application} that Asterisk 22 does not have are left out: look at the call record.`,
    );
    return { application, args: kept };
  };
}

function barge(_: string, step: Step): Call {
  step.problem('DIALPLAN_APPROXIMATED', 'Whoever calls joins any call, since there are no lines on a card to choose from.');
  return { application: 'ChanSpy', args: ',B' };
}
