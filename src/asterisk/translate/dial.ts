import { closingAt, hasPipe, pipesToCommas, splitArguments } from '../argument-list.ts';
import { rewriteChannels } from './channel-name.ts';
import { macroContext } from './macro.ts';
import type { Call, Rules, Step } from './step.ts';

export const DIAL_RULES: Rules = {
  dial: (args, step) => dial('Dial', 0, args, step),
  // announcement, seconds between tries, number of tries, and then what Dial takes
  retrydial: (args, step) => dial('RetryDial', 3, args, step),
  page,
};

/** One option, with its parenthesis or not; a variable stands for whatever it holds. */
interface Option {
  readonly letter: string;
  readonly inner: string | null;
}

function dial(application: 'Dial' | 'RetryDial', first: number, args: string, step: Step): Call | null {
  const parts = splitArguments(args, ',|');
  if (hasPipe(args)) step.changed('arguments are separated by commas');
  if (/\}M\(/.test(parts[first] ?? ''))
    step.problem(
      'DIALPLAN_APPROXIMATED',
      'A macro for who answers, in an option behind a variable, is not run.',
      'Write the option as U(macro-name).',
    );
  const called = destinations(parts[first] ?? '', step);
  if (called === null) return { application: 'Set', args: 'DIALSTATUS=CHANUNAVAIL' };
  parts[first] = called;
  const options = dialOptions(parts[first + 2] ?? '', called, step);
  if (options !== (parts[first + 2] ?? '')) {
    parts[first + 1] ??= '';
    parts[first + 2] = options;
    if (options === '' && parts.length === first + 3) parts.pop();
  }
  return { application, args: parts.join(',') };
}

/** Page(destinations,options,timeout) */
function page(args: string, step: Step): Call | null {
  const parts = splitArguments(pipesToCommas(args), ',');
  const called = destinations(parts[0] ?? '', step);
  if (called === null) return { application: 'NoOp', args: '' };
  parts[0] = called;
  if (addsHeaders(called, step)) parts[1] = `${parts[1] ?? ''}${headerOption(step)}`;
  return { application: 'Page', args: parts.join(',') };
}

/** What is called, without what cannot be called any more: that rang nowhere. null: nothing is left. */
function destinations(text: string, step: Step): string | null {
  const all = splitArguments(text, '&');
  const left = all.flatMap((one) => {
    let gone = false;
    const channel = rewriteChannels(ofATrunk(one, step), step, () => {
      gone = true;
    });
    return gone ? [] : [channel];
  });
  return left.length === 0 ? null : left.join('&');
}

/**
 * `${OUT_1}/number`: the variable holds SIP/trunk on the old box, or SIP alone, and PJSIP has the number in front of the trunk. What it holds is known only when the call
 * comes.
 */
function ofATrunk(text: string, step: Step): string {
  const [, variable = '', number = ''] = /^\$\{(\w+(?:\$\{\w+\})?)\}\/(.+)$/s.exec(text) ?? [];
  if (variable === '') return text;
  step.changed('in front of a SIP trunk stands the number');
  const isSip = `"\${${variable}:0:3}" = "SIP" | "\${${variable}:0:5}" = "PJSIP"`;
  const trunk = `\${CUT(${variable},/,2)}`;
  return `\${IF($[${isSip}]?PJSIP/${number}\${IF($["${trunk}" != ""]?@${trunk})}:\${${variable}}/${number})}`;
}

function dialOptions(text: string, called: string, step: Step): string {
  const options = splitOptions(text);
  const kept = options.flatMap((option) => dialOption(option, options, step));
  if (addsHeaders(called, step)) {
    if (options.some((o) => o.letter === 'b'))
      step.problem('DIALPLAN_APPROXIMATED', 'Headers that were added to the call are not sent, since it has a pre-dial handler already.');
    else kept.push(headerOption(step));
  }
  return kept.join('');
}

function dialOption({ letter, inner }: Option, all: readonly Option[], step: Step): string[] {
  const whole = inner === null ? letter : `${letter}(${inner})`;
  switch (letter) {
    case 'M':
      return calleeMacro(inner ?? '', all, step);
    case 'j':
      step.changed('no application jumps to n+101 any more');
      return [];
    case 'w':
    case 'W':
      step.changed('one touch records both sides in one file now');
      return [letter === 'w' ? 'x' : 'X'];
    default:
      return [whole];
  }
}

/** `M(name^arg^arg)` is `U(macro-name^arg^arg)`; its answer is read from GOSUB_RESULT. */
function calleeMacro(text: string, all: readonly Option[], step: Step): string[] {
  if (all.some((o) => o.letter === 'U')) {
    step.problem('DIALPLAN_NOT_TRANSLATED', 'Who answers runs one subroutine, not two: the macro is not run.');
    return [];
  }
  const [name = '', ...args] = splitArguments(text, '^,|');
  const context = macroContext(name.trim(), step);
  if (context === null) return [];
  step.changed('a macro for who answers is a subroutine: M() is U()');
  return [`U(${[context, ...args].join('^')})`];
}

/** Options of Dial or Queue, in order; `${...}` as it is. */
export function splitOptions(text: string): Option[] {
  const options: Option[] = [];
  let i = 0;
  while (i < text.length) {
    if (text.startsWith('${', i) || text.startsWith('$[', i)) {
      const end = endOfSubstitution(text, i);
      options.push({ letter: text.slice(i, end), inner: null });
      i = end;
      continue;
    }
    const close = text[i + 1] === '(' ? closingAt(text, i + 1) : -1;
    options.push({ letter: text[i] as string, inner: close < 0 ? null : text.slice(i + 2, close) });
    i = close < 0 ? i + 1 : close + 1;
  }
  return options;
}

function endOfSubstitution(text: string, from: number): number {
  const [open, close] = text[from + 1] === '{' ? ['{', '}'] : ['[', ']'];
  let depth = 0;
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === open) depth++;
    else if (text[i] === close && --depth === 0) return i + 1;
  }
  return text.length;
}

/** Whether headers that some line adds may have to go along with the call. */
export function addsHeaders(called: string, step: Step): boolean {
  return step.addsHeaders && splitArguments(called, '&').some((one) => /^(PJSIP\/|\$)/.test(one.trim()));
}

export function headerOption(step: Step): string {
  step.changed('SIP headers are added where the call goes out');
  return `b(${step.routine('old-sip-headers')}^s^1)`;
}
