import { Interrupted, MigrateError } from '../error.ts';
import type { Redact } from './redact.ts';
import type { ErrorDocument } from './result.ts';

/** Why a run ended without a result, as every door tells it. */
export interface Failure {
  readonly exit: 2 | 3 | 130;
  readonly error: ErrorDocument['error'];
  /** For --debug only. */
  readonly stack: string | null;
}

/** Whatever was thrown, as a failure with no secret in it. `interrupted`: a signal came, so that is the reason, whatever broke on the way down. */
export function failureOf(thrown: unknown, interrupted: boolean, redact: Redact): Failure {
  const stack = thrown instanceof Error && thrown.stack !== undefined ? redact(stackOf(thrown)) : null;
  if (interrupted || thrown instanceof Interrupted) {
    return {
      exit: 130,
      error: { code: 'E_INTERRUPTED', where: null, why: 'the run was interrupted', hint: 'Run it again: it starts over.' },
      stack,
    };
  }
  if (thrown instanceof MigrateError) {
    const { code, where, why, hint } = thrown;
    return {
      exit: thrown.exit,
      error: { code, where: where === null ? null : redact(where), why: redact(why), hint: redact(hint) },
      stack,
    };
  }
  return { exit: 3, error: unforeseen(thrown, redact), stack };
}

export function usageFailure(why: string, hint: string): Failure {
  return { exit: 2, error: { code: 'E_USAGE', where: null, why, hint }, stack: null };
}

/** What, where, why and what next, a line each. */
export function failureText(what: string, f: Failure, withStack: boolean): string {
  const lines = [`${what} (${f.error.code})`];
  if (f.error.where !== null) lines.push(`  where: ${f.error.where}`);
  lines.push(`  why:   ${f.error.why}`, `  next:  ${f.error.hint}`);
  if (withStack && f.stack !== null) lines.push(f.stack);
  return `${lines.join('\n')}\n`;
}

function unforeseen(thrown: unknown, redact: Redact): ErrorDocument['error'] {
  const why = redact(thrown instanceof Error ? thrown.message : String(thrown));
  if (isSystemError(thrown)) {
    return {
      code: 'E_SYSTEM',
      where: thrown.path === undefined ? null : redact(thrown.path),
      why,
      hint: 'The system refused: free what it lacks, and run again.',
    };
  }
  return {
    code: 'E_UNFORESEEN',
    where: null,
    why,
    hint: 'This is a defect of the kit: run again with --debug, and report it with debug.jsonl.',
  };
}

function isSystemError(thrown: unknown): thrown is NodeJS.ErrnoException {
  return thrown instanceof Error && 'errno' in thrown && 'syscall' in thrown;
}

function stackOf(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by ${stackOf(error.cause)}` : own;
}
