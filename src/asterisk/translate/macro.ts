import { pipesToCommas, splitArguments } from '../argument-list.ts';
import { hasVariable } from './channel-name.ts';
import { type Call, NOTHING, type Rules, type Step } from './step.ts';

/**
 * Macro is Gosub now: arguments and their variables are the same, a macro ends with Return, and whoever goes on elsewhere from within leaves the way back on the stack,
 * where it does no harm.
 */
export const MACRO_RULES: Rules = {
  macro: (args, step) => enter(args, step),
  macroexclusive: (args, step) => {
    step.problem('DIALPLAN_APPROXIMATED', 'Two calls may run the macro at the same time, which MacroExclusive did not let them.');
    return enter(args, step);
  },
  macroexit: (_, step) => {
    step.changed('a macro ends with Return');
    return { application: 'Return', args: '' };
  },
  macroif: macroIf,
};

function enter(args: string, step: Step): Call {
  const target = gosubTarget(args, step);
  return target === null ? NOTHING : { application: 'Gosub', args: target };
}

/** `macro-name,s,1(args)`; null where there is no such macro: the old box went on then, and 22 would hang up. */
function gosubTarget(text: string, step: Step): string | null {
  const [name = '', ...args] = splitArguments(pipesToCommas(text), ',');
  const context = macroContext(name.trim(), step);
  if (context === null) return null;
  step.changed('Macro is Gosub');
  return `${context},s,1${args.length === 0 ? '' : `(${args.join(',')})`}`;
}

/** Context of a macro; null, and a problem, where neither this dialplan nor the new box has it. */
export function macroContext(name: string, step: Step): string | null {
  const context = `macro-${name}`;
  if (name !== '' && (hasVariable(name) || step.hasContext(context))) return context;
  step.problem(
    'DIALPLAN_NAME_UNKNOWN',
    name === ''
      ? 'It calls a macro without a name: nothing happens.'
      : `The macro ${name} is nowhere: nothing happens, and the call goes on.`,
  );
  return null;
}

/** `condition?name,args:other,args`. */
function macroIf(args: string, step: Step): Call {
  const [condition = '', ways = ''] = splitArguments(args, '?', 2);
  const [yes = '', no] = splitArguments(ways, ':', 2);
  const target = (way: string | undefined): string => (way === undefined || way.trim() === '' ? '' : (gosubTarget(way, step) ?? ''));
  const [first, second] = [target(yes), target(no)];
  if (first === '' && second === '') return NOTHING;
  return { application: 'GosubIf', args: `${condition}?${first}${second === '' ? '' : `:${second}`}` };
}
