import { debian } from './target.ts';
import { defineView } from './view.ts';

/** Music classes that musiconhold.conf.hbs has. Those of the old box come with their own kind. */
export function musicKnown(name: string): boolean {
  return name === 'default';
}

export const musicView = defineView({ file: 'etc/asterisk/musiconhold.conf', data: () => ({ music: debian.directories.music }) });
