import { matches } from '../../src/model/dial-pattern.ts';
import type { RenderedFile } from '../../src/render/render.ts';

interface Context {
  readonly extensions: string[];
  readonly includes: string[];
}

/** Places that a dialplan sends calls to and that it does not have: 'trunk.conf:12 Gosub nowhere,s'. Targets with variables in their context are left out. */
export function danglingTargets(files: readonly RenderedFile[]): string[] {
  const dialplan = files.filter((f) => /extensions(\.conf|\.d\/)/.test(f.path));
  const contexts = contextsOf(dialplan);
  const lost: string[] = [];
  for (const { path, content } of dialplan) {
    String(content)
      .split('\n')
      .forEach((line, i) => {
        if (line.trim().startsWith(';')) return;
        for (const [context, extension] of targets(line)) {
          if (!leads(contexts, context, extension)) lost.push(`${path}:${i + 1} ${context},${extension}`);
        }
      });
  }
  return lost;
}

function contextsOf(files: readonly RenderedFile[]): Map<string, Context> {
  const found = new Map<string, Context>();
  let current: Context = { extensions: [], includes: [] };
  for (const line of files.flatMap((f) => String(f.content).split('\n'))) {
    const name = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (name !== undefined) {
      current = found.get(name) ?? { extensions: [], includes: [] };
      found.set(name, current);
    }
    const include = /^include = (\S+)/.exec(line)?.[1];
    if (include !== undefined) current.includes.push(include);
    const extension = /^exten = ([^,/]+)/.exec(line)?.[1];
    if (extension !== undefined) current.extensions.push(extension);
  }
  return found;
}

function targets(line: string): [string, string][] {
  const found: [string, string][] = [];
  for (const [, context = '', extension = ''] of line.matchAll(/(?:Goto|Gosub)\(([\w-]+),([^,()]+),\w+/g)) found.push([context, extension]);
  for (const [, context = '', extension = ''] of line.matchAll(/(?:GotoIf|GosubIf)\(.*\?([\w-]+),([^,()]+),\w+/g))
    found.push([context, extension]);
  for (const [, extension = '', context = ''] of line.matchAll(/Local\/([^@&]+)@([\w-]+)/g)) found.push([context, extension]);
  const include = /^include = (\S+)/.exec(line)?.[1];
  if (include !== undefined) found.push([include, '']);
  return found;
}

/** A target whose extension is a variable is taken for one that exists, if its context does. */
function leads(contexts: ReadonlyMap<string, Context>, name: string, extension: string): boolean {
  const context = contexts.get(name);
  if (context === undefined) return false;
  if (extension === '' || extension.includes('$')) return true;
  const here = context.extensions.some((e) => (e.startsWith('_') ? matches(e.slice(1), extension) : e === extension));
  return here || context.includes.some((included) => leads(contexts, included, extension));
}
