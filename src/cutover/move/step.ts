import type { Context } from '../../context.ts';
import { throwIfAborted } from '../../error.ts';
import type { Journal } from './journal.ts';
import { type Machine, said } from './machine.ts';

/** One thing that is done on a machine: done twice, it does no harm. */
export interface Step {
  /** Stable within its phase. */
  readonly id: string;
  /** What it does, for people: 'the old Asterisk stops'. */
  readonly says: string;
  /** It changes something on the old machine, so it wants consent. */
  readonly writesOld?: boolean;
  /** The lines that it gives, as a person would type them. */
  readonly lines: readonly Line[];
  /** What came of it, in one line. */
  readonly run: () => Promise<string>;
}

export interface Line {
  readonly on: Machine;
  readonly script: string;
}

/** A step that is one script on one machine. @param o.result what is said where the script prints nothing */
export function scriptStep(o: { id: string; says: string; on: Machine; script: string; writesOld?: boolean; result: string }): Step {
  const { id, says, on, script, writesOld = false, result } = o;
  return { id, says, writesOld, lines: [{ on, script }], run: async () => (await said(on, script)).trim() || result };
}

/** What a step came to. */
export interface Done {
  readonly id: string;
  readonly says: string;
  readonly result: string;
  readonly seconds: number;
}

/** What a dry run prints: each step and its commands, nothing of it done. */
export function rehearsed(steps: readonly Step[]): Done[] {
  return steps.map(({ id, says, lines }) => ({ id, says, result: lines.map(({ on, script }) => on.typed(script)).join('\n'), seconds: 0 }));
}

/**
 * Does the steps in order, each told to the journal. A phase that was broken off goes on behind the last step that changed the old machine; what came after is done
 * again, and so is all of it where nothing was changed there.
 * @throws MigrateError of the step that fails; Interrupted
 */
export async function doSteps(phase: string, steps: readonly Step[], journal: Journal, c: Context): Promise<Done[]> {
  const done: Done[] = [];
  const held = journal.state.done[phase] ?? [];
  const first = steps.findLastIndex((step) => step.writesOld === true && held.includes(step.id)) + 1;
  for (const [i, step] of steps.entries()) {
    throwIfAborted(c.signal);
    if (i < first) continue;
    c.progress({ step: step.says, done: i, of: steps.length });
    const startedAt = performance.now();
    const result = await step.run().catch(async (error: unknown) => {
      await journal.write({ phase, step: step.id, failed: error instanceof Error ? error.message : String(error) });
      throw error;
    });
    const seconds = Math.round(performance.now() - startedAt) / 1000;
    await journal.write({ phase, step: step.id, result, seconds });
    await journal.keep({ done: { ...journal.state.done, [phase]: [...(journal.state.done[phase] ?? []), step.id] } });
    done.push({ id: step.id, says: step.says, result, seconds });
  }
  const { [phase]: _, ...others } = journal.state.done;
  await journal.keep({ done: others, ended: { ...journal.state.ended, [phase]: new Date().toISOString() } });
  return done;
}
