import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packEntries, unpackEntries } from '../../src/engine/archive.ts';

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }).filter((s) => !/[/\0]/.test(s) && s !== '.' && s !== '..');

test('a file of any name, mode and content passes through a tar stream', async () => {
  const entry = fc.record({ path: name, content: fc.uint8Array({ maxLength: 2000 }), mode: fc.integer({ min: 1, max: 0o7777 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 5 }), async (entries) => {
      const seen = [];
      for await (const e of unpackEntries(packEntries(entries))) seen.push({ path: e.path, content: [...e.content], mode: e.mode });
      expect(seen).toEqual(entries.map((e) => ({ path: e.path, content: [...e.content], mode: e.mode })));
    }),
    { numRuns: 50 },
  );
});
