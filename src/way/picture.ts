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

/** The same laid out, for a page that draws it itself. All in points, from the upper left corner. */
export interface Drawing {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly { readonly x: number; readonly y: number; readonly width: number; readonly height: number }[];
  /** `d` of the line and points of its tip, as SVG has them. */
  readonly arrows: readonly { readonly line: string; readonly tip: string }[];
  readonly texts: readonly { readonly x: number; readonly y: number; readonly anchor: 'start' | 'middle'; readonly text: string }[];
}

type Point = readonly [number, number];
interface Shape {
  readonly op: string;
  readonly points?: readonly Point[];
  readonly pt?: Point;
  readonly align?: string;
  readonly text?: string;
}
/** A node or edge as Graphviz lays it out (output format json). */
interface Laid {
  readonly _draw_?: readonly Shape[];
  readonly _hdraw_?: readonly Shape[];
  readonly _ldraw_?: readonly Shape[];
}

export async function drawing(title: string, told: Story): Promise<Drawing> {
  const viz = await instance();
  const laid = viz.renderJSON(dot(title, told)) as {
    readonly bb: string;
    readonly objects: readonly Laid[];
    readonly edges?: readonly Laid[];
  };
  const [, , width = 0, height = 0] = laid.bb.split(',').map(Number);
  // Graphviz counts from below
  const at = ([x, y]: Point): string => `${round(x)},${round(height - y)}`;
  const edges = laid.edges ?? [];
  return {
    title,
    width: Math.ceil(width),
    height: Math.ceil(height),
    boxes: laid.objects.flatMap((o) => (o._draw_ ?? []).flatMap((s) => (s.points === undefined ? [] : [boxOf(s.points, height)]))),
    arrows: edges.map((e) => ({
      line: pathOf((e._draw_ ?? []).find((s) => s.op === 'b')?.points ?? [], at),
      tip: ((e._hdraw_ ?? []).find((s) => s.op === 'P')?.points ?? []).map(at).join(' '),
    })),
    texts: [...laid.objects, ...edges].flatMap((o) => (o._ldraw_ ?? []).flatMap((s) => textOf(s, height))),
  };
}

/** A first point, then three for each curve (Bézier). */
function pathOf([first, ...others]: readonly Point[], at: (p: Point) => string): string {
  return first === undefined ? '' : `M${at(first)} C${others.map(at).join(' ')}`;
}

function boxOf(points: readonly Point[], height: number): Drawing['boxes'][number] {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.max(...ys)];
  return { x: round(left), y: round(height - top), width: round(Math.max(...xs) - left), height: round(top - Math.min(...ys)) };
}

function textOf({ op, pt, align, text }: Shape, height: number): Drawing['texts'] {
  if (op !== 'T' || pt === undefined || text === undefined) return [];
  return [{ x: round(pt[0]), y: round(height - pt[1]), anchor: align === 'l' ? 'start' : 'middle', text }];
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
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
    // a size more than is drawn: who has no Helvetica sees letters that are wider
    '  node [shape=box, style="rounded", fontname="Helvetica", fontsize=11.5, margin="0.12,0.08"];',
    '  edge [fontname="Helvetica", fontsize=11.5];',
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
