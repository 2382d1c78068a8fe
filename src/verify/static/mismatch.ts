import type { Ref } from '../../model/ref.ts';

/** Something that Asterisk holds otherwise than the model says. Secrets are named, never shown. */
export interface Mismatch {
  readonly about: Ref;
  readonly what: string;
  readonly expected: string;
  readonly held: string;
}
