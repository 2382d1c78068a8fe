/** One habit of hand-made dialplan: written as people write it, and what it does in Asterisk 22 once it is translated. */
export interface Idiom {
  /** Its number in DIALPLAN.md, section 8. */
  readonly number: number;
  readonly fact: string;
  /** Old dialplan. `OUT(text)` tells the test; contexts are `[i7]` and `[macro-i7]`, and so on. */
  readonly old: string;
  /** Extensions of `[i7]` that are called, each by a call of its own; by default 1. `keys`: what the caller keys. */
  readonly calls?: readonly { readonly dial: string; readonly keys?: string; readonly seconds?: number }[];
  /** What was told, in order; of several calls, one after the other. Told as well: 'arrived …' by the carrier, 'joined …' by a conference. */
  readonly told: readonly string[];
  /** Files that are there afterwards; null: whatever is in them. */
  readonly files?: Readonly<Record<string, string | null>>;
  /** First prompts that the caller hears. */
  readonly heard?: readonly string[];
  readonly leavesRecord?: boolean;
}
