import type { RingGroup } from '../model/ring-group.ts';

/** Members are joined by '-'; '#' at the end marks an outside number and is not dialled. */
export function memberList(text: string): { number: string; outside: boolean }[] {
  return text
    .split('-')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '#')
    .map((part) => ({ number: part.replace(/#$/, ''), outside: part.endsWith('#') }));
}

const MODES = ['default', 'fixed', 'extern', 'did', 'forcedid'] as const;

/** Which number outside members see: changecid and fixedcid of AstDB. */
export function callerIdMode(mode: string, fixed: string): NonNullable<RingGroup['callerId']> {
  const word = mode.trim().toLowerCase();
  return { mode: MODES.find((one) => one === word) ?? 'default', fixed: fixed.trim() };
}

/** Music class that the caller hears; null: he hears it ring. */
export function musicOrRinging(text: string): string | null {
  const music = text.trim();
  return music === '' || music === 'Ring' ? null : music;
}
