import { z } from 'zod';

export const SPACES = ['table', 'astdb', 'context', 'file', 'service'] as const;
export const FATES = ['carried', 'approximated', 'dropped', 'unknown'] as const;
export type Space = (typeof SPACES)[number];
export type Fate = (typeof FATES)[number];

/** The account of everything that the source held: keys, never values. */
export const ledger = z.strictObject({
  schema: z.literal(1),
  /** Family of tables found, by the columns that exist: '2.8', '2.9', '2.10', '2.11', 'issabel', 'mixed'. */
  generation: z.string(),
  sums: z.array(
    z.strictObject({
      space: z.enum(SPACES),
      name: z.string(),
      /** SELECT COUNT(*), or the number of keys or files: counted apart from what was read. */
      rows: z.int(),
      carried: z.int(),
      approximated: z.int(),
      dropped: z.int(),
      unknown: z.int(),
    }),
  ),
  entries: z.array(
    z.strictObject({
      space: z.enum(SPACES),
      name: z.string(),
      key: z.string(),
      fate: z.enum(FATES),
      /** What became of it: 'ring-group/600'. */
      to: z.array(z.strictObject({ kind: z.string(), id: z.string() })),
      because: z.string().nullable(),
    }),
  ),
});
export type Ledger = z.output<typeof ledger>;

export interface LedgerTotals {
  rows: number;
  carried: number;
  approximated: number;
  dropped: number;
  unknown: number;
  /** Rows of the source that no entry speaks of: anything but 0 is a defect of the kit. */
  unaccounted: number;
}

export function ledgerTotals(l: Ledger): LedgerTotals {
  const t = { rows: 0, carried: 0, approximated: 0, dropped: 0, unknown: 0, unaccounted: 0 };
  for (const s of l.sums) {
    t.rows += s.rows;
    for (const fate of FATES) t[fate] += s[fate];
  }
  t.unaccounted = t.rows - t.carried - t.approximated - t.dropped - t.unknown;
  return t;
}
