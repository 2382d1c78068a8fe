import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OneDatabase } from '../../src/box/one-database.ts';

const only = (pieces: readonly string[]): Promise<string> =>
  text(Readable.from(pieces.map((piece) => Buffer.from(piece, 'latin1'))).pipe(new OneDatabase('asterisk')));

/** Cut into pieces of these sizes, over and over. */
function cut(whole: string, sizes: readonly number[]): string[] {
  const pieces: string[] = [];
  for (let at = 0, i = 0; at < whole.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    pieces.push(whole.slice(at, at + size));
    at += size;
  }
  return pieces;
}

const line = fc.string({ unit: fc.constantFrom(...'ab`;U SE-'), maxLength: 900 }).filter((l) => !/^USE\s|^CREATE/i.test(l));

it('lets a dump of one database through to the byte, however it flows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }), async (lines, sizes) => {
      const whole = lines.join('\n');
      expect(await only(cut(whole, sizes))).toBe(whole);
    }),
  );
});

it('takes words of a section that stand on lines of their own for what they are', async () => {
  expect(await only(['USE\na\n;\nrest'])).toBe('USE\na\n;\nrest');
});

it('of several databases lets one through, and keeps the numbers of its lines', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1 }),
      fc.array(line),
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }),
      async (ours, theirs, sizes) => {
        const other = ['CREATE DATABASE `crm`;', 'USE `crm`;', ...theirs];
        const whole = [...other, 'CREATE DATABASE `asterisk`;', 'USE `asterisk`;', ...ours, ...other].join('\n');
        const blank = (n: number): string[] => Array.from({ length: n }, () => '');
        // the first CREATE stands before any USE
        const expected = [...blank(other.length + 2), ...ours, ...blank(other.length)].join('\n');
        expect(await only(cut(whole, sizes))).toBe(expected);
      },
    ),
  );
});
