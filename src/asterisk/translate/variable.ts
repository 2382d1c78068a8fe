import { splitCall } from '../argument-list.ts';
import { readFunction } from './function.ts';
import type { Step } from './step.ts';
import { rewriteSubstitutions } from './substitution.ts';

/** Variables of old releases, and what they are in Asterisk 22, unless the dialplan sets them itself. */
const READ_AS: Readonly<Record<string, string>> = {
  CALLERIDNUM: '${CALLERID(num)}',
  CALLERIDNAME: '${CALLERID(name)}',
  CALLERID: '${CALLERID(all)}',
  DNID: '${CALLERID(dnid)}',
  RDNIS: '${CALLERID(rdnis)}',
  DATETIME: '${STRFTIME(${EPOCH},,%d%m%Y-%H:%M:%S)}',
  TIMESTAMP: '${STRFTIME(${EPOCH},,%Y%m%d-%H%M%S)}',
  LANGUAGE: '${CHANNEL(language)}',
  ACCOUNTCODE: '${CHANNEL(accountcode)}',
  SIPCALLID: '${CHANNEL(pjsip,call-id)}',
  SIPUSERAGENT: '${PJSIP_HEADER(read,User-Agent)}',
};

/** Set by Macro, of who called it. STACK_PEEK reads the same off the stack of Gosub; it is silent where there is no caller. */
const OF_THE_MACRO: Readonly<Record<string, string>> = {
  MACRO_EXTEN: '${STACK_PEEK(1,e,1)}',
  MACRO_CONTEXT: '${STACK_PEEK(1,c,1)}',
  MACRO_PRIORITY: '${STACK_PEEK(1,p,1)}',
};

/** Variables that hold the name of a channel: cut at its fourth character to take `SIP/` off. */
const NAMES_A_CHANNEL = new Set([
  'CHANNEL',
  'BRIDGEPEER',
  'DIALEDPEERNAME',
  'AVAILCHAN',
  'AVAILORIGCHAN',
  'MEMBERINTERFACE',
  'BLINDTRANSFER',
]);

/** The text with every variable, function and expression as Asterisk 22 has it. */
export function rewriteVariables(text: string, step: Step): string {
  if (!text.includes('$')) return text;
  return rewriteSubstitutions(text, {
    variable: (inner) => readVariable(inner, step),
    expression: (inner) => `$[${ofChannelNames(inner, step)}]`,
  });
}

function readVariable(inner: string, step: Step): string {
  const { name, inner: args, rest } = splitCall(inner);
  if (args !== null && /^[A-Za-z_]\w*$/.test(name)) return readFunction(name, args, rest, step);
  const [, variable = '', part = ''] = /^(\w+)(:.*)?$/s.exec(inner) ?? [];
  if (variable === 'MACRO_RESULT' && !step.sets('GOSUB_RESULT')) {
    step.changed('Dial asks the subroutine for GOSUB_RESULT');
    return `\${GOSUB_RESULT${part}}`;
  }
  if (NAMES_A_CHANNEL.has(variable) && /^:4(?!\d)/.test(part) && !step.sets(variable)) {
    step.changed('names of SIP channels begin with PJSIP/');
    return `\${${variable}:6${part.slice(2)}}`;
  }
  const there = step.sets(variable) ? undefined : (own(OF_THE_MACRO, variable) ?? own(READ_AS, variable));
  if (there === undefined) {
    if (variable === 'MACRO_OFFSET' || variable === 'MACRO_DEPTH') macroOnly(variable, step);
    return `\${${inner}}`;
  }
  step.changed(`${variable} is ${there} now`);
  return `${there.slice(0, -1)}${part}}`;
}

function own(table: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function macroOnly(variable: string, step: Step): void {
  step.problem('DIALPLAN_APPROXIMATED', `${variable} was set by Macro and is empty now.`);
}

/** `${CHANNEL:0:3}` compared with "SIP": names of channels begin with PJSIP. */
function ofChannelNames(expression: string, step: Step): string {
  if (!/SIP/.test(expression) || !/CHANNEL|CHAN_?TYPE|channeltype/.test(expression)) return expression;
  const longer = expression
    .replace(/(\$\{CHANNEL(?:\(name\))?:0:)([34])\}/g, (_, head: string, n: string) => `${head}${Number(n) + 2}}`)
    .replace(/(?<![\w/])SIP(?=["'/\s]|$)/g, 'PJSIP');
  if (longer !== expression) step.changed('names of SIP channels begin with PJSIP');
  return longer;
}
