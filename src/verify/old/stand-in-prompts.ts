import { namedBy } from '../../asterisk/named.ts';
import type { TarEntry } from '../../engine/container.ts';
import { dialplanOf } from '../static/dialplan-files.ts';

/** Of the image and, where the box's own prompts are among the files, of the box. */
const SOUNDS = 'var/lib/asterisk/sounds';
/** A second of silence in G.711 mu-law at 8 kHz, which needs no header: 0xff is zero (ITU-T G.711). */
const SILENCE = Buffer.alloc(8000, 0xff);
/** What the house recorded itself: one that is not there was not there either. */
const OF_THE_HOUSE = 'custom/';

/**
 * Silence in place of prompts that came with an old PBX and that Debian does not pack: played and told by name, they take a second, and keys are taken as before.
 * They have no language, so that a prompt in the caller's language goes before, and are made where there is none in English, to which any other falls back (main/file.c).
 * @param entries the box's configuration
 * @param held files under the sounds folder, 'en/beep.gsm'
 */
export function standInPrompts(entries: readonly TarEntry[], held: readonly string[]): TarEntry[] {
  const names = new Set(held.map((path) => path.replace(/\.[^./]+$/, '').replace(ENGLISH, '')));
  return [...playedBy(entries)]
    .filter((name) => !names.has(name) && !name.startsWith(OF_THE_HOUSE) && /^[\w+-]+(?:\/[\w+-]+)*$/.test(name))
    .sort()
    .map((name) => ({ path: `${SOUNDS}/${name}.ulaw`, content: SILENCE, mode: 0o644 }));
}

/** 'en/', 'en_US_f_Allison/'. */
const ENGLISH = /^en(?:_[A-Za-z]+)*\//;

/** Prompts that the dialplan of the old PBX itself names; not those of the site's own files, where a name may always have been wrong. */
function playedBy(entries: readonly TarEntry[]): Set<string> {
  const names = new Set<string>();
  for (const context of dialplanOf(entries.filter((e) => !e.path.includes('custom'))).contexts) {
    for (const { extension, application, arguments: data } of context.steps)
      for (const named of namedBy({ extension, application, data, context: context.name }))
        if (named.is === 'sound') names.add(named.name.replace(/^.*\/sounds\//, ''));
  }
  return names;
}
