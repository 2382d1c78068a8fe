import type { Source } from './reader.ts';

/** `[name]` at the start of a line, also `[name](+)`; spaces belong to the name in Asterisk, but nobody means them. */
const HEADER = /^\[([^\]\n]+)\]/gm;

export function contextHeaders(text: string): string[] {
  return [...text.matchAll(HEADER)].map((match) => (match[1] ?? '').trim());
}

/** All contexts that dialplan files of the box define; null where it brought no /etc/asterisk. */
export function definedContexts(source: Source): Set<string> | null {
  if (source.filePaths === null) return null;
  const texts = source.filePaths
    .filter((path) => /(?:^|\/)extensions[^/]*\.(?:conf|ael)$|_custom\.conf$/.test(path))
    .map((path) => source.file(path)?.text ?? '');
  return new Set(texts.flatMap(contextHeaders));
}
