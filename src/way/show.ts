import { writeFile } from 'node:fs/promises';
import { moments } from '../model/moments.ts';
import { numbering } from '../model/numbering.ts';
import { readModel } from '../model/store.ts';
import { beginning, type Circumstances } from './beginning.ts';
import { picture } from './picture.ts';
import { hoursText, type Story, storiesByHour, story, storyText } from './story.ts';

export interface ShowOptions extends Omit<Circumstances, 'time'> {
  /** Local time 'YYYY-MM-DD HH:mm'; left out: every hour that the call's way depends on. */
  readonly time?: string;
  /** File for a picture of it. */
  readonly svg?: string;
}

/** What becomes of a call, at one hour or at each that makes a difference. */
export interface Shown {
  readonly what: string;
  readonly ways: readonly { readonly times: readonly string[]; readonly story: Story }[];
}

/**
 * Walks a call through a model folder: `show('model', 'did', '74951234567', { phones: 'ignore' })`.
 * @throws MigrateError of the model (E_MODEL_...) or of what is asked (E_SHOW_...).
 */
export async function show(dir: string, kind: string, id: string, o: ShowOptions): Promise<Shown> {
  const model = await readModel(dir);
  const inside = numbering(model);
  const asked = beginning(model, kind, id, { ...o, time: o.time ?? null });
  const ways =
    o.time === undefined ? storiesByHour(model, asked, inside, moments(model)) : [{ times: [o.time], story: story(model, asked, inside) }];
  const shown = { what: `${kind} ${id}`, ways };
  if (o.svg !== undefined) await writeFile(o.svg, await picture(shown.what, asOne(ways)));
  return shown;
}

/** As text for a person. */
export function shownText({ what, ways }: Shown): string {
  const told = ways.map(({ times, story: s }) => {
    const text = storyText(s, times.length === 0 ? '  ' : '    ');
    return times.length === 0 ? text : [`  ${hoursText(times)}:`, ...text];
  });
  return `${[what, ...told.flat()].join('\n')}\n`;
}

/** Several stories as one, with a branch for each hour. */
export function asOne(ways: Shown['ways']): Story {
  const [only, ...others] = ways;
  if (only !== undefined && others.length === 0) return only.story;
  return { lines: ['the hour decides'], branches: ways.map((w) => ({ when: hoursText(w.times), leads: w.story })), byTime: true };
}
