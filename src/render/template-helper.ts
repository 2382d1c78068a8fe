import {
  escapeComment,
  escapeConf,
  escapeConfArgument,
  escapeDialplan,
  escapeDialplanArgument,
  escapeDialplanValue,
  escapeSection,
} from '../asterisk/escape.ts';
import { isPlace, type Place } from './place.ts';

/** What the extension field of a dialplan line may hold: digits and letters, Asterisk's pattern signs, and '/caller'. */
const EXTENSION = /^_?[0-9A-Za-z+*#.!\u005b\u005d_-]+(\/_?[0-9A-Za-z+*#.!\u005b\u005d-]*)?$/;

/** Every way in which a value may enter a template. Each throws on what is missing or of another type. */
export const valueHelpers = {
  /** A value of a .conf file. */
  conf: (value: unknown): string => escapeConf(text(value)),
  /** One argument in a value of a .conf file that holds several: a member of queues.conf. */
  confArgument: (value: unknown): string => escapeConfArgument(text(value)),
  /** The name between [ and ]. */
  section: (value: unknown): string => escapeSection(text(value)),
  /** A word of the dialplan that means the same wherever it stands: a number, a name of ours. */
  dialplan: (value: unknown): string => escapeDialplan(text(value)),
  /** All that an application such as Set or Return takes: any text. */
  value: (value: unknown): string => escapeDialplanValue(text(value)),
  /** One argument of Dial, VoiceMail, Playback: any text. */
  argument: (value: unknown): string => escapeDialplanArgument(text(value)),
  /** The extension of a line, with '_' where it is a pattern, and '/caller' where it is for one caller. */
  exten: (value: unknown): string => {
    const name = text(value);
    if (!EXTENSION.test(name)) throw new TypeError('not an extension that a dialplan line can hold');
    return name;
  },
  comment: (value: unknown): string => escapeComment(text(value)),
  /** A whole line of dialplan that the view has made. */
  line: (value: unknown): string => {
    if (/[\r\n\0]/.test(text(value))) throw new TypeError('not one line');
    return text(value);
  },
  number: (value: unknown): string => {
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError(`expected a number, got ${typeName(value)}`);
    return String(value);
  },
  /** `Goto(context,extension,priority)` without the application's name. */
  place: (value: unknown): string => placeText(value),
  goto: (value: unknown): string => `Goto(${placeText(value)})`,
  /** The dialled number without its first `cut` digits, 0 for all of it. (Handlebars takes the three braces of `${EXTEN:{{number cut}}}` for its own.) */
  dialled: (cut: unknown): string => {
    if (typeof cut !== 'number' || cut < 0) throw new TypeError(`expected how many digits to take off, got ${typeName(cut)}`);
    return cut === 0 ? '${EXTEN}' : `\${EXTEN:${cut}}`;
  },
  /** What a variable of the dialplan holds: `${NAME}`. (Three braces again.) */
  variable: (name: unknown): string => {
    if (!/^\w[\w-]*$/.test(text(name))) throw new TypeError('not the name of a variable');
    return `\${${text(name)}}`;
  },
  /** A list of .conf values: `allow = !all,{{join codecs ","}}`. */
  join: (list: unknown, separator: unknown): string => {
    if (!Array.isArray(list)) throw new TypeError(`expected a list, got ${typeName(list)}`);
    return list.map((item) => escapeConf(text(item))).join(text(separator));
  },
} as const;

interface BlockOptions {
  fn(context: unknown): string;
  inverse(context: unknown): string;
}

/** `each` and `if` of Handlebars take a name that nobody defined for false; these do not. */
export const blockHelpers = {
  each: (list: unknown, options: BlockOptions): string => {
    if (!Array.isArray(list)) throw new TypeError(`each expects a list, got ${typeName(list)}`);
    return list.length === 0 ? options.inverse({}) : list.map((item) => options.fn(item)).join('');
  },
  if: function (this: unknown, condition: unknown, options: BlockOptions): string {
    if (condition === undefined) throw new TypeError('if asks for a name that the view does not give');
    const holds = Array.isArray(condition) ? condition.length > 0 : Boolean(condition);
    return holds ? options.fn(this) : options.inverse(this);
  },
} as const;

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`expected text, got ${typeName(value)}`);
  return value;
}

function placeText(value: unknown): string {
  if (!isPlace(value)) throw new TypeError(`expected a place in the dialplan, got ${typeName(value)}`);
  const place: Place = value;
  return [place.context, place.extension, place.priority].map((part) => escapeDialplan(part)).join(',');
}

function typeName(value: unknown): string {
  return value === undefined ? 'nothing (undefined)' : value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value;
}
