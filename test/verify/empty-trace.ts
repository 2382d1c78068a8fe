import type { Trace } from '../../src/verify/scenario.ts';

/** A call in which nothing happened. */
export const EMPTY_TRACE: Trace = {
  legs: [],
  heard: [],
  keys: '',
  musicClass: null,
  end: { at: 'hangup', cause: 16 },
  recorded: false,
  cdr: [],
  stepsToDial: null,
};
