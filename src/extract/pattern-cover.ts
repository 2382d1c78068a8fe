/**
 * Whether every number that `inner` matches is matched by `outer` as well (patterns of Asterisk without '_'). Exact for what it says yes
 * to; where a pattern cannot be read it says no.
 */
export function covers(outer: string, inner: string): boolean {
  const [a, b] = [places(outer), places(inner)];
  if (a === null || b === null) return false;
  for (let i = 0; ; i++) {
    const [mine, theirs] = [a[i], b[i]];
    if (mine === '.') return theirs !== undefined && theirs !== '!';
    if (mine === '!') return true;
    if (theirs === '.' || theirs === '!') return false;
    if (mine === undefined || theirs === undefined) return mine === theirs;
    if (![...theirs].every((character) => mine.includes(character))) return false;
  }
}

/** A pattern as the characters allowed at each place; '.' and '!' stand for the rest. null: a '[' that nothing closes. */
function places(pattern: string): string[] | null {
  const found: string[] = [];
  const bare = pattern.replaceAll(' ', '');
  for (let i = 0; i < bare.length; i++) {
    const character = bare.charAt(i);
    if (character === '[') {
      const end = bare.indexOf(']', i);
      if (end < 0) return null;
      found.push(setOf(bare.slice(i + 1, end)));
      i = end;
    } else if (character === '.' || character === '!') return [...found, character];
    else if (character !== '-') found.push(CLASSES[character.toUpperCase()] ?? character);
  }
  return found;
}

const CLASSES: Readonly<Record<string, string>> = { X: '0123456789', Z: '123456789', N: '23456789' };

function setOf(inside: string): string {
  return inside.replace(/(.)-(.)/g, (_, first: string, last: string) => {
    let range = '';
    for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code++) range += String.fromCharCode(code);
    return range;
  });
}
