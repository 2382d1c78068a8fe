import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { MigrateError } from '../../error.ts';
import { readBuild } from '../../model/build.ts';
import { readVerified } from '../plan/verified.ts';
import { backSteps } from './back.ts';
import { freezeSteps } from './freeze.ts';
import { goSteps } from './go.ts';
import { Journal } from './journal.ts';
import type { Machine } from './machine.ts';
import { type Between, pilotSteps } from './pilot.ts';
import type { Asked, Sides } from './sides.ts';
import { type Done, doSteps, rehearsed, type Step } from './step.ts';
import { syncSteps } from './sync.ts';

export const PHASES = ['freeze', 'sync', 'go', 'back', 'pilot'] as const;
export type Phase = (typeof PHASES)[number];

export interface CutoverOptions extends Asked {
  readonly old: Machine;
  readonly new: Machine;
  /** Nothing is done; the commands are told. */
  readonly dryRun: boolean;
  /** What somebody typed who wants the old machine to be changed: 'go root@old'. */
  readonly consent: string | null;
  /** Folder of the last verification. */
  readonly report: string;
  /** Telephones that are served before the rest. */
  readonly pilots: readonly string[];
  /** null: no calls between the two PBXs. */
  readonly between: Between | null;
}

/**
 * One phase of a cutover, its steps in order; each is told to BUILD/.cutover/journal.jsonl. One that was broken off goes on where it was.
 * @throws MigrateError E_NOT_VERIFIED, E_CONSENT, E_NOT_INSTALLED, E_MACHINE, E_BUILD_*, E_JOURNAL; Interrupted
 */
export async function cutover(
  phase: Phase,
  buildDir: string,
  o: CutoverOptions,
  c: Context,
): Promise<{ phase: Phase; dryRun: boolean; steps: Done[] }> {
  const build = await readBuild(buildDir);
  const journal = await Journal.open(buildDir);
  const sides: Sides = { old: o.old, new: o.new, build, journal, asked: o, context: c };
  const steps = stepsOf(phase, sides, o);
  if (o.dryRun) return { phase, dryRun: true, steps: rehearsed(steps) };
  if (phase === 'go') await refuseUnverified(sides, o);
  refuseWithoutConsent(phase, steps, o);
  await journal.write({ phase, begins: true, ...(o.despite === null ? {} : { despite: o.despite }) });
  return { phase, dryRun: false, steps: await doSteps(phase, steps, journal, c) };
}

function stepsOf(phase: Phase, s: Sides, o: Pick<CutoverOptions, 'pilots' | 'between'>): Step[] {
  switch (phase) {
    case 'freeze':
      return freezeSteps(s);
    case 'sync':
      return syncSteps(s);
    case 'go':
      return goSteps(s);
    case 'back':
      return backSteps(s);
    case 'pilot':
      return pilotSteps(s, o.pilots, o.between);
  }
}

/** What was tried must be what goes live. */
async function refuseUnverified({ build }: Sides, o: CutoverOptions): Promise<void> {
  if (o.despite !== null) return;
  const read = await readVerified(join(o.report, 'report.json'), build);
  if (read?.verified.isGreen === true) return;
  throw new MigrateError({
    code: 'E_NOT_VERIFIED',
    where: o.report,
    why: read === null ? 'there is no verification of this build' : `the last verification is not green: ${read.verified.but.join('; ')}`,
    hint: 'Run `migrate verify BUILD`, or say why it goes live all the same: --despite "REASON".',
  });
}

function refuseWithoutConsent(phase: Phase, steps: readonly Step[], o: CutoverOptions): void {
  const phrase = `${phase} ${o.old.name}`;
  const writing = steps.filter((step) => step.writesOld === true);
  if (writing.length === 0 || o.consent === phrase) return;
  throw new MigrateError({
    code: 'E_CONSENT',
    where: o.old.name,
    why: `this changes the old machine (${writing.map((step) => step.says).join('; ')}), and nobody has said yes`,
    hint: `See \`--dry-run\` first; then type --consent "${phrase}".`,
  });
}
