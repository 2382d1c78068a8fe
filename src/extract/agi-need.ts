import type { Source } from './reader.ts';

/** A name in quotes that looks like a file's: `require 'phpagi.php'`, `"/var/lib/asterisk/agi-bin/lib/db.inc"`, and what a shell reads by `. ./lib.sh`. */
const FILES = /["']([\w./-]+\.\w{2,5})["']|^\s*(?:\.|source)\s+([\w./-]+)/gm;
/** `import lib` and `from lib import x`: lib.py beside it. */
const MODULES = /^\s*(?:from|import)\s+(\w+)/gm;

/** Files of the AGI folder that a script names, by their names there: libraries and settings without which it does not run. */
export function neededFiles(source: Source, script: string, text: string): string[] {
  const folder = script.includes('/') ? script.replace(/[^/]*$/, '') : '';
  const named = [...[...text.matchAll(FILES)].map((m) => m[1] ?? m[2] ?? ''), ...[...text.matchAll(MODULES)].map((m) => `${m[1]}.py`)];
  const places = named.flatMap((name) => {
    const within = /agi-bin\/(.+)$/.exec(name)?.[1];
    const bare = name.replace(/^(?:\.?\/)+/, '');
    return within === undefined ? [`${folder}${bare}`, bare] : [within];
  });
  return [...new Set(places)].filter((place) => place !== script && !place.split('/').includes('..') && source.script(place) !== null);
}
