/** What is known of a call while hand-made dialplan runs: variables by name; what is not there is not known, '' is empty. */
export interface Known {
  /** null: nobody can tell. */
  readonly variable: (name: string) => string | null;
  /** `NAME(arguments)`, the arguments filled in already. */
  readonly read: (name: string, args: string) => string | null;
}

/** A text with its variables, functions and expressions filled in; null: it holds one that nobody can tell. */
export function filledIn(text: string, known: Known): string | null {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const opens = text[i] === '$' && (text[i + 1] === '{' || text[i + 1] === '[');
    if (!opens) {
      out += text[i];
      continue;
    }
    const end = closing(text, i + 1);
    if (end < 0) return null;
    const inner = filledIn(text.slice(i + 2, end), known);
    const value = inner === null ? null : text[i + 1] === '{' ? variableOf(inner, known) : expressionOf(inner);
    if (value === null) return null;
    out += value;
    i = end;
  }
  return out;
}

function closing(text: string, from: number): number {
  const [open, close] = text[from] === '{' ? ['{', '}'] : ['[', ']'];
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if (text[i] === open) depth++;
    else if (text[i] === close && --depth === 0) return i;
  }
  return -1;
}

/** `NAME`, `NAME:1:2`, `NAME(args)`, `NAME(args):1`. */
function variableOf(text: string, known: Known): string | null {
  const [, name = '', args, , from, length] = /^(\w+)(?:\((.*)\))?(:(-?\d+)?(?::(-?\d+))?)?$/s.exec(text) ?? [];
  if (name === '') return null;
  const value = args === undefined ? known.variable(name) : known.read(name, args);
  if (value === null || from === undefined) return value;
  const begin = Number(from) < 0 ? Math.max(0, value.length + Number(from)) : Number(from);
  if (length === undefined) return value.slice(begin);
  return Number(length) < 0 ? value.slice(begin, Number(length)) : value.slice(begin, begin + Number(length));
}

/** What stands in `$[...]`: comparisons, `&`, `|`, `+` and `-` of two sides; null: anything else. As ast_expr2: 1 or 0, text against text unless both are numbers. */
function expressionOf(text: string): string | null {
  const or = sides(text, /\|/g);
  if (or.length > 1) return truth(or, (values) => values.some(isTrue));
  const and = sides(text, /&/g);
  if (and.length > 1) return truth(and, (values) => values.every(isTrue));
  const bare = text.trim();
  if (/^\(.*\)$/.test(bare) && sides(bare, /\)/g).length === 1) return expressionOf(bare.slice(1, -1));
  const compared = /^\s*("(?:[^"]*)"|[^\s"=<>!&|]*)\s*(==|=|!=|<=|>=|<|>)\s*("(?:[^"]*)"|[^\s"=<>!&|]*)\s*$/.exec(text);
  if (compared !== null) return compare(unquoted(compared[1]), compared[2] ?? '', unquoted(compared[3]));
  const sum = /^\s*(-?\d+)\s*([+-])\s*(-?\d+)\s*$/.exec(text);
  if (sum !== null) return String(sum[2] === '+' ? Number(sum[1]) + Number(sum[3]) : Number(sum[1]) - Number(sum[3]));
  return /^(?:"[^"]*"|[\w.*#+-]*)$/.test(bare) ? unquoted(bare) : null;
}

/** Parts at an operator that stands outside of quotes and parentheses. */
function sides(text: string, operator: RegExp): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { index } of text.matchAll(operator)) {
    const before = text.slice(0, index);
    const quoted = (before.match(/"/g) ?? []).length % 2 === 1;
    const depth = (before.match(/\(/g) ?? []).length - (before.match(/\)/g) ?? []).length;
    if (quoted || depth > 0) continue;
    parts.push(text.slice(from, index));
    from = index + 1;
  }
  return [...parts, text.slice(from)];
}

function truth(parts: readonly string[], decide: (values: readonly string[]) => boolean): string | null {
  const values = parts.map(expressionOf);
  return values.includes(null) ? null : decide(values as string[]) ? '1' : '0';
}

export function isTrue(value: string): boolean {
  return value.trim() !== '' && value.trim() !== '0';
}

function unquoted(text: string | undefined): string {
  return (text ?? '').replace(/^"(.*)"$/s, '$1');
}

function compare(a: string, operator: string, b: string): string | null {
  // 22 finds a side that is empty and not quoted no expression, and takes it for empty
  const numbers = /^-?\d+(\.\d+)?$/.test(a) && /^-?\d+(\.\d+)?$/.test(b);
  const order = numbers ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0;
  const holds = {
    '=': order === 0,
    '==': order === 0,
    '!=': order !== 0,
    '<': order < 0,
    '>': order > 0,
    '<=': order <= 0,
    '>=': order >= 0,
  }[operator];
  return holds === undefined ? null : holds ? '1' : '0';
}
