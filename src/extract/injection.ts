import { inSequence } from './in-sequence.ts';
import type { Source } from './reader.ts';
import { type DialplanPage, gotoLine, type WrittenSection, writtenSection } from './written-section.ts';

const INJECTIONS = 'dialplaninjection_dialplaninjections';
const CONTEXT = /^injection-(\d+)$/;

/** What the site injected into the dialplan by the web pages (add-on dialplaninjection, part of IssabelPBX). */
export const injectionPage: DialplanPage = {
  module: 'dialplaninjection',
  tables: [INJECTIONS, 'dialplaninjection_commands'],
  sections: injections,
  leads: (source, context) => {
    const id = CONTEXT.exec(context)?.[1];
    if (id === undefined || !source.hasTable(INJECTIONS)) return null;
    return source.rows(INJECTIONS).some((row) => row.text('id').trim() === id);
  },
};

/** Source of the shape: dialplaninjection_get_config(), IssabelPBX. Lines are named 'dialplaninjection-3:2'. One with a number has a context by which it is dialled. */
function injections(source: Source): WrittenSection[] {
  const commands = source.rows('dialplaninjection_commands');
  return source.rows(INJECTIONS).flatMap((row): WrittenSection[] => {
    const id = row.text('id').trim();
    const own = inSequence(
      commands.filter((c) => c.text('injectionid').trim() === id),
      'sort',
    );
    const description = row.text('description').trim();
    const lines = [
      `exten => _.,1,Noop(Entering Injection: ${description})`,
      ...own.map((c) => commandLine(c.text('command'))),
      ...gotoLine('_.', row.text('destination')),
      'exten => h,1,Macro(hangupcall)',
    ];
    const file = `dialplaninjection-${id}`;
    const injection = {
      section: writtenSection(`injection-${id}`, file, lines),
      rows: [row, ...own],
      names: [{ extension: '_.', description, notes: '' }],
      joins: [],
    };
    const entry = entryLine(row.text('exten').trim(), id);
    if (entry === null) return [injection];
    return [
      injection,
      { section: writtenSection(`ext-injection-${id}`, file, [entry]), rows: [row], names: [], joins: ['from-internal-xfer'] },
    ];
  });
}

/** 'Playback(beep)', or with a label before it: '(again),Playback(beep)'. */
function commandLine(command: string): string {
  const [, label = '', call = command.trim()] = /^\(([^)]*)\),(.*)$/s.exec(command.trim()) ?? [];
  return `exten => _.,n${label === '' ? '' : `(${label})`},${call}`;
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
