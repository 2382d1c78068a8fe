import { finding } from '../finding.ts';
import type { Model } from '../model/kinds.ts';
import type { MusicClass } from '../model/music-class.ts';
import { ref } from '../model/ref.ts';
import { debian } from './target.ts';
import { defineView, type Notes } from './view.ts';

/** Endings that the modules of modules.conf can play; mp3 is the package asterisk-mp3's. */
const PLAYABLE = /^[^./\\][^/\\]*\.(wav|WAV|gsm|ulaw|ul|alaw|al|sln|sln16|g722|mp3)$/;
/** The one file of classes that are silent: Asterisk has no class without files. */
const SILENCE = 'silence.ulaw';
const SILENCE_BYTES = 8000 * 5;

/** Music classes that musiconhold.conf has. */
export function musicKnown(model: Model, name: string): boolean {
  return name === 'default' || (model['music-class'][name] !== undefined && named(name));
}

/** The class that callers hear where a model's class is asked for: default where there is no such class. */
export function musicOf(model: Model, name: string): string {
  return musicKnown(model, name) ? name : 'default';
}

/** musiconhold.conf: the classes found, and default in any case. */
export const musicView = defineView({
  file: 'etc/asterisk/musiconhold.conf',
  data: (model, notes) => {
    const names = ['default', ...Object.keys(model['music-class']).filter((n) => n !== 'default' && named(n))];
    notes.from(...names.filter((n) => model['music-class'][n] !== undefined).map((n) => ref('music-class', n)));
    return { classes: names.map((name) => section(model, name, notes)) };
  },
});

function section(model: Model, name: string, notes: Notes): object {
  const c = model['music-class'][name];
  if (c !== undefined) report(name, c, notes);
  const own = c !== undefined && (c.mode === 'silence' || playable(c).length > 0);
  return {
    name,
    directory: own ? `/${folder(name)}` : debian.directories.music,
    what: c?.mode === 'silence' ? 'silence' : own ? 'the files of the old box' : "Debian's music, of the package asterisk-moh-opsound-*",
    sort: (c?.sort ?? 'random') === 'random' ? 'random' : 'alpha',
    mp3: c !== undefined && playable(c).some((f) => f.endsWith('.mp3')),
  };
}

/** Whether some class needs the package asterisk-mp3. */
export function playsMp3(model: Model): boolean {
  return musicFiles(model).some(([path]) => path.endsWith('.mp3'));
}

/** Files of all classes: path in the tree, and within the model's folder. */
export function musicFiles(model: Model): [path: string, inModel: string][] {
  return Object.entries(model['music-class'])
    .filter(([name, c]) => named(name) && c.mode === 'files')
    .flatMap(([name, c]) => playable(c).map((file): [string, string] => [`${folder(name)}/${file}`, `music/${name}/${file}`]));
}

/** The files of silent classes: µ-law has 0xFF for silence. */
export function silentFiles(model: Model): { path: string; content: Uint8Array }[] {
  return Object.entries(model['music-class'])
    .filter(([name, c]) => named(name) && c.mode === 'silence')
    .map(([name]) => ({ path: `${folder(name)}/${SILENCE}`, content: new Uint8Array(SILENCE_BYTES).fill(0xff) }));
}

function folder(name: string): string {
  return `${debian.directories.varlib.slice(1)}/moh/${name}`;
}

function named(name: string): boolean {
  return /^[\w-][\w.-]*$/.test(name);
}

function playable(c: MusicClass): string[] {
  return c.mode === 'files' ? c.files.filter((f) => PLAYABLE.test(f)) : [];
}

function report(name: string, c: MusicClass, notes: Notes): void {
  const about = ref('music-class', name);
  const say = (means: string, where: string | null): void =>
    notes.finding(finding('MUSIC_NOT_CARRIED', { about, ...(where === null ? {} : { where }), means }));
  if (c.mode === 'stream') say(`callers hear Debian's music instead of the stream of '${name}'`, c.application);
  else if (c.mode === 'files' && playable(c).length === 0)
    say(`callers hear Debian's music instead of '${name}': it has no file`, c.directory);
  for (const file of c.mode === 'files' ? c.files.filter((f) => !PLAYABLE.test(f)) : [])
    say(`a piece of '${name}' is left out: Asterisk cannot play it`, file);
  if (playable(c).some((f) => f.endsWith('.mp3'))) {
    notes.finding(
      finding('MUSIC_MP3', {
        about,
        means: `pieces of '${name}' are MP3: they need the package asterisk-mp3, and sound right only at 8000 Hz, mono`,
      }),
    );
  }
}
