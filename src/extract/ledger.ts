import type { Box } from '../box/box.ts';
import { type Finding, finding } from '../finding.ts';
import type { Fate, Ledger, Space } from '../model/ledger.ts';
import { type Ref, refText } from '../model/ref.ts';
import { handMadeFiles } from './custom-file.ts';
import { contextHeaders } from './dialplan-context.ts';
import { foundServices } from './found-service.ts';
import { generationOf } from './generation.ts';
import type { Accountable, Notes } from './reader.ts';
import { FILE_SPACE, type TrackedSource } from './source.ts';

interface Judgement {
  fate: Fate;
  to: Ref[];
  because: string[];
}

/** From good to bad: a row that several readers share keeps its worst fate. */
const WORSE: readonly Fate[] = ['carried', 'approximated', 'dropped', 'unknown'];

/** What readers said, gathered. */
export class Account implements Notes {
  readonly findings: Finding[] = [];
  readonly secrets: Record<string, string> = {};
  private readonly ownerlessRows = new Map<string, { owner: Ref; rows: Accountable[] }>();
  private readonly judged = new Map<string, Judgement>();

  carried(what: Accountable, to: Ref): void {
    this.judge(what, 'carried', to, null);
  }

  approximated(what: Accountable, to: Ref, how: string): void {
    this.judge(what, 'approximated', to, how);
  }

  dropped(what: Accountable, why: string): void {
    this.judge(what, 'dropped', null, why);
  }

  ownerless(what: Accountable, owner: Ref): void {
    this.dropped(what, `there is no ${refText(owner)}`);
    const held = this.ownerlessRows.get(refText(owner)) ?? { owner, rows: [] };
    held.rows.push(what);
    this.ownerlessRows.set(refText(owner), held);
  }

  twice(what: Accountable, about: Ref): void {
    this.dropped(what, `a second row for ${refText(about)}`);
    const means = `${what.name} holds ${refText(about)} more than once: the first row is carried, as the old dialplan took the first.`;
    this.finding(finding('OBJECT_TWICE', { about, where: `${what.name} ${what.key}`, means }));
  }

  /** What belongs to objects that are gone, by the object. */
  get ownerlessThings(): readonly { readonly owner: Ref; readonly rows: readonly Accountable[] }[] {
    return [...this.ownerlessRows.values()];
  }

  replaced(what: Accountable, by: string): void {
    this.judge(what, 'approximated', null, `replaced by ${by}`);
  }

  finding(f: Finding): void {
    this.findings.push(f);
  }

  secret(path: string, value: string): void {
    this.secrets[path] = value;
  }

  fateOf(what: Accountable): Fate {
    return this.judged.get(place(what))?.fate ?? 'unknown';
  }

  /** Something of the model came of it. */
  isKept(what: Accountable): boolean {
    return ['carried', 'approximated'].includes(this.fateOf(what));
  }

  entry(what: Accountable): Ledger['entries'][number] {
    const judgement = this.judged.get(place(what));
    const to = new Map((judgement?.to ?? []).map((r) => [refText(r), { kind: r.kind as string, id: r.id }]));
    return {
      space: what.space,
      name: what.name,
      key: what.key,
      fate: judgement?.fate ?? 'unknown',
      to: [...to.values()],
      because: judgement === undefined || judgement.because.length === 0 ? null : [...new Set(judgement.because)].join('; '),
    };
  }

  private judge(what: Accountable, fate: Fate, to: Ref | null, because: string | null): void {
    const at = place(what);
    const held = this.judged.get(at) ?? { fate, to: [], because: [] };
    if (WORSE.indexOf(fate) > WORSE.indexOf(held.fate)) held.fate = fate;
    if (to !== null) held.to.push(to);
    if (because !== null) held.because.push(because);
    this.judged.set(at, held);
  }
}

function place(what: Accountable): string {
  return `${what.space}\0${what.name}\0${what.key}`;
}

/**
 * The account of all that the source held. Rows are counted by the server (SELECT COUNT(*)) and apart from the entries, so that a row
 * which no entry speaks of shows.
 */
export function buildLedger(box: Box, source: TrackedSource, account: Account): Ledger {
  const counted: { space: Space; name: string; rows: number; held: readonly Accountable[] }[] = [];
  for (const [name, table] of box.tables) counted.push({ space: 'table', name, rows: table.count, held: source.rows(name) });
  for (const [family, rows] of familySizes(box)) counted.push({ space: 'astdb', name: family, rows, held: source.astdb(family) });
  for (const { file, contexts } of handMadeContexts(source)) {
    counted.push({
      space: 'context',
      name: file,
      rows: contexts.length,
      held: contexts.map((key) => ({ space: 'context', name: file, key })),
    });
  }
  if (box.etc !== null) {
    counted.push({
      space: 'file',
      name: FILE_SPACE,
      rows: box.etc.size,
      held: [...box.etc.keys()].map((key) => ({ space: 'file', name: FILE_SPACE, key })),
    });
  }
  for (const [name, keys] of serviceKeys(box)) {
    counted.push({ space: 'service', name, rows: keys.length, held: keys.map((key) => ({ space: 'service', name, key })) });
  }
  const entries = counted.map((c) => c.held.map((what) => account.entry(what)));
  const sums = counted.map(({ space, name, rows }, i) => {
    const of = (fate: Fate) => (entries[i] ?? []).filter((e) => e.fate === fate).length;
    return { space, name, rows, carried: of('carried'), approximated: of('approximated'), dropped: of('dropped'), unknown: of('unknown') };
  });
  return { schema: 1, generation: generationOf(box), sums, entries: entries.flat() };
}

function serviceKeys(box: Box): Map<string, string[]> {
  const keys = new Map<string, string[]>();
  for (const { name, key } of foundServices(box.facts)) keys.set(name, [...(keys.get(name) ?? []), key]);
  return keys;
}

function familySizes(box: Box): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { family } of box.astdb ?? []) sizes.set(family, (sizes.get(family) ?? 0) + 1);
  return sizes;
}

/** Contexts of dialplan that people wrote; one that stands twice in a file is one. */
export function handMadeContexts(source: TrackedSource): { file: string; contexts: string[] }[] {
  return handMadeFiles(source)
    .map((file) => ({ file, contexts: [...new Set(contextHeaders(source.file(file)?.text ?? ''))] }))
    .filter(({ contexts }) => contexts.length > 0);
}
