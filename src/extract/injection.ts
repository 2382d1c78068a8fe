import { parseConf } from '../asterisk/conf.ts';
import type { BoxSection } from './box-section.ts';
import { customFiles } from './custom-file.ts';
import { inSequence } from './in-sequence.ts';
import type { Row, Source } from './reader.ts';

/** What the site injected into the dialplan by the web pages (add-on dialplaninjection, part of IssabelPBX). */
export const INJECTION_TABLES: readonly string[] = ['dialplaninjection_dialplaninjections', 'dialplaninjection_commands'];
const MODULE = 'dialplaninjection';
const CONTEXT = /^injection-(\d+)$/;

/** An injection as a context of hand-made dialplan, and the one by which its number is dialled. */
export interface Injection {
  readonly section: BoxSection;
  readonly rows: readonly Row[];
  readonly description: string;
  /** Telephones reach it: it has the number of an injection. */
  readonly isDialled: boolean;
}

/** Source of the shape: dialplaninjection_get_config(), IssabelPBX. Lines are named 'dialplaninjection-3:2'. */
export function injections(source: Source): Injection[] {
  if (source.moduleOff(MODULE)) return [];
  const commands = source.rows('dialplaninjection_commands');
  return source.rows('dialplaninjection_dialplaninjections').flatMap((row): Injection[] => {
    const id = row.text('id').trim();
    const own = inSequence(
      commands.filter((c) => c.text('injectionid').trim() === id),
      'sort',
    );
    const description = row.text('description').trim();
    const lines = [
      `exten => _.,1,Noop(Entering Injection: ${description})`,
      ...own.map((c) => commandLine(c.text('command'))),
      ...goesOn(row.text('destination')),
      'exten => h,1,Macro(hangupcall)',
    ];
    const injection = { section: sectionOf(`injection-${id}`, id, lines), rows: [row, ...own], description, isDialled: false };
    const entry = entryLine(row.text('exten').trim(), id);
    return entry === null
      ? [injection]
      : [injection, { section: sectionOf(`ext-injection-${id}`, id, [entry]), rows: [row], description, isDialled: true }];
  });
}

/** All that the site wrote by hand, in files and on the page for injections. */
export function handMadeSections(source: Source): BoxSection[] {
  return [...customFiles(source).sections, ...injections(source).map((i) => i.section)];
}

/** Whether a context is one that an injection makes; null: it is called otherwise. */
export function leadsToInjection(source: Source, context: string): 'is-there' | 'no-such-object' | 'module-off' | null {
  const id = CONTEXT.exec(context)?.[1];
  if (id === undefined || !source.hasTable('dialplaninjection_dialplaninjections')) return null;
  if (source.moduleOff(MODULE)) return 'module-off';
  const rows = source.rows('dialplaninjection_dialplaninjections');
  return rows.some((row) => row.text('id').trim() === id) ? 'is-there' : 'no-such-object';
}

/** A section as if it stood in a file: what is no line of dialplan becomes none, and a comment ends a command as it did on the old box. */
function sectionOf(name: string, id: string, lines: readonly string[]): BoxSection {
  const file = `dialplaninjection-${id}`;
  const text = lines.map((line) => line.replace(/[\r\n]+/g, ' ')).join('\n');
  const entries = parseConf(text, file).sections.flatMap((s) => s.entries.map((entry) => ({ ...entry, file })));
  return { name, template: false, inherits: [], append: false, file, line: 1, entries };
}

/** 'Playback(beep)', or with a label before it: '(again),Playback(beep)'. */
function commandLine(command: string): string {
  const [, label = '', call = command.trim()] = /^\(([^)]*)\),(.*)$/s.exec(command.trim()) ?? [];
  return `exten => _.,n${label === '' ? '' : `(${label})`},${call}`;
}

function goesOn(destination: string): string[] {
  const [context = '', extension = '', priority = ''] = destination.split(',').map((part) => part.trim());
  return context === '' || extension === '' || priority === '' ? [] : [`exten => _.,n,Goto(${context},${extension},${priority})`];
}

/** The number by which it is dialled, or a pattern: '9|NXXXXXX' takes the 9 away. */
function entryLine(number: string, id: string): string | null {
  if (number === '' || /[\s,;()/]/.test(number)) return null;
  const pattern = number.replace(/^_/, '');
  const cut = pattern.indexOf('|');
  const plain = pattern.replaceAll('|', '');
  const extension = /^[0-9*]+$/.test(plain) ? plain : `_${plain}`;
  return `exten => ${extension},1,Goto(injection-${id},\${EXTEN${cut > 0 ? `:${cut}` : ''}},1)`;
}
