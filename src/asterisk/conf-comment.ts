/** Block comments nest and go over lines. */
export interface CommentState {
  /** Blocks open. -1 after a `--;` that nothing opened: Asterisk counts it too, and reads nothing until a `;--`. */
  depth: number;
  /** Line of the outermost open block. */
  openedAt: number;
}

const MAX_NESTED_COMMENTS = 128;

/**
 * What is left of a line without its comments, `\;` made `;`; null where all of it lies in a block comment. Changes `state`.
 * A port of the loop in config_text_file_load() (main/config.c), oddities included: a `--;` counts wherever it stands, `;---` opens no block.
 */
export function stripComments(raw: string, line: number, state: CommentState): string | null {
  let text = raw;
  let at = 0; // where the search goes on
  let from: number | null = state.depth === 0 ? 0 : null; // where the kept text begins
  let cut: number | null = null; // where a block that began on this line took over
  for (let p = text.indexOf(';', at); p >= 0; p = text.indexOf(';', at)) {
    if (p > at && text[p - 1] === '\\') {
      text = text.slice(0, p - 1) + text.slice(p);
      at = p;
    } else if (text.startsWith(';--', p) && text[p + 3] !== '-') {
      if (state.depth < MAX_NESTED_COMMENTS) state.depth++;
      if (state.depth === 1) state.openedAt = line;
      cut ??= p;
      at = p + 3;
    } else if (p >= at + 2 && text.startsWith('--', p - 2)) {
      state.depth--;
      at = p + 1;
      if (state.depth === 0 && from === null) [from, cut] = [at, null];
      else if (state.depth === 0 && cut !== null) {
        text = text.slice(0, cut) + text.slice(at);
        [at, cut] = [cut, null];
      }
    } else if (state.depth === 0) {
      text = text.slice(0, p);
      at = p;
    } else {
      at = p + 1;
    }
  }
  return from === null ? null : text.slice(from, cut ?? undefined);
}
