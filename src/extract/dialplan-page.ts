import type { BoxSection } from './box-section.ts';
import { customFiles } from './custom-file.ts';
import { injectionPage } from './injection.ts';
import { queueLogPage } from './queue-log-page.ts';
import type { Source } from './reader.ts';
import { spokenTextPage } from './spoken-text-page.ts';
import type { DialplanPage, WrittenSection } from './written-section.ts';

/** Pages of the old PBX that wrote dialplan line by line. */
export const DIALPLAN_PAGES: readonly DialplanPage[] = [injectionPage, queueLogPage, spokenTextPage];

/** What they wrote; nothing of one whose module is off. */
export function writtenSections(source: Source): WrittenSection[] {
  return DIALPLAN_PAGES.flatMap((page) => (source.moduleOff(page.module) ? [] : page.sections(source)));
}

/** All that the site wrote by hand, in files and on such pages. */
export function handMadeSections(source: Source): BoxSection[] {
  return [...customFiles(source).sections, ...writtenSections(source).map((w) => w.section)];
}

/** Whether a destination is a place that such a page made; null: no page makes its context. */
export function leadsToPage(source: Source, context: string, extension: string): 'is-there' | 'no-such-object' | 'module-off' | null {
  for (const page of DIALPLAN_PAGES) {
    const leads = page.leads(source, context, extension);
    if (leads === null) continue;
    if (source.moduleOff(page.module)) return 'module-off';
    return leads ? 'is-there' : 'no-such-object';
  }
  return null;
}
