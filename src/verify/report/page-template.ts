import { readdir, readFile } from 'node:fs/promises';
import Handlebars from 'handlebars';
import { MigrateError } from '../../error.ts';

/** The same depth from src/ and from dist/. */
const FOLDER = new URL('../../../templates/report/', import.meta.url);
/** A longer text says no more on a page; report.json holds it whole. */
const LONGEST_TEXT = 2_000;
/** What a page may not hold: control characters but tab and line feed, halves of characters, and what Unicode says is none. */
const NO_TEXT = /[^\P{Cc}\t\n]|[\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** A picture that the kit drew itself, as a data: address; it is longer than any text of a box. */
export class Picture {
  readonly address: string;

  constructor(svg: string) {
    this.address = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  }
}

interface BlockOptions {
  fn(context: unknown): string;
  inverse(context: unknown): string;
}

/** `each` and `if` of Handlebars take a name that nobody defined for false; these do not. */
const BLOCKS = {
  each: (list: unknown, options: BlockOptions): string => {
    if (!Array.isArray(list)) throw new TypeError(`each expects a list, got ${typeof list}`);
    return list.map((item) => options.fn(item)).join('');
  },
  if: function (this: unknown, statement: unknown, options: BlockOptions): string {
    if (typeof statement !== 'boolean') throw new TypeError(`if expects true or false, got ${typeof statement}`);
    return statement ? options.fn(this) : options.inverse(this);
  },
};

/**
 * Fills `name` of templates/report, whose files are each other's partials. Values are escaped for HTML, without exception; a name that the data
 * does not hold is an error.
 * @throws MigrateError E_TEMPLATE.
 */
export async function fill(name: string, data: object): Promise<string> {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('each', BLOCKS.each);
  handlebars.registerHelper('if', BLOCKS.if);
  const options = { strict: true, knownHelpersOnly: true, preventIndent: true } as const;
  for (const file of (await readdir(FOLDER)).filter((f) => f.endsWith('.hbs'))) {
    const text = await readFile(new URL(file, FOLDER), 'utf8');
    if (/\{\{~?[{&]/.test(text)) throw templateError(file, 'a triple stash prints what nobody escaped');
    handlebars.registerPartial(file.slice(0, -'.hbs'.length), handlebars.compile(text, options));
  }
  try {
    return handlebars.compile(`{{> ${name}}}`, options)(legible(data));
  } catch (cause) {
    throw templateError(`${name}.hbs`, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** The same data with texts that a page can hold: untrusted, so done for all of them in one place. */
export function legible(value: unknown): unknown {
  if (typeof value === 'string') return legibleText(value);
  if (Array.isArray(value)) return value.map(legible);
  if (typeof value !== 'object' || value === null || value instanceof Picture) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, legible(held)]));
}

function legibleText(text: string): string {
  const more = text.length - LONGEST_TEXT;
  const shown = more > 0 ? `${text.slice(0, LONGEST_TEXT)} … (${more} more characters in report.json)` : text;
  return shown.replaceAll(NO_TEXT, '\ufffd');
}

function templateError(file: string, why: string, cause?: unknown): MigrateError {
  return new MigrateError({ code: 'E_TEMPLATE', where: `templates/report/${file}`, why, hint: 'Correct the template or its data.', cause });
}
