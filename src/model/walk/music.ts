import type { Call, Run } from './call.ts';

/** A class that a caller hears instead of ringing: the default one where it is not there; null: he hears it ring. */
export function heardMusic(run: Run, musicClass: string | null): string | null {
  return musicClass === null || musicClass in run.model['music-class'] ? musicClass : 'default';
}

/** The music that waits for this caller. A class that is not there is the default one (golden: queue/402, whose class the box lacks). */
export function musicFor(run: Run, call: Call): string {
  const { musicClass } = call;
  return musicClass !== null && musicClass in run.model['music-class'] ? musicClass : 'default';
}
