import { isPlainName } from '../model/music-class.ts';
import type { Source } from './reader.ts';

/** Folders of the box that hold music, the first that has a file wins. */
const FOLDERS = ['mohmp3', 'moh'];
/** Formats that Asterisk plays from a folder of music. */
const FORMATS = /\.(?:wav|WAV|gsm|ulaw|alaw|g722|sln|sln16|g729|mp3|ogg)$/;

/** The folder of a class within the music folder: '' for /var/lib/asterisk/mohmp3/, 'jazz' below it; null where it lies elsewhere. */
export function musicFolder(directory: string): string | null {
  const tail = /\/(?:mohmp3|moh)(?:\/(.*))?$/.exec(directory.trim().replace(/\/+$/, ''));
  if (tail === null) return null;
  const parts = (tail[1] ?? '').split('/').filter((part) => part !== '');
  return parts.includes('..') ? null : parts.join('/');
}

/** Where a file of a class may lie in the box's music. */
export function musicPaths(directory: string, file: string): string[] {
  const folder = musicFolder(directory);
  return folder === null ? [] : FOLDERS.map((name) => [name, folder, file].filter((part) => part !== '').join('/'));
}

/** Names of files that lie right in a class's folder: those that can be carried, and those that cannot. */
export function filesIn(source: Source, folder: string): { files: string[]; refused: string[]; has: (name: string) => boolean } {
  const names = new Set<string>();
  for (const name of FOLDERS) {
    const start = [name, folder].filter((part) => part !== '').join('/');
    for (const path of source.music.files) {
      const rest = path.startsWith(`${start}/`) ? path.slice(start.length + 1) : '';
      if (rest !== '' && !rest.includes('/')) names.add(rest);
    }
  }
  const music = [...names].filter((name) => FORMATS.test(name)).sort();
  return {
    files: music.filter(isPlainName),
    refused: music.filter((name) => !isPlainName(name)),
    has: (name) => names.has(name),
  };
}

/** Folders right below the music folder: FreePBX makes a class of each (music_list). */
export function classFolders(source: Source): string[] {
  const folders = source.music.files.map((path) => path.split('/')).filter((parts) => FOLDERS.includes(parts[0] ?? '') && parts.length > 2);
  return [...new Set(folders.map((parts) => parts[1] ?? ''))].filter((name) => name !== '.nomusic_reserved').sort();
}
