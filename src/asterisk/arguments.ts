import { splitArguments } from './argument-list.ts';

/** Stands for a part of an argument that is known only when a call comes: `${...}` or `$[...]`. */
export const UNKNOWN = '\u0001';

/**
 * The text with each outermost `${...}` and `$[...]` replaced by UNKNOWN, and with those that `known` has a value for filled in. What Asterisk puts in the place
 * of a variable can hold anything, commas and parentheses too: nothing within is looked at here.
 */
export function collapse(text: string, known: Readonly<Record<string, string>> = {}): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const end = text[i] === '$' ? endOfVariable(text, i) : -1;
    if (end < 0) {
      out += text[i];
      continue;
    }
    out += known[text.slice(i + 2, end)] ?? UNKNOWN;
    i = end;
  }
  return out;
}

/** Place of the bracket that closes the variable or expression beginning at `from`; -1: none begins there. */
function endOfVariable(text: string, from: number): number {
  const open = text[from + 1];
  if (open !== '{' && open !== '[') return -1;
  const close = open === '{' ? '}' : ']';
  let depth = 0;
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === open) depth++;
    else if (text[i] === close && --depth === 0) return i;
  }
  return -1;
}

/** Parts of collapsed arguments, without the blanks around them. */
export function split(text: string, separator: string, most = Number.POSITIVE_INFINITY): string[] {
  return splitArguments(text, separator, most).map((part) => part.trim());
}

/** Both ways of `condition?one:other`, those that are there. */
export function branches(text: string): string[] {
  const [, ways] = split(text, '?', 2);
  return ways === undefined ? [] : split(ways, ':', 2).filter((way) => way !== '');
}

/** `name(arguments)`, or a name alone. */
export function callOf(text: string): { name: string; args: string } {
  const open = text.indexOf('(');
  if (open < 0) return { name: text.trim(), args: '' };
  const close = text.lastIndexOf(')');
  return { name: text.slice(0, open).trim(), args: text.slice(open + 1, close < open ? undefined : close) };
}
