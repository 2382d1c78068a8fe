/**
 * Dial patterns as Asterisk reads them, written without the leading `_`: X is 0-9, Z 1-9, N 2-9 (lower case the same), [...] a set, `.` one character or more
 * and `!` none or more, both only at the end. Dashes and blanks are looks. Every function works on bytes, as Asterisk does.
 * Source: main/pbx.c of branch 22 (ext_cmp_pattern_pos, _extension_match_core, ext_strncpy).
 */

const UTF8 = new TextEncoder();
const TEXT = new TextDecoder();
const DASH = 0x2d;
const OPEN = 0x5b;
const CLOSE = 0x5d;

type Element =
  | { readonly is: 'set'; readonly bytes: readonly number[] }
  | { readonly is: 'rest'; readonly least: 0 | 1 }
  /** A `[` that nothing closes: Asterisk warns and matches nothing. */
  | { readonly is: 'broken' };

/** Whether it can match more than itself. Lower-case x, n, z count: a name such as `anonymous` is not for this function. */
export function isPattern(text: string): boolean {
  return /[XZNxzn[\].!]/.test(text);
}

/**
 * Whether Asterisk reads every set of it. One that nothing closes takes the rest of its dialplan line with it, one in another is refused, and one that ends with a
 * dash or holds nothing is a riddle to it (tried in 22).
 */
export function isReadable(pattern: string): boolean {
  return !/[[\]]/.test(pattern.replace(/\[[^[\]]*[^[\]-]\]/g, ''));
}

/** The same text for patterns that Asterisk takes for one: _90024X and _90024[0-9] (tried in 22: the second is refused). */
export function canonical(pattern: string): string {
  return elementsOf(pattern)
    .map((e) =>
      e.is === 'set'
        ? e.bytes.length === 1
          ? String.fromCharCode(e.bytes[0] ?? 0)
          : `[${e.bytes.join(',')}]`
        : e.is === 'rest'
          ? e.least === 1
            ? '.'
            : '!'
          : '?',
    )
    .join('');
}

/** Whether Asterisk takes the number to this pattern (or, without wildcards, this very number). What follows a `.` or `!` is not looked at. */
export function matches(pattern: string, number: string): boolean {
  const digits = UTF8.encode(number).filter((b) => b !== DASH);
  let at = 0;
  for (const element of elementsOf(pattern)) {
    if (element.is === 'broken') return false;
    if (element.is === 'rest') return digits.length - at >= element.least;
    const digit = digits[at++];
    if (digit === undefined || !element.bytes.includes(digit)) return false;
  }
  return at === digits.length;
}

/**
 * Asterisk's own order of trial, for sort(): negative where `a` is tried before `b`. A number before any pattern; then by the first character that differs: the smaller
 * set first, of equal sizes the one that begins lower; `.` after every set, `!` after it, the end of a pattern last.
 */
export function moreSpecific(a: string, b: string): number {
  const [patternA, patternB] = [isPattern(a), isPattern(b)];
  if (patternA !== patternB) return patternA ? 1 : -1;
  const [left, right] = [elementsOf(a), elementsOf(b)];
  if (!patternA) return compareNumbers(left, right);
  const [x, y] = [left.filter(holdsSomething), right.filter(holdsSomething)];
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const difference = rank(x[i]) - rank(y[i]) || compareSets(x[i], y[i]);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A set from high to low (`[9-0]`) matches nothing, but has no place in the order. */
function holdsSomething(element: Element): boolean {
  return element.is !== 'set' || element.bytes.length > 0;
}

/** The least number of characters that match: a set counts 1, `.` 1, `!` 0. */
export function patternLength(pattern: string): number {
  return reached(elementsOf(pattern)).reduce((sum, e) => sum + (e.is === 'rest' ? e.least : 1), 0);
}

/** How many numbers are tried at most. */
const MOST_TRIES = 20_000;
/** Digits behind a `.` or `!`, likely lengths of a telephone number first. */
const REST_LENGTHS = [7, 4, 3, 2, 1, 5, 6, 8, 9, 10, 11];

/**
 * A number that matches, the same one on every run: `NXXXX` gives 22345.
 * @param avoid Says of a number that it is not wanted (another pattern or an extension takes it).
 * @returns null where nothing matches, or nothing that is wanted was found in 20,000 tries.
 */
export function example(pattern: string, avoid: (number: string) => boolean = () => false): string | null {
  const elements = reached(elementsOf(pattern));
  if (elements.some((e) => e.is === 'broken')) return null;
  // Dashes of the number are skipped before it is compared: a dash in a set never matches.
  const sets = elements.flatMap((e, i) =>
    e.is === 'set'
      ? [
          rotated(
            e.bytes.filter((b) => b !== DASH),
            i,
          ),
        ]
      : [],
  );
  if (sets.some((s) => s.length === 0)) return null;
  const rest = elements.find((e) => e.is === 'rest');
  const lengths = rest === undefined ? [0] : rest.least === 0 ? [0, ...REST_LENGTHS] : REST_LENGTHS;
  let tries = 0;
  for (const choice of choices(sets)) {
    const head = TEXT.decode(Uint8Array.from(choice));
    for (const length of lengths) {
      const number = head + tail(choice.length, length);
      if (number !== '' && !avoid(number)) return number;
      if (++tries >= MOST_TRIES) return null;
    }
  }
  return null;
}

/** Up to the first `.` or `!`: matching ends there. */
function reached(elements: readonly Element[]): readonly Element[] {
  const end = elements.findIndex((e) => e.is === 'rest');
  return end < 0 ? elements : elements.slice(0, end + 1);
}

/** The places of a pattern one by one; `[]` is none. */
function elementsOf(pattern: string): Element[] {
  const bytes = UTF8.encode(pattern);
  if (!isPattern(pattern)) return [...bytes].filter((b) => b !== DASH && b !== 0x20).map((b) => ({ is: 'set', bytes: [b] }));
  const elements: Element[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === DASH || byte === 0x20) continue;
    if (byte !== OPEN) {
      elements.push(elementOf(String.fromCharCode(byte), byte));
      continue;
    }
    const end = bytes.indexOf(CLOSE, i);
    if (end < 0) return [...elements, { is: 'broken' }];
    if (end > i + 1) elements.push({ is: 'set', bytes: setOf(bytes.subarray(i + 1, end)) });
    i = end;
  }
  return elements;
}

