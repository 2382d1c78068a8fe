import { strip } from './conf.ts';

/** How the arguments are written. Asterisk 22 knows parentheses only: with the others the whole text is the name of an application that does not exist. */
export type ArgumentForm = 'none' | 'parentheses' | 'comma' | 'pipe';

/** `exten = EXT[/CID],PRIORITY[+N][(LABEL)],APPLICATION[(ARGUMENTS)]`; of a `same` line extension and callerId are null. */
export interface ExtensionLine {
  /** All in front of the application, as written: `101,n(label),`. */
  readonly head: string;
  /** With its `_` where it is a pattern. */
  readonly extension: string | null;
  readonly callerId: string | null;
  readonly priority: Priority;
  /** Added to the priority: `n+100`. */
  readonly plus: number;
  readonly label: string | null;
  /** Empty where the line ends after the priority. For a hint: the devices. */
  readonly application: string;
  /** All between the first `(` and the last `)`, untouched. */
  readonly arguments: string;
  readonly form: ArgumentForm;
  /** What Asterisk warns of or reads in a way that was not meant. */
  readonly problems: readonly string[];
}

export type Priority =
  | { readonly is: 'number'; readonly number: number }
  | { readonly is: 'hint' | 'next' | 'same' }
  | { readonly is: 'label'; readonly label: string };

/**
 * The value of one `exten` or `same` entry (comments gone: from `parseConf`), by the rules of pbx_load_config() (pbx/pbx_config.c, branch 22). Comma and pipe forms of
 * 1.2 are taken apart as well.
 */
export function parseExtensionLine(value: string, keyword: 'exten' | 'same'): ExtensionLine {
  const problems: string[] = [];
  const [ext, rest] = keyword === 'exten' ? splitExtension(value) : [null, value];
  const comma = rest.indexOf(',');
  const [priorityText, call] = comma < 0 ? [rest, ''] : [rest.slice(0, comma), rest.slice(comma + 1)];
  const slash = ext === null ? -1 : ext.indexOf('/');
  const priority = readPriority(strip(priorityText), problems);
  return {
    head: value.slice(0, value.length - call.length),
    extension: ext === null || slash < 0 ? ext : ext.slice(0, slash),
    // ast_shrink_phone_number(): blanks, dots, dashes and parentheses are looks only
    callerId: ext === null || slash < 0 ? null : ext.slice(slash + 1).replace(/[ ().-]/g, ''),
    ...priority,
    ...readApplication(call, priority.priority.is === 'hint' ? [] : problems),
    problems,
  };
}

/** Up to the first comma outside a character class; a backslash takes the next character along. */
function splitExtension(value: string): [string, string] {
  let square = 0;
  for (let i = 0; i < value.length; i++) {
    const c = value[i];
    if (c === '[') square++;
    else if (c === ']') square = Math.max(0, square - 1);
    else if (c === '\\') i++;
    else if (c === ',' && square === 0) return [value.slice(0, i), value.slice(i + 1)];
  }
  return [value, ''];
}

function readPriority(text: string, problems: string[]): { priority: Priority; plus: number; label: string | null } {
  let rest = text;
  let label: string | null = null;
  const open = rest.indexOf('(');
  if (open >= 0) {
    const close = rest.indexOf(')', open);
    if (close < 0) {
      problems.push("the label has no closing ')'");
      // no label has that name: Asterisk drops the line
      return { priority: { is: 'label', label: rest.slice(open) }, plus: 0, label: null };
    }
    label = rest.slice(open + 1, close);
    rest = rest.slice(0, open);
  }
  const plusAt = rest.indexOf('+');
  const plus = plusAt < 0 ? 0 : Number.parseInt(rest.slice(plusAt + 1), 10) || 0;
  if (plusAt >= 0) rest = rest.slice(0, plusAt);
  return { priority: priorityOf(rest), plus, label };
}

function priorityOf(text: string): Priority {
  if (text === 'hint') return { is: 'hint' };
  if (text === 'n' || text === 'next') return { is: 'next' };
  if (text === 's' || text === 'same') return { is: 'same' };
  const number = /^\s*([+-]?\d+)/.exec(text)?.[1]; // as sscanf("%d"): what follows the digits is ignored
  return number === undefined ? { is: 'label', label: text } : { is: 'number', number: Number(number) };
}

function readApplication(call: string, problems: string[]): { application: string; arguments: string; form: ArgumentForm } {
  const text = skipBlanks(call);
  const open = text.indexOf('(');
  const separator = /[,|]/.exec(text)?.index ?? -1;
  // A hint with a variable in it: `100,hint,DAHDI/g0/${GLOBAL(var)}`.
  if (/\$[{[]/.test(open < 0 ? text : text.slice(0, open))) return { application: text, arguments: '', form: 'none' };
  if (separator >= 0 && (open < 0 || separator < open)) return oldCall(text, separator, problems);
  if (open < 0) return { application: text, arguments: '', form: 'none' };
  const close = text.lastIndexOf(')');
  const application = text.slice(0, open);
  if (close < open) {
    problems.push("the arguments have no closing ')': Asterisk takes them up to the end of the line");
    return { application, arguments: text.slice(open + 1), form: 'parentheses' };
  }
  const after = strip(text.slice(close + 1));
  if (after !== '') problems.push(`text after the closing parenthesis is ignored: ${after}`);
  return { application, arguments: text.slice(open + 1, close), form: 'parentheses' };
}

/** `App,args` and `App|args`. A line like `,App(x)` has lost its priority or doubled a comma: the name is empty. */
function oldCall(text: string, separator: number, problems: string[]): { application: string; arguments: string; form: ArgumentForm } {
  const form = text[separator] === ',' ? 'comma' : 'pipe';
  problems.push(`arguments after a ${form}: Asterisk 22 has no application of that name and ends the call`);
  return { application: strip(text.slice(0, separator)), arguments: text.slice(separator + 1), form };
}

function skipBlanks(text: string): string {
  let i = 0;
  while (i < text.length && text.charCodeAt(i) < 33) i++;
  return text.slice(i);
}
