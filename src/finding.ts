import { z } from 'zod';
import type { Ref } from './model/ref.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Every code once, with its severity and the cure that the docs list. What it means for callers is said where it is found. */
export const FINDINGS = {
  COLUMN_UNREAD: { severity: 'warning', cure: 'The column holds more than its default and no reader asks for it: look at the rows and set what they mean in the model by hand.' },
  TABLE_UNKNOWN: { severity: 'info', cure: 'The table is counted in the ledger and not read; look whether anyone needs what it holds.' },
  DESTINATION_NOT_CARRIED: { severity: 'error', cure: 'Point it elsewhere in the model, or wait for the kind to be carried.' },
  DESTINATION_MISSING: { severity: 'warning', cure: 'The old box hangs up here in silence, and so does the new one: give it a destination in the model.' },
  TIME_ZONE_UNKNOWN: { severity: 'warning', cure: 'Set settings.pbx.timeZone in the model, or pass --time-zone.' },
} as const satisfies Record<string, { severity: Severity; cure: string }>;
export type FindingCode = keyof typeof FINDINGS;

/** Something that does not stop the work and that a person must know. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly about: Ref | null;
  /** file:line, or table and key. */
  readonly where: string | null;
  /** What it means for those who call. */
  readonly means: string;
  readonly hint: string;
}

export function finding(code: FindingCode, o: { about?: Ref; where?: string; means: string; hint?: string }): Finding {
  return {
    code,
    severity: FINDINGS[code].severity,
    about: o.about ?? null,
    where: o.where ?? null,
    means: o.means,
    hint: o.hint ?? FINDINGS[code].cure,
  };
}

/** findings.json, beside each stage's output. */
export const findingsFile = z.array(
  z.object({
    code: z.custom<FindingCode>((v) => typeof v === 'string' && v in FINDINGS, 'unknown finding code'),
    severity: z.enum(['error', 'warning', 'info']),
    about: z.custom<Ref | null>(),
    where: z.string().nullable(),
    means: z.string(),
    hint: z.string(),
  }),
);

export function countFindings(findings: readonly Finding[]): Record<Severity, number> {
  const count = { error: 0, warning: 0, info: 0 };
  for (const f of findings) count[f.severity]++;
  return count;
}
