import { isApart, type RecordShape, type Records, rowsText, usual } from '../old/record-shape.ts';
import { figure } from './words.ts';

/** What calls leave in the call records: old beside new, a row a kind of call. */
export interface RecordTable {
  readonly isTold: boolean;
  readonly untold: string;
  readonly rows: readonly { readonly kind: string; readonly old: string; readonly new: string }[];
  readonly areDifferent: boolean;
  readonly differences: readonly { readonly kind: string; readonly was: string; readonly is: string }[];
}

export function recordTable({ untold, old, new: is, differences }: Records): RecordTable {
  return {
    isTold: untold === null,
    untold: untold ?? '',
    rows: old.map((shape) => ({
      kind: shape.kind,
      old: shapeText(shape),
      new: newText(shape, is),
    })),
    areDifferent: differences.length > 0,
    differences,
  };
}

function newText(shape: RecordShape, is: readonly RecordShape[]): string {
  const same = is.find((one) => one.kind === shape.kind);
  if (same !== undefined) return shapeText(same);
  return isApart(shape) ? 'not tried: what 1.4 to 11 wrote of such calls no later Asterisk writes' : 'no such call in the lab';
}

function shapeText({ calls, rows, told, filled }: RecordShape): string {
  const columns = Object.entries(filled).flatMap(([name, share]) => (share === 0 ? [] : [`${name} ${Math.round(share * 100)} %`]));
  return [`${figure(calls)} calls`, rowsText(rows), `${usual(told.lastapp)} in [${usual(told.dcontext)}]`, ...columns].join(', ');
}
