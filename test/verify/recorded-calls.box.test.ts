import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { readRecordedCalls } from '../../src/verify/old/recorded-calls.ts';

const BOXES = fileURLToPath(new URL('../boxes/', import.meta.url));

it('the youngest call records of a box are read, with columns that its table lacks left empty', async () => {
  const rows = await readRecordedCalls(`${BOXES}clinic`, {}, silentContext());
  if (typeof rows === 'string') throw new Error(rows);
  expect(rows).toHaveLength(2000);
  expect(rows.every((r) => r.end >= r.start && r.did === '' && r.linkedid === '')).toBe(true);
  expect(rows.filter((r) => r.lastapp === 'Queue' && r.dcontext === 'ext-queues').length).toBeGreaterThan(100);
});

it('a box without call records, and a live server, say so', async () => {
  expect(await readRecordedCalls(`${BOXES}office`, {}, silentContext())).toBe('the source holds no call records');
  expect(await readRecordedCalls('mysql://u@127.0.0.1:1/asterisk', {}, silentContext())).toMatch(/live server/);
});
