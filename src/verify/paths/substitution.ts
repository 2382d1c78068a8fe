import { NotJudged } from './not-judged.ts';

/** What stands behind `${NAME}` and `${FUNCTION(arguments)}`, and what an expression is. */
export interface Values {
  readonly variable: (name: string) => string;
  readonly call: (name: string, args: string) => string;
  readonly expression: (text: string) => string;
}

/** A text with its variables, functions and expressions filled in. What comes of one is not looked at once more. Source: pbx_substitute_variables, main/pbx_variables.c. */
export function substitute(text: string, values: Values): string {
  if (!text.includes('$')) return text;
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const open = text[i] === '$' ? text[i + 1] : undefined;
    if (open !== '{' && open !== '[') {
      out += text[i];
      continue;
    }
    const end = closing(text, i + 1, open, open === '{' ? '}' : ']');
    const inner = substitute(text.slice(i + 2, end), values);
    out += open === '{' ? filledValue(inner, values) : values.expression(inner);
    i = end;
  }
  return out;
}

function closing(text: string, from: number, open: string, close: string): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if (text[i] === open) depth++;
    else if (text[i] === close && --depth === 0) return i;
  }
  throw new NotJudged(`${open} is not closed`);
}

/** `NAME`, `NAME:from:length`, `FUNCTION(arguments):from:length`. */
function filledValue(inner: string, values: Values): string {
  // `$${}{` is how a text is written that holds `${` itself
  if (inner === '') return '';
  const colon = colonOutside(inner);
  const whole = colon < 0 ? inner : inner.slice(0, colon);
  const open = whole.indexOf('(');
  const value = open < 0 ? values.variable(whole) : values.call(whole.slice(0, open), whole.slice(open + 1, whole.lastIndexOf(')')));
  return colon < 0 ? value : part(value, inner.slice(colon + 1));
}

function colonOutside(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
    else if (text[i] === ':' && depth === 0) return i;
  }
  return -1;
}

/** `from:length`, either from the end where it is negative (ast_str_substring). */
function part(value: string, range: string): string {
  const [, offset = '0', length] = /^\s*([+-]?\d+)?(?::\s*([+-]?\d+))?/.exec(range) ?? [];
  const from = Number(offset) < 0 ? Math.max(0, value.length + Number(offset)) : Number(offset);
  const rest = value.slice(from);
  if (length === undefined) return rest;
  return Number(length) < 0 ? rest.slice(0, Math.max(0, rest.length + Number(length))) : rest.slice(0, Number(length));
}