function elementOf(character: string, byte: number): Element {
  if (character === '.') return { is: 'rest', least: 1 };
  if (character === '!') return { is: 'rest', least: 0 };
  const lowest = { X: 0x30, Z: 0x31, N: 0x32 }[character.toUpperCase()];
  return { is: 'set', bytes: lowest === undefined ? [byte] : range(lowest, 0x39) };
}

/** `a-d` is a range; a dash at either end is itself. A range from high to low holds nothing. */
function setOf(inside: Uint8Array): number[] {
  const set = new Set<number>();
  for (let i = 0; i < inside.length; i++) {
    const first = inside[i] ?? 0;
    const isRange = i + 2 < inside.length && inside[i + 1] === DASH;
    for (const b of isRange ? range(first, inside[i + 2] ?? 0) : [first]) set.add(b);
    if (isRange) i += 2;
  }
  return [...set].sort((a, b) => a - b);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

/** Low two bytes as in Asterisk: characters in the set, first character of it. */
function rank(element: Element | undefined): number {
  if (element === undefined) return 0x30000;
  if (element.is === 'broken') return 0x40000;
  if (element.is === 'rest') return element.least === 1 ? 0x18000 : 0x28000;
  return element.bytes.length * 0x100 + (element.bytes[0] ?? 0);
}

/** Sets of one size that begin alike: the one that holds the lower character where they first differ is tried first (memcmp over bit maps). */
function compareSets(a: Element | undefined, b: Element | undefined): number {
  if (a?.is !== 'set' || b?.is !== 'set') return 0;
  for (let i = 0; i < a.bytes.length; i++) {
    const difference = (a.bytes[i] ?? 0) - (b.bytes[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareNumbers(a: readonly Element[], b: readonly Element[]): number {
  const byte = (e: Element | undefined): number => (e?.is === 'set' ? (e.bytes[0] ?? 0) : 0);
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = byte(a[i]) - byte(b[i]);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** So that examples read like numbers: at place i the digit i + 1 comes first where the set has it. */
function rotated(bytes: readonly number[], place: number): number[] {
  const wanted = 0x30 + ((place + 1) % 10);
  const at = Math.max(
    0,
    bytes.findIndex((b) => b >= wanted),
  );
  return [...bytes.slice(at), ...bytes.slice(0, at)];
}

function tail(place: number, length: number): string {
  return Array.from({ length }, (_, i) => String((place + i + 1) % 10)).join('');
}

/**
 * Choices of one byte a set: the first of each, then one place changed at a time (a more specific neighbour mostly differs in one place), then all of them,
 * the last place fastest.
 */
function* choices(sets: readonly (readonly number[])[]): Generator<number[]> {
  const first = sets.map((s) => s[0] ?? 0);
  yield first;
  for (let place = sets.length - 1; place >= 0; place--) {
    for (const byte of (sets[place] ?? []).slice(1)) yield first.with(place, byte);
  }
  const index = sets.map(() => 0);
  for (;;) {
    let place = sets.length - 1;
    while (place >= 0 && (index[place] ?? 0) + 1 >= (sets[place]?.length ?? 0)) index[place--] = 0;
    if (place < 0) return;
    index[place] = (index[place] ?? 0) + 1;
    yield sets.map((s, i) => s[index[i] ?? 0] ?? 0);
  }
}
