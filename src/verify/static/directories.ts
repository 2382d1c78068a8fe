import { split } from '../../asterisk/arguments.ts';
import { dialledEntries } from '../../model/directory.ts';
import { ref } from '../../model/ref.ts';
import { defineCheck, differing, yes } from './mismatch.ts';

/** Directories: which names can be found, by which part, with which number, and what comes before the call. */
export const directoryCheck = defineCheck(async ({ dialplan, config }, model) => {
  const names = await config('voicemail.conf');
  return Object.entries(model.directory).flatMap(([id, held]) => {
    const steps = dialplan.stepsOf(held.ofMailboxes ? 'app-directory' : 'directory', id);
    const found = steps.find((s) => s.application === 'Directory');
    if (found === undefined) return [];
    const [context = '', dials = '', options = ''] = split(found.data, ',');
    const listed = (names.get(context) ?? []).map(([number, value]) => `${number} ${split(value.replace(/^>\s*/, ''), ',')[1] ?? ''}`);
    const way = dialplan.extensionsFor(dials, '5550100')[0] ?? [];
    return differing(ref('directory', id), {
      ...(held.ofMailboxes
        ? { names: ['default', context] as const }
        : {
            names: [
              dialledEntries(held)
                .map((e) => `${e.number} ${onOneLine(e.name)}`)
                .join('; '),
              listed.join('; '),
            ] as const,
          }),
      'part of the name': [{ first: 'f', last: 'l', both: 'b' }[held.matches], options],
      'says the number': [held.saysNumber, yes(way.some((s) => s.application === 'SayDigits'))],
    });
  });
});

/** A comma ends a field in voicemail.conf and nothing escapes it. */
function onOneLine(name: string): string {
  return name.replace(/[,|\r\n]/g, ' ').trim();
}
