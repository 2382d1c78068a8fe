import type { CallResult } from '../calls/calls.ts';
import { counted } from './words.ts';

/** How many steps of the dialplan come before somebody rings, as a bar chart: a bar for so many steps, as high as so many calls. In px. */
export interface StepsChart {
  readonly width: number;
  readonly height: number;
  readonly base: number;
  readonly bars: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly middle: number;
    readonly above: number;
    readonly steps: string;
    readonly calls: string;
    readonly words: string;
  }[];
}

const BAR = 26;
const GAP = 4;
const HIGH = 140;
const TOP = 22;
const BOTTOM = 24;
/** More different numbers are put together, so that the chart fits a page. */
const MOST_BARS = 40;

/** null where no call rang anybody. */
export function stepsChart(results: readonly CallResult[]): StepsChart | null {
  const steps = results.flatMap((c) => c.trace?.stepsToDial ?? []);
  if (steps.length === 0) return null;
  const [least, most] = [Math.min(...steps), Math.max(...steps)];
  const per = Math.max(1, Math.ceil((most - least + 1) / MOST_BARS));
  const bars = Array.from({ length: Math.floor((most - least) / per) + 1 }, (_, i) => {
    const from = least + i * per;
    return { from, to: from + per - 1, calls: steps.filter((s) => s >= from && s < from + per).length };
  });
  const highest = Math.max(...bars.map((b) => b.calls));
  return {
    width: bars.length * (BAR + GAP) + GAP,
    height: TOP + HIGH + BOTTOM,
    base: TOP + HIGH,
    bars: bars.map(({ from, to, calls }, i) => {
      const height = Math.round((calls / highest) * HIGH);
      const x = GAP + i * (BAR + GAP);
      const words = `${from === to ? from : `${from} to ${to}`} steps: ${counted(calls, 'call')}`;
      return {
        x,
        y: TOP + HIGH - height,
        width: BAR,
        height,
        middle: x + BAR / 2,
        above: TOP + HIGH - height - 5,
        steps: String(from),
        calls: calls === 0 ? '' : String(calls),
        words,
      };
    }),
  };
}
