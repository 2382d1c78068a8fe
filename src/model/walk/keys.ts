import type { Call } from './call.ts';

/** What the caller keys when he is asked the next time. The PBX's own calls to others are asked without him. */
export function nextKeys(call: Call): string {
  const [keys = '', ...later] = call.keys;
  call.keys = later;
  return keys;
}

/** Keys as a menu takes them. */
export interface Taken {
  /** The keys that it looks at; what comes after them is lost. */
  readonly number: string;
  /** They could have been the beginning of more, so it has waited for more until the time between two digits was over. */
  readonly settles: boolean;
}

/**
 * Reads keys one by one for as long as they can be the beginning of a longer number that is there: a single key that is a number of its own waits for the digit
 * timeout where a longer one begins with it, and nowhere else. Source: collect_digits and pbx_builtin_background in main/pbx.c and main/pbx_builtins.c of branch 22.
 */
export function takeKeys(keys: string, numbers: readonly string[]): Taken {
  const beginsMore = (begun: string): boolean => numbers.some((n) => n.length > begun.length && n.startsWith(begun));
  let number = '';
  for (const key of keys) {
    number += key;
    if (!beginsMore(number)) return { number, settles: false };
  }
  return { number, settles: number !== '' };
}
