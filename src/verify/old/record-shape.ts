import { CallTies } from '../../box/call-ties.ts';
import type { Model } from '../../model/kinds.ts';
import { numbering } from '../../model/numbering.ts';
import type { CallRow } from '../call-row.ts';

/** How many calls have which value. */
export type Counts = Readonly<Record<string, number>>;

/** What calls of one kind leave in the call records. */
export interface RecordShape {
  /** 'from outside to a number of the kind queue, somebody answers' */
  readonly kind: string;
  readonly calls: number;
  /** By the number of their rows. */
  readonly rows: Counts;
  /** By what the row that they begin with has in these columns. */
  readonly told: Readonly<Record<(typeof TOLD)[number], Counts>>;
  /** Share of calls of which some row has something there: 0 to 1. */
  readonly filled: Readonly<Record<(typeof FILLED)[number], number>>;
}

const TOLD = ['dcontext', 'lastapp'] as const;
const FILLED = ['did', 'accountcode', 'userfield', 'recordingfile'] as const;

/** Kinds that no call of the lab is of: they are told, and not compared. */
const APART = ['transferred', 'parked'] as const;

/** The shapes of call records by kind of call, the most frequent first. Calls that neither a telephone nor a trunk of the model began have none. */
export function shapesOf(rows: readonly CallRow[], model: Model): RecordShape[] {
  const kindOf = kindsIn(model);
  const kinds = new Map<string, (readonly CallRow[])[]>();
  for (const call of callsIn(rows)) {
    const kind = kindOf(call);
    if (kind !== null) kinds.set(kind, [...(kinds.get(kind) ?? []), call]);
  }
  return [...kinds].map(([kind, calls]) => shapeOf(kind, calls)).sort((a, b) => b.calls - a.calls || (a.kind < b.kind ? -1 : 1));
}

/** Of a kind that the lab does not place. */
export function isApart({ kind }: RecordShape): boolean {
  return APART.some((name) => kind === name);
}

function callsIn(rows: readonly CallRow[]): CallRow[][] {
  const sorted = rows.toSorted((a, b) => a.start - b.start);
  const calls = new Map<string, CallRow[]>();
  for (const [i, linkedid] of new CallTies().tie(sorted).entries()) {
    const row = sorted[i] as CallRow;
    const call = calls.get(linkedid);
    if (call === undefined) calls.set(linkedid, [row]);
    else call.push(row);
  }
  return [...calls.values()];
}

