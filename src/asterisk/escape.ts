import { MigrateError } from '../error.ts';

// How Asterisk 22 reads text back: main/config.c (config_text_file_load, process_text_line), pbx/pbx_config.c (pbx_load_config),
// main/pbx_variables.c (pbx_substitute_variables_helper_full_location), main/app.c (__ast_app_separate_args). test/asterisk/escape.lab.test.ts
// proves it against the real program.

/** A line of a .conf file is read into char[8192]; a longer one is skipped with a warning. Room is left for the key and its application. */
const LONGEST_VALUE_BYTES = 7900;
/** struct ast_category { char name[80] }: a longer name is cut without a word. */
const LONGEST_SECTION_BYTES = 79;
/** ast_strip() takes every byte below 33 off both ends. */
const STRIPPED = '\u0000-\u0020';

/**
 * A value of any .conf file, so that Asterisk reads back exactly this text. The template must put a space after the `=` (`key = {{conf x}}`: without
 * it a leading `>` makes `=>`) and a space before a comment that follows. One level only: what a module then does with the value (voicemail.conf
 * splits at commas, pjsip set_var decodes `\n`) is not undone here.
 * @throws MigrateError E_UNREPRESENTABLE: a line break or NUL, white space at either end, a lone surrogate, more than 7900 bytes.
 */
export function escapeConf(value: string): string {
  refuseUnwritable(value);
  if (new RegExp(`^[${STRIPPED}]|[${STRIPPED}]$`).test(value)) refuse(value, 'Asterisk strips white space from both ends of a value');
  return maskComments(value);
}

/**
 * The name between the brackets of `[name]`. Inner spaces and those at the ends belong to the name.
 * @throws MigrateError E_UNREPRESENTABLE: empty, a `]`, more than 79 bytes, and what no line can hold.
 */
export function escapeSection(name: string): string {
  refuseUnwritable(name);
  if (name === '') refuse(name, 'a section needs a name');
  if (name.includes(']')) refuse(name, "a section's name ends at the first ']'");
  if (Buffer.byteLength(name) > LONGEST_SECTION_BYTES) refuse(name, `Asterisk cuts a section's name at ${LONGEST_SECTION_BYTES} bytes`);
  return maskComments(name);
}

/**
 * Literal text that means the same wherever it stands in a dialplan line: value of Set, argument of an application, argument of Gosub. Use it for
 * names, numbers and identifiers; free text goes through a Set with `escapeDialplanValue`.
 * @throws MigrateError E_UNREPRESENTABLE on what the three places read differently: `,` `"` `\`, brackets and parentheses that do not pair, and what no
 * line can hold.
 */
