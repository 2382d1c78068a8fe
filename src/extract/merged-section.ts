import type { ConfiguredFile } from '../model/custom-configuration.ts';
import { type OwnOption, ownSections } from './own-section.ts';
import type { BoxFile, Source } from './reader.ts';

/** What is in effect of what the site wrote of one section. */
export interface MergedSection {
  readonly options: readonly OwnOption[];
  /** It goes on with the section that FreePBX wrote from its tables, or that Asterisk has anyhow; else it takes that one's place. */
  readonly adds: boolean;
  /** Of its header: 'queues_custom.conf:3'. */
  readonly at: string;
}

export interface Merged {
  readonly sections: ReadonlyMap<string, MergedSection>;
  readonly files: readonly BoxFile[];
  /** What Asterisk did not take, and why. */
  readonly ignored: readonly { readonly at: string; readonly means: string }[];
}

/** Sections whose options count together, wherever they stand. */
const SHARED = new Set(['general', 'applicationmap', 'featuremap']);

/**
 * The site's sections as Asterisk took them: of two of one name the first counts (app_queue, "already defined"; a class of music, a function and an ODBC class register once),
 * `[name](+)` goes on with what stands before it.
 * @param fromTables Names that FreePBX wrote from its tables.
 */
export function mergedSections(source: Source, conf: ConfiguredFile, fromTables: ReadonlySet<string> = new Set()): Merged {
  const { sections, files } = ownSections(source, conf);
  const merged = new Map<string, MergedSection & { options: OwnOption[] }>();
  const ignored: { at: string; means: string }[] = [];
  for (const s of sections) {
    const at = `${s.file}:${s.line}`;
    const known = merged.get(s.name);
    const others = fromTables.has(s.name);
    const say = (why: string): void => void ignored.push({ at, means: `[${s.name}] there counted for nothing on the old box: ${why}` });
    if (known !== undefined && (s.append || SHARED.has(s.name))) known.options.push(...s.options);
    else if (SHARED.has(s.name)) merged.set(s.name, { options: [...s.options], adds: true, at });
    else if (s.append && others && !s.isFirst) merged.set(s.name, { options: [...s.options], adds: true, at });
    else if (s.append) say('there is no such section before it, and Asterisk refuses a file that goes on with none.');
    else if (known !== undefined) say(`Asterisk took the section of that name at ${known.at}, which it read first.`);
    else if (others && !s.isFirst) say('Asterisk took what the web pages say of it, which it read first.');
    else merged.set(s.name, { options: [...s.options], adds: false, at });
  }
  return { sections: merged, files, ignored };
}

/** Numbers of the queues of FreePBX's tables. */
export function queueNumbers(source: Source): Set<string> {
  const isOld = !source.hasTable('queues_config');
  const column = isOld ? 'id' : 'extension';
  return new Set(source.rows(isOld ? 'queues' : 'queues_config').map((row) => row.text(column).trim()));
}
