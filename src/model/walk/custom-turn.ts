import type { Destination } from '../destination.ts';
import type { Call, Run } from './call.ts';
import type { Ending } from './step.ts';

/** Where a call is in hand-made dialplan. */
export interface At {
  readonly context: string;
  readonly extension: string;
  readonly priority: number;
}

/** What a step does to the call: it goes on with the next, at another place, to somewhere else, or it is over. */
export type Turn =
  | { readonly goes: 'on' }
  | { readonly goes: 'to'; readonly context: string | null; readonly extension: string | null; readonly priority: string }
  | { readonly goes: 'out'; readonly destination: Destination }
  | { readonly goes: 'over'; readonly ending: Ending }
  /** Nobody can tell what it does. */
  | { readonly goes: 'unknown' };

/** A call while hand-made dialplan has it. */
export interface Visit {
  readonly run: Run;
  readonly call: Call;
  readonly at: At;
}
