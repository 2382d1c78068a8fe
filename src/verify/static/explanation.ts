import type { Model } from '../../model/kinds.ts';

/** Why a line may stand in Asterisk's log. */
export interface Explanation {
  /** Source file of Asterisk that writes it. */
  readonly source: string;
  readonly pattern: RegExp;
  readonly because: string;
  /** What must be so in the model for it; absent: it may be there with any. */
  readonly when?: (model: Model, found: RegExpExecArray) => boolean;
}

/** What func_curl says of a page that it does not get. */
export const UNREACHABLE_PAGE =
  /^(?:Could not resolve host|Couldn't resolve host|Failed to connect|Couldn't connect|Timeout was reached|Connection timed out|Resolving timed out).* \('/i;
