import { isPattern, isReadable } from '../model/dial-pattern.ts';

/** Words that Elastix takes for callers without a number; they hold letters that look like a pattern's. */
const WITHOUT_NUMBER = ['unknown', 'private', 'blocked', 'restricted', 'unavail', 'unavailable', 'anonym', 'anonymous', 'withheld'];

/**
 * The extension of a dialplan line for a number or pattern of the model, and for one caller where `caller` is not empty: '_9.', '74951234500/79161112233'.
 * null where a line cannot hold it.
 */
export function extensionName(number: string, caller = ''): string | null {
  // dashes and blanks are looks, but in a set [2-7]
  const name = patternName(number.replace(/[\s-](?![^[]*\])/g, ''));
  if (name === null || caller === '') return name;
  const from = WITHOUT_NUMBER.includes(caller.toLowerCase()) ? caller : patternName(caller.replace(/\s/g, ''));
  return from === null ? null : `${name}/${from}`;
}

function patternName(number: string): string | null {
  if (!/^[0-9A-Za-z+*#.!\u005b\u005d-]+$/.test(number) || !isReadable(number)) return null;
  // '_.' and '_!' take h, i and t too, at the end of every call, and Asterisk warns of the first
  if (number === '.' || number === '!') return '_[+*#0-9a-zA-Z].';
  return isPattern(number) ? `_${number}` : number;
}
