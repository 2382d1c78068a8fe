import { hasPipe, pipesToCommas, splitArguments, splitCall } from '../argument-list.ts';
import { type Call, NOTHING, type Rule, type Rules, type Step } from './step.ts';

/** Applications that run another one, or go elsewhere, on a condition. */
export const CONDITION_RULES: Rules = {
  execif: execIf,
  execiftime: (args, step) => {
    const [when = '', what] = splitArguments(args, '?', 2);
    return what === undefined
      ? { application: 'ExecIfTime', args }
      : { application: 'ExecIfTime', args: `${pipesToCommas(when)}?${branch(what, step)}` };
  },
  exec: nested('Exec'),
  tryexec: nested('TryExec'),
  gotoif: jump('GotoIf'),
  gosubif: jump('GosubIf'),
  gotoiftime: jump('GotoIfTime'),
  random: (args, step) => {
    const [percent = '', target = ''] = splitArguments(args, ':', 2);
    step.changed('chance is RAND()');
    return { application: 'GotoIf', args: `$[\${RAND(1,100)} <= ${percent.trim()}]?${pipesToCommas(target)}` };
  },
};

/** `condition?App(args):Other(args)`; of old, `condition|App|args` too. */
function execIf(args: string, step: Step): Call {
  const [condition = '', ways] = splitArguments(args, '?', 2);
  if (ways === undefined) {
    const [when = '', application = '', data = ''] = splitArguments(args, ',|', 3);
    step.changed('ExecIf asks with a question mark');
    return { application: 'ExecIf', args: `${when}?${said(application.trim(), data, step)}` };
  }
  const [yes = '', no] = splitArguments(ways, ':', 2);
  return { application: 'ExecIf', args: `${condition}?${branch(yes, step)}${no === undefined ? '' : `:${branch(no, step)}`}` };
}

/** `App(args)`, `App,args`, or nothing. */
function branch(text: string, step: Step): string {
  if (text.trim() === '') return text;
  const [application = '', old] = splitArguments(text, ',|', 2);
  if (old !== undefined && !application.includes('(')) {
    step.changed('arguments stand in parentheses');
    return said(application.trim(), old, step);
  }
  const { name, inner } = splitCall(text);
  if (inner === null) return text.includes('${') ? text : said(name.trim(), '', step, '');
  return said(name.trim(), inner, step);
}

function said(application: string, args: string, step: Step, empty = '()'): string {
  const call = step.call({ application, args }) ?? NOTHING;
  return call.args === '' ? `${call.application}${empty}` : `${call.application}(${call.args})`;
}

function nested(application: string): Rule {
  return (args, step) => ({ application, args: branch(args, step) });
}

/** `condition?place:place`: places may have been written with pipes, times as well. */
function jump(application: string): Rule {
  return (args, step): Call => {
    const [condition = '', places] = splitArguments(args, '?', 2);
    const when = application === 'GotoIfTime' ? pipesToCommas(condition) : condition;
    const text =
      places === undefined
        ? when
        : `${when}?${splitArguments(places, ':')
            .map((place) => step.place(pipesToCommas(place)))
            .join(':')}`;
    if (hasPipe(args) && text !== args) step.changed('a place is written with commas');
    return { application, args: text };
  };
}
