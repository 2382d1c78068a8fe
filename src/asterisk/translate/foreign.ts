import { FINDINGS } from '../../finding.ts';
import type { Dialplan } from '../dialplan.ts';
import { escapeComment } from '../escape.ts';
import type { DialplanLine, TranslatedLine } from './translation.ts';

/** A context that is written in AEL or Lua. */
interface ForeignContext {
  readonly name: string;
  readonly language: 'AEL' | 'Lua';
  readonly file: string;
  readonly line: number;
}

/** By the ending of the file, as pbx_ael and pbx_lua load them. */
export function isForeign({ file }: { file: string }): boolean {
  return /\.(ael|lua)$/i.test(file);
}

/** The contexts of dialplan in other languages. A macro of AEL is a context that is entered by its name. */
function readForeign(lines: readonly DialplanLine[]): ForeignContext[] {
  return lines.filter(isForeign).flatMap((line) => {
    const name = /\.ael$/i.test(line.file) ? aelContext(line.text) : luaContext(line.text);
    return name === null ? [] : [{ name, language: /\.ael$/i.test(line.file) ? 'AEL' : 'Lua', file: line.file, line: line.line } as const];
  });
}

function aelContext(text: string): string | null {
  const [, context, macro] = /^\s*(?:(?:abstract\s+|extend\s+)*context\s+([\w.-]+)|macro\s+([\w.-]+))\s*[({]?/.exec(text) ?? [];
  return context ?? macro ?? null;
}

/** `extensions = { ["default"] = {`, `extensions.default = {`, `extensions["default"] = {`. */
function luaContext(text: string): string | null {
  const [, dotted, indexed, keyed] =
    /(?:^\s*extensions\.([\w-]+)\s*=)|(?:^\s*extensions\[["']([^"']+)["']\]\s*=)|(?:^\s*\[["']([^"']+)["']\]\s*=\s*\{)/.exec(text) ?? [];
  return dotted ?? indexed ?? keyed ?? null;
}

/** The lines of files in other languages, as comments, with a problem for each context that they make: what leads there is told. */
export function foreignLines(lines: readonly DialplanLine[], dialplan: Dialplan): TranslatedLine[] {
  const foreign = lines.filter(isForeign);
  const contexts = new Map(readForeign(foreign).map((c) => [`${c.file}:${c.line}`, c]));
  return foreign.map((line) => {
    const context = contexts.get(`${line.file}:${line.line}`);
    const written = line.text.trim() === '' ? [''] : [`; ${escapeComment(line.text.trim())}`];
    const problems = context === undefined ? [] : [problemOf(context, dialplan)];
    return { ...line, fate: 'comment', written, context: context?.name ?? null, changes: [], problems };
  });
}

function problemOf({ name, language, file, line }: ForeignContext, dialplan: Dialplan): TranslatedLine['problems'][number] {
  const from = whatLeadsTo(name, dialplan);
  const reached = from.length === 0 ? 'no line of the dialplan leads there' : `it is reached from ${from.slice(0, 3).join(', ')}`;
  const more = from.length > 3 ? ` and ${from.length - 3} more lines` : '';
  return {
    code: 'DIALPLAN_FOREIGN',
    file,
    line,
    means: `The context ${name} is written in ${language} and is not translated: calls that are sent there end; ${reached}${more}.`,
    hint: FINDINGS.DIALPLAN_FOREIGN.cure,
  };
}

/** Includes of the context, and steps that name it as a target or behind Local/…@. */
function whatLeadsTo(name: string, dialplan: Dialplan): string[] {
  const named = new RegExp(`(?:^|[,|?:@=(^])\\s*${name.replaceAll(/[.+^${}()|[\]\\*?]/g, '\\$&')}\\s*(?:[,|/)^&]|$)`);
  return dialplan.contexts.flatMap((context) => [
    ...context.includes.filter((i) => i.context === name).map((i) => `${i.at.file}:${i.at.line}`),
    ...context.steps.filter((s) => named.test(s.arguments)).map((s) => `${s.at.file}:${s.at.line}`),
  ]);
}
