import type { Ami } from '../../asterisk/ami.ts';
import type { Container } from '../../engine/container.ts';
import type { Carrier } from './carriers.ts';
import type { CallRecords } from './database.ts';
import type { IaxParty } from './iax.ts';

/** A PBX that calls are placed into, and the world around it. */
export interface Side {
  readonly pbx: { readonly container: Container; readonly ami: Ami };
  readonly world: { readonly container: Container; readonly ami: Ami };
  readonly database: CallRecords;
  readonly carriers: readonly Carrier[];
  readonly iax: readonly IaxParty[];
  /** That the PBX keeps: an IANA name. */
  readonly timeZone: string;
  /** Passwords that stand in its dialplan: no report shows them. */
  readonly secrets: readonly string[];
  /** The PBX's system clock is at the time that its calls need: none brings a time of its own. */
  readonly onSystemClock: boolean;
  /** What the new PBX plays where this one plays a prompt. */
  prompts(prompt: string): readonly string[];
}
