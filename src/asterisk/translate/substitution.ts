/** Rewrites what stands inside of `${...}` and `$[...]`; both give all that stands in its place, `${` and `}` included. */
export interface Rewriting {
  variable(inner: string): string;
  expression(inner: string): string;
}

/** Asterisk itself gives up at 15 (main/pbx_variables.c would recurse): what is deeper is left as it is. */
const DEEPEST = 100;

/** The text with each substitution rewritten, innermost first. One that is never closed is left as it is. */
export function rewriteSubstitutions(text: string, rewriting: Rewriting): string {
  return readUntil(text, 0, null, rewriting, 0).text;
}

/** Up to the closing bracket, which is left out; `closed` tells whether it was there. Only brackets of the same kind are counted, as Asterisk does. */
function readUntil(
  text: string,
  from: number,
  close: '}' | ']' | null,
  rewriting: Rewriting,
  depth: number,
): { text: string; next: number; closed: boolean } {
  const open = close === '}' ? '{' : '[';
  let out = '';
  let nested = 0;
  let i = from;
  while (i < text.length) {
    const c = text[i] as string;
    const after = text[i + 1];
    if (c === '$' && (after === '{' || after === '[') && depth < DEEPEST) {
      const inner = readUntil(text, i + 2, after === '{' ? '}' : ']', rewriting, depth + 1);
      out += inner.closed ? rewritten(after, inner.text, rewriting) : text.slice(i, inner.next);
      i = inner.next;
      continue;
    }
    if (close !== null && c === close && nested === 0) return { text: out, next: i + 1, closed: true };
    if (close !== null && c === open) nested++;
    else if (close !== null && c === close) nested--;
    out += c;
    i++;
  }
  return { text: out, next: i, closed: close === null };
}

function rewritten(open: '{' | '[', inner: string, rewriting: Rewriting): string {
  return open === '{' ? rewriting.variable(inner) : rewriting.expression(inner);
}
