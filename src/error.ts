/** What stops the work. One class, so that every door (CLI, JSON, tests) tells a failure the same way. */
export class MigrateError extends Error {
  /** Stable, `E_...`: scripts may test for it. */
  readonly code: string;
  /** file:line, or table and key; null where there is no such place. */
  readonly where: string | null;
  readonly why: string;
  readonly hint: string;
  /** Process exit status: 2 bad usage or input, 3 the environment lacks something. */
  readonly exit: 2 | 3;

  constructor(o: { code: `E_${string}`; where?: string; why: string; hint: string; exit?: 2 | 3; cause?: unknown }) {
    super(o.where === undefined ? o.why : `${o.where}: ${o.why}`, o.cause === undefined ? {} : { cause: o.cause });
    this.name = 'MigrateError';
    this.code = o.code;
    this.where = o.where ?? null;
    this.why = o.why;
    this.hint = o.hint;
    this.exit = o.exit ?? 2;
  }
}

/** Thrown when the run was interrupted; the CLI ends with 130. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interrupted';
  }
}

/** @throws Interrupted when the signal was raised. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new Interrupted();
}
