import type { Model } from '../model/kinds.ts';

/** What stands in a report for a PIN or password. */
export const MASK = '****';

/** Passwords that stand in the dialplan itself: of web servers that know callers by name, and of lines that the site wrote. */
export function secretsInDialplan(model: Model): string[] {
  return Object.entries(model.secrets).flatMap(([key, secret]) =>
    /^(?:name-lookup|custom-dialplan|dynamic-route)\//.test(key) && secret !== '' ? [secret] : [],
  );
}

/** The text without these: each where it stands alone, since a short one is part of many a word. */
export function withoutSecrets(secrets: readonly string[]): (text: string) => string {
  const known = [...new Set(secrets)].sort((a, b) => b.length - a.length).map((s) => s.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  if (known.length === 0) return (text) => text;
  const [long, short] = [known.filter((s) => s.length > 3), known.filter((s) => s.length <= 3)];
  // one of few signs only where a password stands: any number would be hidden else
  const where = [...long.map((s) => `(?<![\\p{L}\\d])${s}`), ...short.map((s) => `(?<=:)${s}`)];
  const alone = new RegExp(`(?:${where.join('|')})(?![\\p{L}\\d])`, 'gu');
  return (text) => text.replace(alone, MASK);
}
