/** What a stage gets from whoever runs it. Stages never print: they report here. */
export interface Context {
  readonly signal: AbortSignal;
  progress(event: Progress): void;
  log(level: 'debug' | 'info', message: string, data?: object): void;
}

export interface Progress {
  readonly step: string;
  readonly done?: number;
  readonly of?: number;
  /** A line of its own for whoever has no terminal to look at: a server answers now. */
  readonly isNews?: true;
}

/** A context for tests and for callers that want silence. */
export function silentContext(signal: AbortSignal = new AbortController().signal): Context {
  return { signal, progress: () => undefined, log: () => undefined };
}
