import { parseConf } from '../asterisk/conf.ts';
import type { BoxSection } from './box-section.ts';
import type { Row, Source } from './reader.ts';

/** A context of dialplan that a page of the PBX wrote line by line from its own rows: hand-made dialplan, whoever typed it. */
export interface WrittenSection {
  readonly section: BoxSection;
  /** The rows that it says. */
  readonly rows: readonly Row[];
  /** What people called its places, and what they wrote about them. */
  readonly names: readonly { readonly extension: string; readonly description: string; readonly notes: string }[];
  /** Contexts of the PBX that include it. */
  readonly joins: readonly string[];
}

/** A page that writes dialplan. */
export interface DialplanPage {
  /** FreePBX's name of the module: where it is off, its dialplan is not made. */
  readonly module: string;
  readonly tables: readonly string[];
  readonly sections: (source: Source) => readonly WrittenSection[];
  /** Whether a destination is a place that the page made. null: it is none of its own. */
  readonly leads: (source: Source, context: string, extension: string) => boolean | null;
}

/** A section as if it stood in a file, so that lines are told apart as 'writequeuelog:3': what is no line of dialplan becomes none, and a comment ends one. */
export function writtenSection(name: string, file: string, lines: readonly string[]): BoxSection {
  const text = lines.map((line) => line.replace(/[\r\n]+/g, ' ')).join('\n');
  const entries = parseConf(text, file).sections.flatMap((s) => s.entries.map((entry) => ({ ...entry, file })));
  return { name, template: false, inherits: [], append: false, file, line: 1, entries };
}

/** The line that sends a call on; none where the row names no place. */
export function gotoLine(extension: string, destination: string): string[] {
  const parts = destination.split(',').map((part) => part.trim());
  const [context = '', number = '', priority = ''] = parts;
  return context === '' || number === '' || priority === '' ? [] : [`exten => ${extension},n,Goto(${context},${number},${priority})`];
}
