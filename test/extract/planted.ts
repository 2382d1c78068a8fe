import { expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import type { Finding, FindingCode } from '../../src/finding.ts';
import { refText } from '../../src/model/ref.ts';
import { type Planted, soundBox } from './sound-box.ts';

/** A fault that people meet on old boxes: what it is, how it looks in the tables, and the finding that names it. */
export type Fault = readonly [what: string, planted: Planted, code: FindingCode, about: string | null, says?: RegExp];

/** Each fault is found in a box that is sound without it, by its name and under its own code. */
export function areFound(faults: readonly Fault[]): void {
  for (const [what, planted, code, about, says = /^/] of faults) {
    it(what, () => {
      const found = newFindings(planted).filter((f) => f.code === code && says.test(`${f.where} ${f.means}`));
      expect(found.map((f) => (f.about === null ? null : refText(f.about)))).toContain(about);
    });
  }
}

/** What is found in the box with the fault, and not without it. */
export function newFindings(planted: Planted): Finding[] {
  const text = (f: Finding) => JSON.stringify([f.code, f.about, f.where, f.means]);
  const known = new Set(readBox(soundBox()).findings.map(text));
  return readBox(soundBox(planted)).findings.filter((f) => !known.has(text(f)));
}
