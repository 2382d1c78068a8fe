import { expect, test } from 'vitest';
import { isDead, ownerLabel, parseOwner, startField, thisOwner } from '../../src/engine/owner.ts';
import { isLeftover } from '../../src/engine/sweep.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const LATER = '2026-11-24T13:00:00.000Z';
const PAST = '2026-11-24T11:00:00.000Z';

function labels(owner: string, until: string): Record<string, string> {
  return { 'migrate.run': 'abc', 'migrate.owner': owner, 'migrate.until': until };
}

test('an owner is read back from its label', () => {
  const owner = thisOwner();
  expect(parseOwner(ownerLabel(owner))).toEqual(owner);
  expect(parseOwner('nonsense')).toBeNull();
});

test('a run whose process is alive is left alone', () => {
  expect(isDead(thisOwner())).toBe(false);
  expect(isLeftover(labels(ownerLabel(thisOwner()), LATER), NOW)).toBe(false);
});

test('a run whose process number now belongs to another process is a leftover', () => {
  const owner = ownerLabel({ ...thisOwner(), start: '1' });
  expect(isLeftover(labels(owner, LATER), NOW)).toBe(true);
});

test('a run of another host is left alone until its time is past', () => {
  const owner = ownerLabel({ host: 'elsewhere', pid: 4_000_000, start: '1' });
  expect(isLeftover(labels(owner, LATER), NOW)).toBe(false);
  expect(isLeftover(labels(owner, PAST), NOW)).toBe(true);
});

test('what carries no label of ours, or one that cannot be read, is left alone', () => {
  expect(isLeftover({ 'migrate.until': PAST }, NOW)).toBe(false);
  expect(isLeftover({ 'migrate.run': 'abc' }, NOW)).toBe(false);
});

test('the start of a process is found whatever its name', () => {
  const after = ['S', ...Array.from({ length: 18 }, (_, i) => String(i)), '4711', '0'].join(' ');
  expect(startField(`12 (a) b (c) ${after}`)).toBe('4711');
});
