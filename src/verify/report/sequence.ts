import { endText } from '../calls/compare.ts';
import type { Scenario, Trace } from '../scenario.ts';
import { nameOf, shownAs } from './words.ts';

/** A call as a sequence picture: who takes part, each with a line down, and what goes between them, from above. All in px. */
export interface Sequence {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly {
    readonly name: string;
    readonly x: number;
    readonly y1: number;
    readonly y2: number;
    readonly middle: number;
  }[];
  readonly arrows: readonly Arrow[];
}

interface Arrow {
  readonly text: string;
  readonly y: number;
  readonly x1: number;
  readonly x2: number;
  /** Tip of the arrow, as SVG's points. */
  readonly tip: string;
  readonly textX: number;
  readonly textY: number;
  readonly isDashed: boolean;
  readonly isWrong: boolean;
}

const COLUMN = 170;
const MARGIN = 85;
const TOP = 44;
const ROW = 30;
const TIP = 6;
/** A caller in a circle hears a prompt for ever: the beginning tells enough. */
const MOST_ARROWS = 60;
const LONGEST_TEXT = 34;

interface Event {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** An answer, or an end. */
  readonly back: boolean;
  readonly wrong: boolean;
}

/** The picture of one side of a call; `other` is the other side: what is not there is marked. */
export function sequence(title: string, scenario: Scenario, trace: Trace, other: Trace | null): Sequence {
  const parties = ['caller', 'PBX', ...new Set(trace.legs.map((l) => nameOf(l.to)))];
  const events = eventsOf(scenario, trace, other, parties).slice(0, MOST_ARROWS);
  const height = TOP + (events.length + 1) * ROW;
  return {
    title,
    width: MARGIN * 2 + COLUMN * (parties.length - 1),
    height,
    lines: parties.map((name, i) => ({ name: short(name, 22), x: x(i), y1: TOP - 14, y2: height - 8, middle: TOP - 22 })),
    arrows: events.map((e, i) => arrow(e, TOP + (i + 1) * ROW - 8)),
  };
}

/** First what the caller hears before anybody rings cannot be told from what he hears after: prompts stand first, as they mostly do. */
function eventsOf(scenario: Scenario, trace: Trace, other: Trace | null, parties: readonly string[]): Event[] {
  const events: Event[] = [{ from: 0, to: 1, text: `dials ${scenario.dial}`, back: false, wrong: false }];
  trace.heard.forEach((prompt, i) => {
    events.push({ from: 1, to: 0, text: `♪ ${prompt}`, back: true, wrong: other !== null && other.heard[i] !== prompt });
  });
  if (trace.keys !== '')
    events.push({ from: 0, to: 1, text: `keys ${trace.keys}`, back: false, wrong: other !== null && other.keys !== trace.keys });
  if (trace.musicClass !== null)
    events.push({
      from: 1,
      to: 0,
      text: `music ${trace.musicClass}`,
      back: true,
      wrong: other !== null && other.musicClass !== trace.musicClass,
    });
  for (const leg of trace.legs) {
    const at = parties.indexOf(nameOf(leg.to));
    const like = other?.legs.find((l) => nameOf(l.to) === nameOf(leg.to) && l.dialled === leg.dialled);
    const seconds = leg.rangMs > 0 ? ` after ${(leg.rangMs / 1000).toFixed(1)} s` : '';
    const shown = like === undefined ? null : shownAs(like.shown);
    events.push({
      from: 1,
      to: at,
      text: `rings, ${shownAs(leg.shown)}`,
      back: false,
      wrong: other !== null && shown !== shownAs(leg.shown),
    });
    events.push({
      from: at,
      to: 1,
      text: `${leg.answered ? 'answers' : 'does not answer'}${seconds}`,
      back: true,
      wrong: other !== null && like?.answered !== leg.answered,
    });
  }
  if (trace.recorded) events.push({ from: 1, to: 1, text: 'is recorded', back: false, wrong: other !== null && !other.recorded });
  const byCaller = trace.end.at === 'caller';
  events.push({
    from: byCaller ? 0 : 1,
    to: byCaller ? 1 : 0,
    text: endText(trace),
    back: !byCaller,
    wrong: other !== null && endText(other) !== endText(trace),
  });
  return events;
}

function arrow(e: Event, y: number): Arrow {
  const [x1, x2] = [x(e.from), x(e.to)];
  const tip = x2 >= x1 ? x2 - TIP : x2 + TIP;
  return {
    text: short(e.text, LONGEST_TEXT),
    y,
    x1,
    x2,
    tip: `${x2},${y} ${tip},${y - 4} ${tip},${y + 4}`,
    textX: (x1 + x2) / 2,
    textY: y - 5,
    isDashed: e.back,
    isWrong: e.wrong,
  };
}

function x(column: number): number {
  return MARGIN + column * COLUMN;
}

function short(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}
