import { hasPipe, splitArguments } from '../argument-list.ts';
import { headerOption } from './dial.ts';
import { macroContext } from './macro.ts';
import type { Call, Rules, Step } from './step.ts';

export const QUEUE_RULES: Rules = { queue, agentlogin };

/**
 * Of Asterisk 1.6 to 20: queue, options, URL, announcement, timeout, AGI, macro, gosub, rule, position; from 21 without the macro, so that gosub, rule and position
 * moved up (apps/app_queue.c, branches 1.8 and 22).
 */
function queue(args: string, step: Step): Call {
  const parts = splitArguments(args, ',|');
  if (hasPipe(args)) step.changed('arguments are separated by commas');
  const options = (parts[1] ?? '').replace(/[wW](?![^(]*\))/g, (c) => (c === 'w' ? 'x' : 'X'));
  if (options !== (parts[1] ?? '')) {
    parts[1] = options;
    step.changed('one touch records both sides in one file now');
  }
  if (step.addsHeaders) parts[1] = `${parts[1] ?? ''}${headerOption(step)}`;
  if (parts.length >= 7) {
    const [macro = '', gosub = '', ...rest] = parts.splice(6);
    step.changed('Queue has no macro any more: what stood behind it moved up');
    parts.push(subroutine(macro.trim(), gosub.trim(), step), ...rest);
    while (parts.at(-1)?.trim() === '') parts.pop();
  }
  return { application: 'Queue', args: parts.join(',') };
}

/** For the member who answers: a context that is entered at s,1. */
function subroutine(macro: string, gosub: string, step: Step): string {
  if (macro === '') return gosub;
  if (gosub !== '') {
    step.problem('DIALPLAN_NOT_TRANSLATED', 'Who answers runs one subroutine, not a macro and one: the macro is not run.');
    return gosub;
  }
  const [name = '', ...args] = macro.split('^');
  const context = macroContext(name, step);
  return context === null ? '' : [context, ...args].join('\\,');
}

/** Until 11 it asked for number and password itself (chan_agent); app_agent_pool of 12 and later takes the number that it is given, and nobody's password. */
function agentlogin(args: string, step: Step): Call | null {
  const [agent = '', options = ''] = splitArguments(args, ',|');
  if (agent.trim() === '') {
    const hint = 'Ask for the number with Read, and give it to AgentLogin.';
    step.problem('DIALPLAN_NOT_TRANSLATED', 'AgentLogin asks nobody for the number of an agent any more: it wants one.', hint);
    return null;
  }
  const letters = options.includes('s') ? 's' : '';
  if (step.hasContext('agent-on-line')) {
    step.changed('the PBX asks for the password of an agent');
    return { application: 'Gosub', args: `agent-on-line,${agent.trim()},1${letters === '' ? '' : `(${letters})`}` };
  }
  step.problem(
    'DIALPLAN_APPROXIMATED',
    'AgentLogin asks for no password any more: whoever dials this is the agent, where nothing before it asks.',
  );
  return { application: 'AgentLogin', args: letters === '' ? agent.trim() : `${agent.trim()},${letters}` };
}
