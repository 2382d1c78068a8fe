import type { Container } from '../../engine/container.ts';

const ROOT = '/usr/share/asterisk/sounds';

/** Sound files that a PBX has, by name without extension below the sounds folder: 'en/beep', 'custom/welcome'. */
export async function heldSounds(container: Container): Promise<ReadonlySet<string>> {
  // -L: custom/ and the languages are links (Debian)
  const { out } = await container.exec(['find', '-L', ROOT, '-type', 'f', '-printf', '%P\\n']);
  return new Set(out.split('\n').map((path) => path.replace(/\.[^./]+$/, '')));
}

/** True where a channel of one of these languages finds the prompt: its own, English, or one without language (main/file.c, fileexists_core). */
export function isThere(held: ReadonlySet<string>, languages: readonly string[], file: string): boolean {
  const name = file.replace(/^\/usr\/(local\/)?share\/asterisk\/sounds\//, '');
  return held.has(name) || [...languages, 'en'].some((language) => held.has(`${language}/${name}`));
}
