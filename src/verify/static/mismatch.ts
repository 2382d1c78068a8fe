import type { Model } from '../../model/kinds.ts';
import type { Ref } from '../../model/ref.ts';
import type { Asked } from './asked.ts';

/** Something that Asterisk holds otherwise than the model says. Secrets are named, never shown. */
export interface Mismatch {
  readonly about: Ref;
  readonly what: string;
  readonly expected: string;
  readonly held: string;
}

/** Compares what Asterisk holds of a kind with what the model says. What it expects follows from the model alone. */
export type Check = (asked: Asked, model: Model) => Promise<Mismatch[]>;

export function defineCheck(check: Check): Check {
  return check;
}

export function missing(about: Ref, what: string): Mismatch {
  return { about, what, expected: 'is there', held: 'is missing' };
}

export function tooMuch(about: Ref, what: string): Mismatch {
  return { about, what, expected: 'not in the model', held: 'is there' };
}

/** What differs among properties of one object. Numbers and yes or no are compared as Asterisk writes them. */
export function differing(
  about: Ref,
  properties: Readonly<Record<string, readonly [expected: string | number | boolean, held: string | undefined | null]>>,
): Mismatch[] {
  return Object.entries(properties).flatMap(([what, [expected, held]]) =>
    same(expected, held ?? '') ? [] : [{ about, what, expected: shown(expected), held: held ?? 'nothing' }],
  );
}

function same(expected: string | number | boolean, held: string): boolean {
  if (typeof expected === 'boolean') return isYes(held) === expected;
  if (typeof expected === 'number') return held !== '' && Number(held) === expected;
  return expected === held;
}

/** Asterisk's words for yes: 'yes', 'true', 'on', 1. */
function isYes(text: string): boolean {
  return /^(yes|true|on|1|y|t)$/i.test(text.trim());
}

/** How a check says what it saw. */
export function yes(b: boolean): string {
  return b ? 'yes' : 'no';
}

function shown(value: string | number | boolean): string {
  if (typeof value === 'boolean') return yes(value);
  return value === '' ? 'nothing' : String(value);
}
