import { finding } from '../finding.ts';
import { example, isReadable } from '../model/dial-pattern.ts';
import type { Ref } from '../model/ref.ts';
import type { Notes, Row } from './reader.ts';

/**
 * Whether a row's patterns fit any number. Where one does not, Asterisk cannot read the line, here as on the old box: the row is dropped, and told.
 * @param what each pattern with what it stands for, 'The called number'; '' stands for any.
 */
export function isUsable(notes: Notes, row: Row, about: Ref, what: Readonly<Record<string, string>>): boolean {
  const odd = Object.entries(what).filter(([, pattern]) => pattern !== '' && !fits(pattern));
  for (const [name, pattern] of odd) {
    notes.dropped(row, 'no number fits its pattern');
    const means = `${name} '${pattern}' can fit no number: Asterisk cannot read it, here as on the old box.`;
    notes.finding(finding('PATTERN_BROKEN', { about, where: `${row.table} ${row.key}`, means }));
  }
  return odd.length === 0;
}

/** Numbers of the field: digits, * # and +; names of SIP users have letters; blanks and dashes are looks. */
export function fits(pattern: string): boolean {
  return /^[\w+*#.![\]\s-]+$/.test(pattern) && isReadable(pattern) && example(pattern) !== null;
}
