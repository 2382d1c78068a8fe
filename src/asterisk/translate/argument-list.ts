/**
 * Parts of arguments at separators that stand outside of quotes, parentheses, brackets, `${...}` and `$[...]`, as __ast_app_separate_args() (main/app.c) finds them
 * once variables are filled in. Spaces are kept; joined again, the parts are the text.
 * @param most Parts at the most: the last one holds the rest.
 */
export function splitArguments(text: string, separators: string, most = Number.POSITIVE_INFINITY): string[] {
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
  return separatorsOutside(text, '|').length > 0;
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']' };

function separatorsOutside(text: string, separators: string): number[] {
  const found: number[] = [];
  /** Closing brackets that are waited for; those of a substitution in upper place: quotes mean nothing within. */
  const open: { close: string; substitution: boolean }[] = [];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    const top = open.at(-1);
    const substitution = c === '$' && (text[i + 1] === '{' || text[i + 1] === '[');
    if (substitution) {
      open.push({ close: text[i + 1] === '{' ? '}' : ']', substitution: true });
      i++;
    } else if (c === top?.close) open.pop();
    else if (top?.substitution) continue;
    else if (c === '\\') i++;
    else if (c === '"') quoted = !quoted;
    else if (!quoted && CLOSING[c] !== undefined) open.push({ close: CLOSING[c], substitution: false });
    else if (!quoted && open.length === 0 && separators.includes(c)) found.push(i);
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
