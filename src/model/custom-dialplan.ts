import { z } from 'zod';
import { off, optionalText, or, text } from './field.ts';
import { soundFile } from './sound-file.ts';

const at = z.string();

/** `exten => 5555,n(go),Dial(SIP/101|20)`: a priority of an extension, or its hint. A `same` line names the extension it belongs to. */
const step = z.strictObject({
  at,
  /** With its `_` where it is a pattern. */
  extension: z.string(),
  /** The caller whose calls it is for: `100/2025551212`. */
  callerId: optionalText,
  /** As written: `1`, `n`, `n+101`, `hint`. */
  priority: z.string(),
  label: text,
  /** Of a hint: its devices. */
  application: z.string(),
  arguments: text,
});

const include = z.strictObject({
  at,
  include: z.string(),
  /** `9:00-17:00,mon-fri,*,*` */
  timing: optionalText,
});

/** A global variable: a line of `[globals]`. */
const variable = z.strictObject({ at, variable: z.string(), value: text });

/** Any other line, as it was written: `switch`, `ignorepat`, and what Asterisk does not understand. */
const other = z.strictObject({ at, text: z.string() });

/** A line as the old box had it, and where it stood: 'extensions_custom.conf:12'. `%secret1%` in it stands for the secret `custom-dialplan/<context>/1`. */
const line = z.union([step, include, variable, other]);

/** A place in it that the old web pages gave a name: a custom destination, or a number kept for it. */
const named = z.strictObject({ extension: z.string(), priority: or(z.string(), '1'), description: text, notes: text });

/** The site's own global variables: Asterisk gives this name no context. */
export const GLOBALS = 'globals';

/**
 * A context that the site wrote by hand, in the language of the old box (Asterisk 1.4 to 11): render translates it. Lines come in the order in which the old box read
 * them: of two with one priority the first one counts.
 */
export const customDialplan = z.strictObject({
  /** Contexts of the PBX in which its extensions are looked up too, before what those include themselves. */
  joins: or(z.array(z.string()), []),
  /** Its lines come before those that the PBX has under the same name, and so in their place. */
  overrides: off,
  /** Entered by Gosub at this point of a call; null: at none. */
  runs: or(z.enum(['at-hangup', 'before-trunk', 'before-telephone', 'before-group', 'before-hunt']), null),
  names: or(z.array(named), []),
  /** Keys of AstDB that are the site's own, `shortcut/101`, which its lines ask for. */
  astdb: or(z.record(z.string(), z.string()), {}),
  /** Sounds of the house's own that its lines play; no format: the file is missing. */
  sounds: or(z.array(soundFile), []),
  lines: z.array(line),
});

export type CustomDialplan = z.output<typeof customDialplan>;
export type CustomLine = CustomDialplan['lines'][number];
export type CustomStep = Extract<CustomLine, { application: string }>;

export function isStep(l: CustomLine): l is CustomStep {
  return 'application' in l;
}

/** What a secret of a line is replaced by; the number is its own within the context. */
export function secretMark(number: number): string {
  return `%secret${number}%`;
}

/** Where the secret lies in secrets.yaml. */
export function secretPath(context: string, number: number): string {
  return `custom-dialplan/${context}/${number}`;
}

/** A text of a line with its secrets in place. A mark without a secret stays. */
export function withSecrets(line: string, context: string, secrets: Readonly<Record<string, string>>): string {
  return withMarks(line, (number) => secrets[secretPath(context, number)]);
}

/** A text with what stands for each mark in its place. */
export function withMarks(text: string, secretOf: (number: number) => string | undefined): string {
  return text.replace(/%secret(\d+)%/g, (mark, number: string) => secretOf(Number(number)) ?? mark);
}
