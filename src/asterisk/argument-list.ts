/**
 * Parts of arguments at separators that stand outside of quotes, parentheses, brackets, `${...}` and `$[...]`, as __ast_app_separate_args() (main/app.c) finds them
 * once variables are filled in. Spaces are kept; joined again, the parts are the text.
 * @param most Parts at the most: the last one holds the rest.
 */
export function splitArguments(text: string, separators: string, most = Number.POSITIVE_INFINITY): string[] {
  if (!hasOneOf(text, separators)) return [text];
  const parts: string[] = [];
  let from = 0;
  for (const at of separatorsOutside(text, separators)) {
    if (parts.length >= most - 1) break;
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  return [...parts, text.slice(from)];
}

/** Pipes that separate become commas. @param most Separators at the most: what follows them is the last argument, pipes and all. */
export function pipesToCommas(text: string, most = Number.POSITIVE_INFINITY): string {
  return splitArguments(text, ',|', most + 1).join(',');
}

/** Whether a pipe separates arguments. */
export function hasPipe(text: string): boolean {
  return text.includes('|') && separatorsOutside(text, '|').length > 0;
}

function hasOneOf(text: string, characters: string): boolean {
  for (const c of characters) if (text.includes(c)) return true;
  return false;
}

function separatorsOutside(text: string, separators: string): number[] {
  const found: number[] = [];
  /** Closing brackets that are waited for, and of each whether it ends a substitution: quotes mean nothing within. */
  let waiting = '';
  let substitutions = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    const within = substitutions.endsWith('1');
    if (c === '$' && (text[i + 1] === '{' || text[i + 1] === '[')) {
      waiting += text[i + 1] === '{' ? '}' : ']';
      substitutions += '1';
      i++;
    } else if (waiting !== '' && waiting.endsWith(c)) {
      waiting = waiting.slice(0, -1);
      substitutions = substitutions.slice(0, -1);
    } else if (within) continue;
    else if (c === '\\') i++;
    else if (c === '"') quoted = !quoted;
    else if (!quoted && (c === '(' || c === '[')) {
      waiting += c === '(' ? ')' : ']';
      substitutions += '0';
    } else if (!quoted && waiting === '' && separators.includes(c)) found.push(i);
  }
  return found;
}

/** `name(inner)rest`, or a name alone: null inner. The parenthesis that closes is the one that belongs to the first. */
export function splitCall(text: string): { name: string; inner: string | null; rest: string } {
  const open = text.indexOf('(');
  if (open < 0) return { name: text, inner: null, rest: '' };
  const close = closingAt(text, open);
  const end = close < 0 ? text.length : close;
  return { name: text.slice(0, open), inner: text.slice(open + 1, end), rest: text.slice(end + 1) };
}

/** Place of the parenthesis that closes the one at `open`; -1: none. */
export function closingAt(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return i;
  }
  return -1;
}
