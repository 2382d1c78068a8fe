import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** How long a step of a phase took when it was last done; null: it was not done yet. */
export interface StepTime {
  readonly phase: 'sync' | 'go' | 'back';
  readonly step: string;
  readonly says: string;
  readonly last: { readonly at: string; readonly seconds: number; readonly result: string } | null;
}

/** Steps that take time, in their order. Between the first and the last of `go` nobody can call. */
const STEPS: readonly Omit<StepTime, 'last'>[] = [
  { phase: 'sync', step: 'call-records', says: 'call records that came since the last copy' },
  { phase: 'sync', step: 'state', says: 'forwards, do not disturb, day and night' },
  { phase: 'sync', step: 'voicemail', says: 'voicemail that came since the last copy' },
  { phase: 'sync', step: 'recordings', says: 'recordings that came since the last copy' },
  { phase: 'go', step: 'old-stops', says: 'the old Asterisk stops' },
  { phase: 'go', step: 'last-voicemail', says: 'voicemail that was being left' },
  { phase: 'go', step: 'address-to-new-leaves', says: 'the address leaves the old machine' },
  { phase: 'go', step: 'address-to-new-comes', says: 'and comes to the new one' },
  { phase: 'go', step: 'contacts-given', says: 'contacts of telephones are taken over' },
  { phase: 'go', step: 'live', says: 'the new PBX goes live' },
  { phase: 'go', step: 'carriers', says: 'it is registered with the carriers' },
  { phase: 'back', step: 'old-starts', says: 'the way back: the old Asterisk starts' },
];

/** A line of the journal that tells of a step that was done. */
const done = z.object({ at: z.string(), phase: z.string(), step: z.string(), seconds: z.number(), result: z.string() });

/** From journal.jsonl; lines that tell of something else, or of nothing, are passed over. */
export function timesOf(journal: string): StepTime[] {
  const last = new Map<string, z.output<typeof done>>();
  for (const line of journal.split('\n')) {
    const read = done.safeParse(jsonOf(line));
    if (read.success) last.set(`${read.data.phase}/${read.data.step}`, read.data);
  }
  return STEPS.map((step) => {
    const { at, seconds, result } = last.get(`${step.phase}/${step.step}`) ?? {};
    return { ...step, last: at === undefined || seconds === undefined ? null : { at, seconds, result: result ?? '' } };
  });
}

/** What the journal of a build has measured so far. */
export async function readTimes(build: string): Promise<StepTime[]> {
  return timesOf(await readFile(join(build, '.cutover', 'journal.jsonl'), 'utf8').catch(() => ''));
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
