/** Replaces every secret in a text. */
export type Redact = (text: string) => string;

const MASK = '***';
/** A value this short stands in many a word by chance, so it is masked only where it stands alone. */
const SHORT = 4;

/**
 * A redactor that knows `values`. Longest first, so that of two secrets of which one holds the other nothing is left over.
 * A secret is masked as it is, and as JSON writes it: messages quote what they speak of.
 */
export function redactor(values: Iterable<string>): Redact {
  const known = new Set<string>();
  for (const value of values) {
    if (value.trim() === '') continue;
    known.add(value);
    known.add(JSON.stringify(value).slice(1, -1));
  }
  if (known.size === 0) return (text) => text;
  const longestFirst = [...known].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(masked).join('|'), 'gu');
  return (text) => text.replace(pattern, MASK);
}

/** The same for whatever JSON can hold, keys included: what comes back is still JSON. */
export function redactValue(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  // a PIN may have become a number on its way
  if (typeof value === 'number') return redact(String(value)) === String(value) ? value : MASK;
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [redact(key), redactValue(held, redact)]));
}

function masked(value: string): string {
  const literal = value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return value.length < SHORT ? `(?<![\\p{L}\\p{N}_])${literal}(?![\\p{L}\\p{N}_])` : literal;
}
