import { instance } from '@viz-js/viz';
import type { Story } from './story.ts';

/** Characters in a line of a box. */
const WIDTH = 46;
/** Lines of a box at most: whoever wants all of them reads the text. */
const MOST_LINES = 24;

/** The ways of a call as SVG: a box for what happens up to each choice, an arrow for each choice. @param title what is called. */
export async function picture(title: string, told: Story): Promise<string> {
  const viz = await instance();
  return viz.renderString(dot(title, told), { format: 'svg', engine: 'dot' }).replace(/^[\s\S]*?(?=<svg)/, '');
}

/** The same in Graphviz' language. */
export function dot(title: string, told: Story): string {
  const lines: string[] = [];
  let count = 0;
  const box = (story: Story): string => {
    const name = `n${count++}`;
    lines.push(`  ${name} [label="${label(story.lines)}"];`);
    for (const { when, leads } of story.branches) lines.push(`  ${name} -> ${box(leads)} [label="${quoted(when)}"];`);
    return name;
  };
  const first = box(told);
  return [
    'digraph way {',
    '  rankdir=TB; bgcolor="transparent";',
    '  node [shape=box, style="rounded", fontname="Helvetica", fontsize=10, margin="0.12,0.08"];',
    '  edge [fontname="Helvetica", fontsize=10];',
    `  start [shape=plaintext, style="", label="${quoted(title)}"];`,
    ...lines,
    `  start -> ${first};`,
    '}',
    '',
  ].join('\n');
}

/** Lines of a box, each set to the left (`\l`), broken at words. */
function label(lines: readonly string[]): string {
  const all = lines.flatMap(broken);
  const shown = all.length > MOST_LINES ? [...all.slice(0, MOST_LINES - 1), '...'] : all;
  return shown.length === 0 ? ' ' : shown.map((line) => `${quoted(line)}\\l`).join('');
}

function broken(line: string): string[] {
  const rows: string[] = [];
  for (const word of line.split(' ')) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(rows.length === 0 ? word : `  ${word}`);
  }
  return rows;
}

/** Inside quotes of Graphviz a backslash begins an escape, and so does `&` of HTML. */
function quoted(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll(/[\p{Cc}]/gu, ' ');
}
