import { type Ref, ref } from '../../model/ref.ts';
import { setting } from './asked.ts';
import { defineCheck, differing, type Mismatch, missing } from './mismatch.ts';

/** Music classes with their pieces. A class without files of its own, and one that is a program, plays Asterisk's own music. */
export const musicCheck = defineCheck(async ({ print, config }, model) => {
  const classes = byClass(await print('moh show classes'));
  const file = await config('musiconhold.conf');
  const files = byClass(await print('moh show files'));
  return Object.entries(model['music-class']).flatMap(([id, music]): Mismatch[] => {
    const about = ref('music-class', id);
    if (music.mode === 'silence') return silent(about, files.get(id) ?? []);
    if (music.mode !== 'files' || music.files.length === 0) return [];
    if (!classes.has(id)) return [missing(about, 'music class')];
    const held = (files.get(id) ?? []).map((path) => path.split('/').at(-1) ?? '');
    const expected = new Set(music.files.map((name) => name.replace(/\.[^.]+$/, '')));
    return differing(about, {
      order: [
        music.sort,
        setting(file, id, 'sort') === 'random'
          ? 'random'
          : setting(file, id, 'sort')?.startsWith('alpha') === true
            ? 'alphabetical'
            : 'any',
      ],
      pieces: [[...expected].sort().join(', '), [...new Set(held)].sort().join(', ')],
    });
  });
});

/** Asterisk plays silence from a file as well: one of its own music would be heard. */
function silent(about: Ref, held: readonly string[]): Mismatch[] {
  const heard = held.filter((path) => path.startsWith('/usr/share/'));
  if (held.length === 0) return [missing(about, 'music class')];
  return heard.length === 0 ? [] : [{ about, what: 'pieces', expected: 'silence', held: heard.join(', ') }];
}

/** `Class: x`, then lines of it; of a `File:` line the path. */
function byClass(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of text.split('\n')) {
    const [, name] = /^Class: (.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      lines = [];
      found.set(name, lines);
    }
    const [, file] = /^\s+File: (.*)$/.exec(line) ?? [];
    if (file !== undefined) lines.push(file);
  }
  return found;
}
