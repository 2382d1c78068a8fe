import type { TranslatedLine } from '../asterisk/translate/translation.ts';
import { gotosInCircles } from '../model/circles.ts';
import type { Model } from '../model/kinds.ts';

/** So often within one second nobody comes who hears or waits for anything on the way. */
const MOST_A_SECOND = 50;
/** The second of the last pass and how many there were in it: '179621464712'. */
const COUNTED = '${SET(ROUND=${IF($["${ROUND:0:10}" = "${EPOCH}"]?${EPOCH}$[0${ROUND:10} + 1]:${EPOCH}1)}):10}';

/**
 * The lines of hand-made dialplan as they are written, with those Goto() guarded by which a call comes back to where it was by itself. The old box ran such a call at full
 * speed until the caller gave up (ELASTIX.md, section 19); here it ends. One that waits, rings or plays something on its way round goes on.
 */
export function withCircleGuards(model: Model, lines: readonly TranslatedLine[]): string[] {
  const round = new Set([...gotosInCircles(model)].map((step) => step.at));
  return lines.flatMap((l) => (round.has(`${l.file}:${l.line}`) ? l.written.map(guarded) : l.written));
}

function guarded(line: string): string {
  return line.replace(
    /^([^;]*?,)\s*Goto\((.*)\)(\s*;.*|\s*)$/i,
    (_, before: string, target: string, after: string) =>
      `${before}GotoIf($[${COUNTED} > ${MOST_A_SECOND}]?in-a-circle,\${EXTEN},1:${target})${after.trim() === '' ? ' ; it comes back here by itself' : after}`,
  );
}
