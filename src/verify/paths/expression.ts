import { NotJudged } from './not-judged.ts';

/** A value is a number, a text that reads as one, or a text; quotes belong to a text, and are compared with it. */
type Value = number | string;

type Token = { readonly is: 'value'; readonly text: string } | { readonly is: 'sign'; readonly text: string };

const TOKEN =
  /\s*(?:("[^"]*")|([0-9]+(?:\.[0-9]+)?(?![a-zA-Z0-9.';\\_^#@\u0080-\uffff]))|((?:[a-zA-Z0-9.';\\_^#@\u0080-\uffff]|\$(?!\{))+)|(\|\||&&|==|=~|~~|>=|<=|!=|::|[|&=><+\-*/%?!:(),]))/y;

/** Binary operators, the weakest first; `?` is apart. */
const LEVELS: readonly (readonly string[])[] = [
  ['|', '||'],
  ['&', '&&'],
  ['=', '==', '>', '<', '>=', '<=', '!='],
  ['+', '-', '~~'],
  ['*', '/', '%'],
];

/**
 * What `$[...]` is, once its variables are filled in. Source: main/ast_expr2.y and ast_expr2.fl of Asterisk 22.
 * @throws NotJudged where it is no expression, or holds a function.
 */
export function evaluate(text: string): string {
  if (text.trim() === '') return '0';
  const reader = new Reader(tokensOf(text));
  const value = reader.whole();
  return typeof value === 'number' ? String(value) : value;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const found = TOKEN.exec(text);
    if (found === null) throw new NotJudged(`no expression: ${text}`);
    const [, quoted, number, word, sign] = found;
    tokens.push(sign === undefined ? { is: 'value', text: quoted ?? number ?? word ?? '' } : { is: 'sign', text: sign });
  }
  return tokens;
}

class Reader {
  private at = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): Value {
    const value = this.choice();
    if (this.at < this.tokens.length) throw new NotJudged('more than an expression');
    return value;
  }

  private choice(): Value {
    const condition = this.binary(0);
    if (!this.takes('?')) return condition;
    const yes = this.choice();
    if (!this.takes('::')) throw new NotJudged('a choice without ::');
    const no = this.choice();
    return isNothing(condition) ? no : yes;
  }

  private binary(level: number): Value {
    const signs = LEVELS[level];
    if (signs === undefined) return this.unary();
    let left = this.binary(level + 1);
    for (let sign = this.sign(signs); sign !== null; sign = this.sign(signs)) left = operate(sign, left, this.binary(level + 1));
    return left;
  }

  private unary(): Value {
    if (this.takes('!')) return isNothing(this.unary()) ? 1 : 0;
    if (this.takes('-')) return -(numberOf(this.unary()) ?? 0);
    let left = this.single();
    for (let sign = this.sign([':', '=~']); sign !== null; sign = this.sign([':', '=~'])) left = matched(sign, left, this.single());
    return left;
  }

  private single(): Value {
    if (this.takes('(')) {
      const inner = this.choice();
      if (!this.takes(')')) throw new NotJudged('a parenthesis is open');
      return inner;
    }
    const token = this.tokens[this.at++];
    // two operands side by side are an error, and so is none
    if (token?.is !== 'value') throw new NotJudged('an operand is missing');
    return token.text;
  }

  private takes(sign: string): boolean {
    const token = this.tokens[this.at];
    if (token?.is !== 'sign' || token.text !== sign) return false;
    this.at++;
    return true;
  }

  private sign(signs: readonly string[]): string | null {
    return signs.find((s) => this.takes(s)) ?? null;
  }
}

function operate(sign: string, a: Value, b: Value): Value {
  switch (sign) {
    case '|':
    case '||':
      return isNothing(a) ? b : a;
    case '&':
    case '&&':
      return isNothing(a) || isNothing(b) ? 0 : a;
    case '~~':
      return `${unquoted(a)}${unquoted(b)}`;
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return calculate(sign, numberOf(a), numberOf(b));
    default:
      return compare(sign, a, b) ? 1 : 0;
  }
}

/** What is no number counts as 0, with a warning. */
function calculate(sign: string, a: number | null, b: number | null): number {
  if (a === null || b === null) return 0;
  if (sign === '+') return a + b;
  if (sign === '-') return a - b;
  if (sign === '*') return a * b;
  return b === 0 ? 0 : sign === '/' ? a / b : a % b;
}

function compare(sign: string, a: Value, b: Value): boolean {
  const [x, y] = [numberOf(a), numberOf(b)];
  const order = x !== null && y !== null ? x - y : String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
  switch (sign) {
    case '=':
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    default:
      return sign === '>=' ? order >= 0 : order <= 0;
  }
}

function matched(sign: string, text: Value, expression: Value): Value {
  const found = regularExpression(`${sign === ':' ? '^' : ''}${unquoted(expression)}`).exec(unquoted(text));
  return found === null ? (/\(/.test(String(expression)) ? '' : 0) : (found[1] ?? found[0].length);
}

/** @throws NotJudged where JavaScript cannot read it. */
export function regularExpression(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw new NotJudged(`regular expression ${text}`);
  }
}

function isNothing(value: Value): boolean {
  return value === '' || value === '""' || numberOf(value) === 0;
}

function numberOf(value: Value): number | null {
  if (typeof value === 'number') return value;
  return /^[0-9]+(\.[0-9]+)?$/.test(value) ? Number(value) : null;
}

function unquoted(value: Value): string {
  return String(value).replace(/^"(.*)"$/, '$1');
}