export function escapeDialplan(value: string): string {
  if (/[,"\\]/.test(value))
    refuse(value, 'a comma, a quote or a backslash means different things in Set, in Gosub and in other applications', SAY_WHERE);
  return escapeGosubArgument(value);
}

/**
 * Literal text for an application that takes all that stands between its parentheses as it is: `Set(X=<here>)`, NoOp, Verbose, System, Log. Commas, quotes,
 * backslashes, parentheses and outer spaces stay as they are; only `${`, `$[` and `;` need help. Not for use inside `$[...]` or `${...}`.
 * @throws MigrateError E_UNREPRESENTABLE: a line break or NUL, a lone surrogate, more than 7900 bytes.
 */
export function escapeDialplanValue(value: string): string {
  refuseUnwritable(value);
  return maskComments(maskSubstitution(value));
}

/**
 * Literal text as one of several arguments of an application that separates them with AST_STANDARD_APP_ARGS, which drops quotes and backslashes:
 * Dial, Queue, VoiceMail, Playback, UserEvent, Page, Read, ConfBridge. Every text without a line break can be said. Not inside the parentheses of an option
 * (`U(x^here)`), which are parsed once more, and not in Goto, which knows no escape.
 * @throws MigrateError E_UNREPRESENTABLE as `escapeDialplanValue`.
 */
export function escapeDialplanArgument(value: string): string {
  refuseUnwritable(value);
  const quoted = value.replace(/[\\",()[\]]/g, (c) => `\\${c}`);
  return maskComments(maskSubstitution(quoted));
}

/**
 * Literal text as one argument of Gosub or GosubIf (`Gosub(a,s,1(<here>))`). They separate with AST_STANDARD_RAW_ARGS: quotes and backslashes protect a comma but
 * stay in the text, so that there is no escape.
 * @throws MigrateError E_UNREPRESENTABLE: a comma outside quotes and brackets, an unclosed quote or bracket, a backslash before a comma or at the end, and what
 * no line can hold.
 */
export function escapeGosubArgument(value: string): string {
  refuseUnwritable(value);
  const trouble = splitsAsRawArgument(value);
  if (trouble !== null) refuse(value, `as an argument of Gosub, ${trouble}`, SAY_WHERE);
  return maskComments(maskSubstitution(value));
}

/**
 * One of several arguments, parted by commas, in a value of a .conf file that a module takes apart like those of an application (`member = Local/1@x,0,<here>`).
 * @throws MigrateError E_UNREPRESENTABLE as `escapeConf`.
 */
export function escapeConfArgument(value: string): string {
  return escapeConf(value.trim().replace(/[\\",()[\]]/g, (c) => `\\${c}`));
}

/**
 * A value of `[globals]` in extensions.conf: a value of a .conf file whose `${` and `$[` Asterisk resolves while loading.
 * @throws MigrateError E_UNREPRESENTABLE as `escapeConf`.
 */
export function escapeGlobal(value: string): string {
  return escapeConf(maskSubstitution(value));
}

/**
 * Text for a comment, after `; ` on one line. Never throws: line breaks and control characters become spaces, and nothing in it opens a block comment (`;--`), not
 * even where a later hand takes the space away.
 */
export function escapeComment(text: string): string {
  const line = text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/\p{Surrogate}/gu, '?')
    .trimEnd();
  return line
    .replace(/^--/, ' --')
    .replace(/;--/g, '; --')
    .slice(0, LONGEST_VALUE_BYTES / 4);
}

const SAY_WHERE = 'Put the text into a variable with Set first and name the variable here, or use the escape of this place.';

/** One backslash is taken off in front of a `;`, and only there, wherever the line is. */
function maskComments(value: string): string {
  const masked = value.replaceAll(';', '\\;');
  if (Buffer.byteLength(masked) > LONGEST_VALUE_BYTES)
    refuse(value, `a line of a .conf file may hold ${LONGEST_VALUE_BYTES} bytes of value`);
  return masked;
}

/** A variable without a name is empty: it parts the `$` from the bracket and is gone after the one substitution. */
function maskSubstitution(value: string): string {
  return value.replace(/\$(?=[{[])/g, () => '$${}');
}

function splitsAsRawArgument(value: string): string | null {
  const open = { '(': 0, '[': 0 };
  let quoted = false;
  for (let i = 0; i < value.length; i++) {
    const c = value[i];
    if (c === '\\' && (i + 1 === value.length || value[i + 1] === ',')) return 'a backslash joins it to the next argument';
    if (c === '\\') i++;
    else if (c === '"') quoted = !quoted;
    else if (c === '(' || c === '[') open[c]++;
    else if (c === ')') open['('] = Math.max(0, open['('] - 1);
    else if (c === ']') open['['] = Math.max(0, open['['] - 1);
    else if (c === ',' && !quoted && open['('] === 0 && open['['] === 0) return 'a comma starts the next argument';
  }
  if (quoted || open['('] > 0 || open['['] > 0) return 'an unclosed quote or bracket swallows the next argument';
  return null;
}

function refuseUnwritable(value: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL ends a line in C
  if (/[\r\n\u0000]/.test(value)) refuse(value, 'a line break or NUL would end the line');
  if (/\p{Surrogate}/u.test(value)) refuse(value, 'a lone surrogate has no UTF-8');
}

/** The text itself is not repeated: it may be a password. */
function refuse(value: string, why: string, hint = 'Change the text in the model.'): never {
  throw new MigrateError({
    code: 'E_UNREPRESENTABLE',
    why: `a text of ${value.length} characters cannot be written so that Asterisk reads it back: ${why}`,
    hint,
  });
}
