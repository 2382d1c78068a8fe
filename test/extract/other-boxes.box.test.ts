import { beforeAll, describe, expect, test } from 'vitest';
import { type Box, openBox } from '../../src/box/box.ts';
import type { Table } from '../../src/box/tables.ts';
import { silentContext } from '../../src/context.ts';
import { boxTools } from '../../src/extract/extract.ts';
import { readBox } from '../../src/extract/read-box.ts';
import { ledgerTotals } from '../../src/model/ledger.ts';
import { renderModel } from '../../src/render/render.ts';
import { plan } from '../../src/verify/plan.ts';
import { falseAlarms } from '../verify/false-alarms.ts';
import { clinic } from './clinic.ts';

// Boxes that nobody here has seen: the clinic's tables with other numbers, and with what is broken on old boxes. Seeded, so that a failure can be looked at.

let box: Box;
beforeAll(async () => {
  box = await openBox(clinic(), {}, boxTools({}, silentContext()), silentContext());
});

type Random = () => number;
type Cell = string | null;
type Change = (cell: Cell, random: Random, column: string) => Cell;

/** mulberry32: the same numbers for the same seed. */
function seeded(seed: number): Random {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function withTables(change: (table: Table) => Table | null): Box {
  const tables = [...box.tables.values()].flatMap((table) => change(table) ?? []);
  return { ...box, tables: new Map(tables.map((t) => [t.name, t])) };
}

function withCells(random: Random, change: Change): Box {
  return withTables((t) => ({
    ...t,
    rows: t.rows.map((cells) => cells.map((cell, i) => change(cell, random, t.columns[i]?.name ?? ''))),
  }));
}

function withRows(rows: (table: Table) => Table['rows']): Box {
  return withTables((t) => {
    const kept = rows(t);
    return { ...t, rows: kept, count: kept.length };
  });
}

const HOSTILE = [
  '',
  ' ',
  '-1',
  '99999999999999999999',
  'NULL',
  "'; DROP TABLE users; --",
  ';--',
  '${SHELL(id)}',
  '../../etc/passwd',
  'a\nb',
  'a\r\n[x]\nexten => s,1,System(id)',
  '\u0000',
  '"Name" <123>',
  'Имя, с запятой',
  ']',
  'x'.repeat(300),
  'ext-group,600,1',
  'ext-queues,99999,1',
  'timeconditions,1,1',
  'ivr-1,s,1',
  'nonsense',
  '25:99-99:00|foo-bar|40|jan-foo',
  '_X.',
  'CHECKED',
  '&&&',
  '0',
];

/** Every number of three digits becomes one of four, wherever it stands. */
const renumbered = (): Box => {
  const change = (text: string): string => text.replace(/(?<![\d.])([1-8]\d\d)(?![\d.])/g, '4$1');
  const cells = withCells(
    () => 0,
    (cell) => (cell === null ? null : change(cell)),
  );
  return { ...cells, astdb: box.astdb?.map((k) => ({ ...k, key: change(k.key), value: change(k.value) })) ?? null };
};

/** Whatever a box holds: no row without a fate, and a build and calls can be made of it. */
async function isCarriedThrough(other: Box): Promise<void> {
  const { model, ledger } = readBox(other);
  const rows = [...other.tables.values()].reduce((sum, t) => sum + t.count, 0);
  const totals = ledgerTotals(ledger);
  expect(totals.unaccounted).toBe(0);
  expect(ledger.sums.filter((s) => s.space === 'table').reduce((sum, s) => sum + s.rows, 0)).toBe(rows);
  const rendered = await renderModel(model, { live: false }, silentContext());
  expect(rendered.files.length).toBeGreaterThan(10);
  expect(await falseAlarms(model, rendered)).toEqual([]);
  plan(model);
}

describe('a box made like the clinic', () => {
  test('with other numbers', async () => isCarriedThrough(renumbered()));

  test('without its AstDB, its files, its sounds', async () => isCarriedThrough({ ...box, astdb: null, etc: null, sounds: new Map() }));

  test('that lacks any one of its tables', async () => {
    for (const name of [...box.tables.keys()].filter((_, i) => i % 6 === 0))
      await isCarriedThrough(withTables((t) => (t.name === name ? null : t)));
  });

  test('that lacks any one column of its tables', async () => {
    const random = seeded(7);
    for (const [name, table] of box.tables) {
      for (const [at] of table.columns.entries()) {
        if (random() > 0.05) continue;
        const without = <T>(list: readonly T[]): T[] => list.filter((_, i) => i !== at);
        await isCarriedThrough(withTables((t) => (t.name === name ? { ...t, columns: without(t.columns), rows: t.rows.map(without) } : t)));
      }
    }
  });

  test.each(Array.from({ length: 5 }, (_, i) => i))('with a tenth of its rows gone, some there twice (seed %i)', async (seed) => {
    const random = seeded(seed);
    await isCarriedThrough(withRows((t) => t.rows.flatMap((row) => (random() < 0.1 ? [] : random() < 0.03 ? [row, row] : [row]))));
  });

  test.each(Array.from({ length: 15 }, (_, i) => i))('with one cell in thirty hostile, empty or NULL (seed %i)', async (seed) => {
    const random = seeded(1000 + seed);
    await isCarriedThrough(
      withCells(random, (cell, r) => (r() < 1 / 30 ? (r() < 0.2 ? null : (HOSTILE[Math.floor(r() * HOSTILE.length)] ?? '')) : cell)),
    );
  });

  test.each(Array.from({ length: 5 }, (_, i) => i))('with an AstDB whose values are of another time (seed %i)', async (seed) => {
    const random = seeded(2000 + seed);
    const astdb = (box.astdb ?? []).flatMap((k) =>
      random() < 0.1 ? [] : [{ ...k, value: random() < 0.1 ? (HOSTILE[Math.floor(random() * HOSTILE.length)] ?? '') : k.value }],
    );
    await isCarriedThrough({ ...box, astdb });
  });
});
