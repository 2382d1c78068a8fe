import { finding } from '../finding.ts';
import { isPlainName, type MusicClass } from '../model/music-class.ts';
import { type Ref, ref } from '../model/ref.ts';
import { type BoxSection, type BoxSections, readSections } from './box-section.ts';
import { classFolders, filesIn, musicFolder } from './music-folder.ts';
import { defineReader, type Notes, type Source } from './reader.ts';
import { isOn } from './source.ts';

const CONF = 'musiconhold.conf';
const HOME = '/var/lib/asterisk/mohmp3';
/** Options that say nothing where files are played as they are. */
const INERT = new Set(['format', 'kbps', 'cachertclasses', 'preferchannelclass']);

/**
 * Music on hold stands in files alone (ELASTIX.md, section 14): musiconhold_additional.conf, which FreePBX writes from the folders of its music. Where a
 * copy of the box lacks that file, the folders say the same: each is a class, .random shuffles it, .custom makes it a stream.
 */
export default defineReader({
  kind: 'music-class',
  tables: [],
  astdb: [],
  files: [CONF, 'musiconhold_additional.conf', 'musiconhold_custom.conf'],
  read: (source, notes) => {
    const conf = musicFiles(source);
    for (const problem of conf.problems) notes.finding(problem);
    const named = conf.sections.filter((s) => !['', 'general', 'classes', 'moh_files'].includes(s.name) && !s.template);
    // of two of one name the first registers ("already exists", res_musiconhold.c)
    const sections = named.filter((s, i) => named.findIndex((other) => other.name === s.name) === i);
    const held: readonly Section[] = sections.length > 0 ? sections : folderSections(source);
    const classes: Record<string, MusicClass> = {};
    for (const section of held) {
      const name = section.name.trim();
      if (isPlainName(name) && !/[[\];]/.test(name)) classes[name] = readClass(source, notes, section, ref('music-class', name));
      else tellRefused(notes, null, `A music class has a name that no folder can have, and is not carried: ${JSON.stringify(name)}.`);
    }
    for (const file of conf.files) notes.carried(file, ref('music-class', held[0]?.name ?? 'default'));
    for (const link of source.music.links)
      tellRefused(notes, null, `'${link}' is a link, and links are not followed: who waits does not hear it.`);
    return classes;
  },
});

/** musiconhold.conf with what it includes; where the source lacks it, the files that it would include, the site's first (FreePBX's and Issabel's own). */
function musicFiles(source: Source): BoxSections {
  const roots = source.file(CONF) === null ? ['musiconhold_custom.conf', 'musiconhold_additional.conf'] : [CONF];
  const files = roots.flatMap((path) => source.file(path) ?? []);
  return readSections(
    source,
    files.map((file) => ({ file })),
    (path) => /_additional\.conf$/.test(path) && source.file(path) === null,
  );
}

/** A class as musiconhold.conf has it. */
type Section = Pick<BoxSection, 'name'> & { readonly entries: readonly Pick<BoxSection['entries'][number], 'name' | 'value'>[] };

/** The sections that FreePBX would write. */
function folderSections(source: Source): Section[] {
  const section = (name: string, folder: string): Section => {
    const { has } = filesIn(source, folder);
    const options: [string, string][] = has('.custom')
      ? [['mode', 'custom']]
      : [
          ['mode', 'files'],
          ['directory', folder === '' ? HOME : `${HOME}/${folder}`],
          ['sort', has('.random') ? 'random' : 'alpha'],
        ];
    return { name, entries: options.map(([key, value]) => ({ name: key, value })) };
  };
  const none: Section = { name: 'none', entries: [] };
  return [section('default', ''), ...classFolders(source).map((name) => section(name, name)), none];
}

function readClass(source: Source, notes: Notes, section: Section, about: Ref): MusicClass {
  const options = new Map(section.entries.map((entry) => [entry.name.toLowerCase(), entry.value.trim()]));
  const directory = options.get('directory') ?? '';
  const mode = options.get('mode') ?? 'files';
  const sort = options.get('sort') === 'random' || isOn(options.get('random') ?? 'no') ? 'random' : 'alphabetical';
  tellOptions(notes, options, about);
  if (about.id === 'none' || /\/\.nomusic_reserved\/?$/.test(directory))
    return { mode: 'silence', sort: 'alphabetical', directory: null, files: [], application: null };
  if (mode === 'custom' || (directory === '' && options.has('application')))
    return stream(notes, options.get('application') ?? null, about);
  const folder = musicFolder(directory);
  const { files, refused } = folder === null ? { files: [], refused: [] } : filesIn(source, folder);
  for (const name of refused)
    tellRefused(notes, about, `${JSON.stringify(name)} is no name that a file may have on the new box: who waits does not hear it.`);
  if (files.length === 0) {
    const means =
      folder === null
        ? `The music of class '${about.id}' lies in ${directory || 'no folder'}, which is not part of the source: who waits hears other music.`
        : `The source has no music of class '${about.id}': who waits hears other music.`;
    notes.finding(finding('MUSIC_NOT_CARRIED', { about, where: directory || CONF, means }));
  }
  return { mode: 'files', sort, directory: directory === '' ? null : directory, files, application: null };
}

function stream(notes: Notes, application: string | null, about: Ref): MusicClass {
  const means = `Who waits with class '${about.id}' hears a stream, played by a program of the old box; it is not carried, and other music plays.`;
  notes.finding(finding('MUSIC_STREAM_NOT_CARRIED', { about, where: CONF, means }));
  // an address may hold the name and password of a listener
  const bare = application?.replace(/\/\/[^\s/@]*@/g, '//') ?? null;
  return { mode: 'stream', sort: 'alphabetical', directory: null, files: [], application: bare };
}

const READ = new Set(['mode', 'directory', 'sort', 'random', 'application']);

function tellOptions(notes: Notes, options: ReadonlyMap<string, string>, about: Ref): void {
  const left = [...options.keys()].filter((name) => !READ.has(name) && !INERT.has(name)).sort();
  if (left.length === 0) return;
  const means = `Options of the music class that the new box does not set: ${left.join(', ')}.`;
  notes.finding(finding('OPTION_NOT_CARRIED', { about, where: `${CONF} [${about.id}]`, means }));
}

function tellRefused(notes: Notes, about: Ref | null, means: string): void {
  notes.finding(finding('MUSIC_FILE_NOT_CARRIED', { ...(about === null ? {} : { about }), where: 'var/lib/asterisk', means }));
}
