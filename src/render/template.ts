import Handlebars from 'handlebars';
import { MigrateError } from '../error.ts';
import { checkTemplate } from './template-check.ts';
import { blockHelpers, valueHelpers } from './template-helper.ts';

/** Data of a view in, the file's text out. */
export type Template = (data: object) => string;

/**
 * Compiles the text of a template of `templates/etc`.
 * @param file Shown in errors, and found in them as file:line.
 * @throws MigrateError E_TEMPLATE where it holds anything but text, each, if, and values through a helper; the template then throws the same on a value that
 * is missing or of the wrong type.
 */
export function compileTemplate(text: string, file: string): Template {
  const names = Object.keys(valueHelpers);
  checkTemplate(parse(text, file), file, names);
  const handlebars = Handlebars.create();
  for (const [name, helper] of Object.entries(valueHelpers)) handlebars.registerHelper(name, told(file, name, helper));
  for (const [name, helper] of Object.entries(blockHelpers)) handlebars.registerHelper(name, told(file, `#${name}`, helper));
  const known = Object.fromEntries(names.map((name) => [name, true]));
  const compiled = handlebars.compile(text, { noEscape: true, knownHelpersOnly: true, knownHelpers: known });
  return (data) => {
    try {
      return compiled(data);
    } catch (cause) {
      if (cause instanceof MigrateError) throw cause;
      throw new MigrateError({
        code: 'E_TEMPLATE',
        where: file,
        why: cause instanceof Error ? cause.message : String(cause),
        hint: 'Correct the template or its view.',
        cause,
      });
    }
  };
}

function parse(text: string, file: string): unknown {
  try {
    return Handlebars.parse(text);
  } catch (cause) {
    const line = /line (\d+)/.exec(String(cause))?.[1] ?? '1';
    throw new MigrateError({
      code: 'E_TEMPLATE',
      where: `${file}:${line}`,
      why: 'this is no Handlebars',
      hint: 'Correct the template.',
      cause,
    });
  }
}

/** A helper whose errors say where: Handlebars gives a helper its place as `options.loc`. */
function told(
  file: string,
  name: string,
  helper: (this: never, ...parameters: never[]) => string,
): (this: unknown, ...parameters: unknown[]) => string {
  return function (this: unknown, ...parameters: unknown[]): string {
    try {
      return helper.apply(this as never, parameters as never[]);
    } catch (cause) {
      const known = cause instanceof MigrateError ? cause : null;
      if (known?.where != null) throw known; // a helper within this block said it already
      const { loc } = parameters.at(-1) as { loc?: { start: { line: number } } };
      throw new MigrateError({
        code: (known?.code as `E_${string}` | undefined) ?? 'E_TEMPLATE',
        where: `${file}:${loc?.start.line ?? '?'}`,
        why: `{{${name}}}: ${known?.why ?? (cause instanceof Error ? cause.message : String(cause))}`,
        hint: known?.hint ?? 'Correct the template or its view.',
        cause,
      });
    }
  };
}