/** Names a call's kind by its rows alone: whoever began it, and the first number inside that it came to. */
function kindsIn(model: Model): (call: readonly CallRow[]) => string | null {
  const trunks = new Set(Object.values(model.trunk).flatMap((t) => ('peer' in t ? [t.peer, t.inboundUser ?? t.peer] : [])));
  const { numbers } = numbering(model);
  const isTrunk = (channel: string): boolean => trunks.has(endpointIn(channel));
  return (call) => {
    if (call.some((r) => /^(?:AsyncGoto|Transfered|Transferred)\//.test(r.channel) || /-xfer$/.test(r.dcontext))) return 'transferred';
    if (call.some((r) => /^Park(?:ed)?(?:Call)?$/i.test(r.lastapp))) return 'parked';
    const first = call.find((r) => !r.channel.startsWith('Local/'));
    const from =
      first === undefined ? null : isTrunk(first.channel) ? 'outside' : endpointIn(first.channel) in model.device ? 'inside' : null;
    if (from === null) return null;
    const to = call.map((r) => numbers.get(r.dst)?.to).find((kind) => kind !== undefined && kind !== 'feature-code');
    const goesOut = call.some((r) => isTrunk(r.dstchannel));
    const whom = to === undefined ? (from === 'inside' && goesOut ? 'the outside' : null) : `a number of the kind ${to}`;
    if (whom === null) return null;
    // a prompt answers, too: then nobody was called
    const answered = call.some((r) => r.disposition === 'ANSWERED' && r.dstchannel !== '');
    return `from ${from} to ${whom}, ${answered ? 'somebody answers' : 'nobody answers'}`;
  };
}

/** 'mango' of 'SIP/mango-0000001f' and of 'PJSIP/mango-0000001f'. */
function endpointIn(channel: string): string {
  return /^\w+\/(.*)-[^-]*$/.exec(channel)?.[1] ?? '';
}

function shapeOf(kind: string, calls: readonly (readonly CallRow[])[]): RecordShape {
  const share = (holds: (call: readonly CallRow[]) => boolean): number => calls.filter(holds).length / calls.length;
  const first = calls.map((call) => call.find((r) => !r.channel.startsWith('Local/')) ?? call[0]);
  return {
    kind,
    calls: calls.length,
    rows: countsOf(calls.map((call) => String(call.length))),
    told: recordOf(TOLD, (column) => countsOf(first.map((row) => row?.[column] ?? ''))),
    filled: recordOf(FILLED, (column) => share((call) => call.some((row) => row[column] !== ''))),
  };
}

function recordOf<K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
}

function countsOf(values: readonly string[]): Counts {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** What most calls have. */
export function usual(counts: Counts): string {
  return Object.entries(counts).sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

/** One thing that a report of calls would find otherwise. */
export interface RecordDifference {
  readonly kind: string;
  readonly was: string;
  readonly is: string;
}

/** So few calls say nothing of what is usual. */
const LEAST = 3;
/** What so many calls had is missed where none has it; a new box has no history of what is rare. */
const OFTEN = 0.5;
/** The lab tries what is rare as often as what is not: what was usual is usual still where so many of its calls have it. */
const STILL = 0.25;

/**
 * What differs between the rows that the old box wrote and those of the new one, for kinds that both have. The new table names a recording in `recordingfile`, where
 * old ones had 'audio:NAME' in `userfield`: either tells that there is one.
 */
export function shapeDifferences(old: readonly RecordShape[], is: readonly RecordShape[]): RecordDifference[] {
  return old.flatMap((was) => {
    const now = is.find((shape) => shape.kind === was.kind);
    if (now === undefined || was.calls < LEAST || isApart(was)) return [];
    const isUsual = (before: Counts, after: Counts): boolean => (after[usual(before)] ?? 0) >= STILL * now.calls;
    return [
      ...(isUsual(was.rows, now.rows) ? [] : [{ kind: was.kind, was: rowsText(was.rows), is: rowsText(now.rows) }]),
      ...TOLD.filter((column) => !isUsual(was.told[column], now.told[column])).map((column) => ({
        kind: was.kind,
        was: `${column} is mostly '${usual(was.told[column])}'`,
        is: `'${usual(now.told[column])}'`,
      })),
      ...FILLED.filter((column) => isMissed(column, was, now)).map((column) => ({
        kind: was.kind,
        was: `${column} is filled in ${Math.round(was.filled[column] * 100)} % of them`,
        is: 'in none',
      })),
    ];
  });
}

function isMissed(column: (typeof FILLED)[number], was: RecordShape, now: RecordShape): boolean {
  if (was.filled[column] < OFTEN || now.filled[column] > 0) return false;
  return column !== 'userfield' || now.filled.recordingfile === 0;
}

/** 'one row a call', 'mostly 2, at most 5 rows a call' */
export function rowsText(rows: Counts): string {
  const most = Math.max(...Object.keys(rows).map(Number));
  return most === 1 ? 'one row a call' : `mostly ${usual(rows)}, at most ${most} rows a call`;
}

/** What the old box wrote of its calls, beside what the new one writes of the lab's. */
export interface Records {
  /** Why it cannot be told. */
  readonly untold: string | null;
  readonly old: readonly RecordShape[];
  readonly new: readonly RecordShape[];
  readonly differences: readonly RecordDifference[];
}

/** @param recorded rows of the old box, or why there are none */
export function recordsOf(recorded: readonly CallRow[] | string, written: readonly CallRow[], model: Model): Records {
  if (typeof recorded === 'string') return { untold: recorded, old: [], new: [], differences: [] };
  const [old, is] = [shapesOf(recorded, model), shapesOf(written, model)];
  return {
    untold: old.length === 0 ? 'none of them is of a telephone or trunk that the model has' : null,
    old,
    new: is,
    differences: shapeDifferences(old, is),
  };
}
