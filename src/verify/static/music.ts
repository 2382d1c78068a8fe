import { ref } from '../../model/ref.ts';
import { defineCheck, differing, type Mismatch, missing } from './mismatch.ts';

/** Music classes with their pieces. A class without files of its own, and one that is a program, plays Asterisk's own music. */
export const musicCheck = defineCheck(async ({ print }, model) => {
  const classes = byClass(await print('moh show classes'));
  const files = byClass(await print('moh show files'));
  return Object.entries(model['music-class']).flatMap(([id, music]): Mismatch[] => {
    const about = ref('music-class', id);
    if (music.mode !== 'files' || music.files.length === 0) return [];
    if (!classes.has(id)) return [missing(about, 'music class')];
    const held = (files.get(id) ?? []).map((path) => path.split('/').at(-1) ?? '');
    const expected = new Set(music.files.map((name) => name.replace(/\.[^.]+$/, '')));
    return differing(about, { pieces: [[...expected].sort().join(', '), [...new Set(held)].sort().join(', ')] });
  });
});

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
