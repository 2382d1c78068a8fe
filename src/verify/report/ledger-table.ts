import { FATES, type Fate, type Ledger, ledgerTotals, SPACES, type Space } from '../../model/ledger.ts';
import { counted, figure, grouped } from './words.ts';

/** The ledger as the page shows it. */
export interface LedgerTable {
  readonly generation: string;
  readonly spaces: readonly { readonly title: string; readonly rows: readonly SumRow[] }[];
  readonly total: SumRow;
  readonly isUnaccounted: boolean;
  readonly unaccounted: string;
  readonly areEmpty: boolean;
  readonly emptyWords: string;
  /** Those that hold nothing at all. */
  readonly empty: readonly string[];
  readonly areNotCarried: boolean;
  /** One for each table that was not carried whole. */
  readonly notCarried: readonly NotCarried[];
}

interface SumRow {
  readonly name: string;
  readonly rows: string;
  readonly carried: string;
  readonly approximated: string;
  readonly dropped: string;
  readonly unknown: string;
  readonly holdsUnknown: boolean;
}

interface NotCarried {
  readonly name: string;
  readonly counts: string;
  readonly reasons: readonly {
    readonly fate: string;
    readonly because: string;
    readonly keys: readonly string[];
    readonly more: string;
    readonly areMore: boolean;
  }[];
}

/** Keys listed for one reason of one table; report.json holds all. */
const KEYS_SHOWN = 300;

const SPACE_TITLES: Record<Space, string> = {
  table: 'Tables of the database',
  astdb: 'Families of AstDB',
  context: 'Contexts of hand-made dialplan',
  file: 'Files',
  service: 'Services',
};

/** Sums of what holds anything, by space, and what became of the rows that were not carried as they were. */
export function ledgerTable(ledger: Ledger): LedgerTable {
  const totals = ledgerTotals(ledger);
  const filled = ledger.sums.filter((s) => s.rows > 0);
  const empty = ledger.sums.filter((s) => s.rows === 0).map((s) => s.name);
  const notWhole = notCarried(ledger);
  return {
    generation: ledger.generation,
    spaces: SPACES.flatMap((space) => {
      const rows = filled.filter((s) => s.space === space).sort((a, b) => b.unknown - a.unknown || b.rows - a.rows);
      return rows.length === 0 ? [] : [{ title: SPACE_TITLES[space], rows: rows.map(sumRow) }];
    }),
    total: sumRow({ name: 'All', ...totals }),
    isUnaccounted: totals.unaccounted !== 0,
    unaccounted: counted(totals.unaccounted, 'row'),
    areEmpty: empty.length > 0,
    emptyWords: counted(empty.length, 'table, family or file', 'tables, families and files'),
    empty,
    areNotCarried: notWhole.length > 0,
    notCarried: notWhole,
  };
}

function sumRow(s: { name: string; rows: number } & Record<Fate, number>): SumRow {
  return {
    name: s.name,
    rows: figure(s.rows),
    carried: orDash(s.carried),
    approximated: orDash(s.approximated),
    dropped: orDash(s.dropped),
    unknown: orDash(s.unknown),
    holdsUnknown: s.unknown > 0,
  };
}

function orDash(n: number): string {
  return n === 0 ? '–' : figure(n);
}

/** Unknown first: nobody has looked at those. */
function notCarried(ledger: Ledger): NotCarried[] {
  const entries = ledger.entries.filter((e) => e.fate !== 'carried');
  const tables = [...grouped(entries, (e) => `${e.space} ${e.name}`).values()];
  const unknowns = (list: typeof entries): number => list.filter((e) => e.fate === 'unknown').length;
  return tables
    .sort((a, b) => unknowns(b) - unknowns(a))
    .map((list) => ({
      name: `${list[0]?.space} ${list[0]?.name}`,
      counts: FATES.flatMap((fate) => {
        const n = list.filter((e) => e.fate === fate).length;
        return n === 0 ? [] : `${figure(n)} ${fate}`;
      }).join(', '),
      reasons: [...grouped(list, (e) => `${e.fate} ${e.because}`).values()].map(reason),
    }));
}

function reason(entries: Ledger['entries']): NotCarried['reasons'][number] {
  const more = entries.length - KEYS_SHOWN;
  return {
    fate: entries[0]?.fate ?? '',
    because: entries[0]?.because ?? 'no reader asks for it',
    keys: entries.slice(0, KEYS_SHOWN).map((e) => e.key),
    areMore: more > 0,
    more: figure(more),
  };
}
