import type { Destination } from '../model/destination.ts';
import { type Model, naturalOrder } from '../model/kinds.ts';
import type { Numbering } from '../model/numbering.ts';
import { refText } from '../model/ref.ts';
import type { Situation } from '../model/walk/situation.ts';
import type { Step } from '../model/walk/step.ts';
import { walk } from '../model/walk.ts';
import { words } from './words.ts';

/** What happens to a call, a line a step, up to where the caller chooses; then the ways from there. */
export interface Story {
  readonly lines: readonly string[];
  readonly branches: readonly Branch[];
  /** The hour decides something here or further on. */
  readonly byTime: boolean;
}

export interface Branch {
  /** '1', 'nothing keyed'. */
  readonly when: string;
  readonly leads: Story;
}

/** What is told of one call. */
export interface Asked {
  readonly from: Destination;
  readonly at: Situation;
}

/** What happens to a call, with every key of every menu that it comes to. A menu is told once, at its first place. */
export function story(model: Model, { from, at }: Asked, inside: Numbering): Story {
  const told = new Set<string>();
  const walked = (keys: readonly string[]): Step[] => walk(model, from, { ...at, keys }, inside);

  /** @param keys what was keyed so far, an entry each time that the caller was asked. */
  const tell = (steps: readonly Step[], begin: number, keys: readonly string[]): Story => {
    const lines: string[] = [];
    const rounds = new Rounds(steps);
    let given = keys;
    let byTime = false;
    for (let i = begin; i < steps.length; i++) {
      const skipped = rounds.skipFrom(i);
      if (skipped !== null) lines.push(`... round again, ${skipped.times === 1 ? 'once' : `${skipped.times} times`} ...`);
      i = skipped?.to ?? i;
      const step = steps[i] as Step;
      byTime ||= step.do === 'decide' && step.byTime;
      const menu = step.do === 'ask' && step.by.kind === 'ivr' ? model.ivr[step.by.id] : undefined;
      lines.push(...lineOf(model, step, steps[i + 1]));
      if (step.do !== 'ask') continue;
      if (menu === undefined) given = [...given, ''];
      else if (told.has(step.by.id)) return { lines: [...lines, 'and so on, as above'], branches: [], byTime };
      else {
        told.add(step.by.id);
        const branch = (key: string, when: string): Branch => ({ when, leads: tell(walked([...given, key]), i + 1, [...given, key]) });
        const chosen = menu.entries.toSorted((a, b) => naturalOrder(a.keys, b.keys)).map((e) => branch(e.keys, e.keys));
        const branches = [...chosen, branch('', 'nothing keyed')];
        return { lines, branches, byTime: byTime || branches.some((b) => b.leads.byTime) };
      }
    }
    return { lines, branches: [], byTime };
  };

  return tell(walked(at.keys), 0, at.keys);
}

/** What a step says to a reader who sees the next one as well. */
function lineOf(model: Model, step: Step, next: Step | undefined): string[] {
  // what comes next says itself what it is
  if (step.do === 'go-on' && step.because === 'destination' && ['enter', 'end', 'tone'].includes(next?.do ?? '')) return [];
  const said = words(model, step);
  // its keys are told one by one
  return step.do === 'ask' && step.by.kind === 'ivr' ? said.map((line) => line.replace(/: nothing$/, '')) : said;
}

/** A call that goes in a circle comes to the same object again and again: only its first two visits and the last are told. */
class Rounds {
  private readonly visits = new Map<string, number[]>();
  private readonly steps: readonly Step[];

  constructor(steps: readonly Step[]) {
    this.steps = steps;
    for (const [i, s] of steps.entries()) {
      if (s.do === 'enter') this.visits.set(refText(s.ref), [...(this.visits.get(refText(s.ref)) ?? []), i]);
    }
  }

  /** Where to go on instead of a visit that is left out, and how many are; null: it is told. */
  skipFrom(i: number): { to: number; times: number } | null {
    const step = this.steps[i];
    const visits = step?.do === 'enter' ? (this.visits.get(refText(step.ref)) ?? []) : [];
    const [last = i] = visits.slice(-1);
    return visits.indexOf(i) === TOLD_VISITS && last > i ? { to: last, times: visits.length - 1 - TOLD_VISITS } : null;
  }
}
const TOLD_VISITS = 2;

/** The same at every hour that its way depends on: the moments of each different story, the first first. */
export function storiesByHour(
  model: Model,
  asked: Asked,
  inside: Numbering,
  hours: readonly string[],
): { times: string[]; story: Story }[] {
  const at = (time: string | null): Story => story(model, { ...asked, at: { ...asked.at, time } }, inside);
  const [first = null] = hours;
  const plain = at(first);
  if (!plain.byTime) return [{ times: [], story: plain }];
  const found = new Map<string, { times: string[]; story: Story }>();
  for (const time of hours) {
    const told = at(time);
    const key = storyText(told).join('\n');
    const known = found.get(key);
    if (known === undefined) found.set(key, { times: [time], story: told });
    else known.times.push(time);
  }
  return [...found.values()];
}

/** The story as text, branches set in. */
export function storyText(told: Story, indent = ''): string[] {
  return [
    ...told.lines.map((line) => `${indent}${line}`),
    ...told.branches.flatMap(({ when, leads }) => [`${indent}- ${when}:`, ...storyText(leads, `${indent}    `)]),
  ];
}

/** 'Tue 2026-11-24 11:00 (and 4 hours like it)'. */
export function hoursText([first = '', ...others]: readonly string[]): string {
  const day = new Date(`${first.slice(0, 10)}T00:00:00Z`).toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' });
  return `${day} ${first}${others.length === 0 ? '' : ` (and ${others.length} ${others.length === 1 ? 'hour' : 'hours'} like it)`}`;
}
