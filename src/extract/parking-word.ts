import type { Parking } from '../model/parking.ts';

/** Asterisk's own 45 where nothing sensible is set. */
export function parkingSeconds(read: number | null): number {
  return read === null || read < 1 ? 45 : read;
}

/** Whose telephone something holds for. */
export function side(text: string): NonNullable<Parking['tone']> {
  const word = text.trim().toLowerCase();
  return word === 'caller' || word === 'callee' || word === 'both' ? word : 'no';
}

export function findSlot(text: string): NonNullable<Parking['findSlot']> {
  return text.trim().toLowerCase() === 'next' ? 'next' : 'first';
}

/** More slots than anybody has numbers for: a slip of the pen, and Asterisk would make an extension of each. */
export const MOST_SLOTS = 10_000;
