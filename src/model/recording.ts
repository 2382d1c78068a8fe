import { z } from 'zod';
import { off, or, text } from './field.ts';
import type { Model } from './kinds.ts';
import { soundFile } from './sound-file.ts';

/** A prompt of the house's own. Its files lie beside the model: sounds/custom/welcome.wav. */
export const recording = z.strictObject({
  name: text,
  /**
   * Files that play one after the other, each by its name in Asterisk's sounds folder without extension, and the formats that there are of it. No format under
   * custom/: the file is missing, and is left out. Any other name is a prompt that Asterisk brings along.
   */
  prompts: or(z.array(soundFile), []),
  /** Who records it anew, by the code 'recordings/edit-recording-3', keys a password first: 'recording/3/password'. */
  asksPassword: off,
});
export type Recording = z.output<typeof recording>;

/** Prompts of a recording that can be played, in order; none where it is null or there is no such recording. */
export function promptsOf(model: Model, id: string | null): string[] {
  const held = id === null ? undefined : model.recording[id];
  return (held?.prompts ?? []).filter((p) => !isOwn(p.file) || p.formats.length > 0).map((p) => p.file);
}

/** The one file that its code records anew; null: it has several or none, and no code. */
export function recordedAnew(held: Recording | undefined): string | null {
  const [first, ...others] = held?.prompts ?? [];
  return first === undefined || others.length > 0 || !isOwn(first.file) ? null : first.file;
}

/** Files of a prompt as dialplan names them, `one&two`, without those of the house's own that are missing. */
export function promptsThere(model: Model, files: string): string[] {
  const own = new Set(soundFiles(model).map(([path]) => path.replace(/\.[^./]+$/, '')));
  return files.split('&').filter((file) => file !== '' && (!isOwn(file) || own.has(file)));
}

/** True for a file of the house's own, which is carried; any other is one of Asterisk's. */
export function isOwn(file: string): boolean {
  return file.startsWith('custom/');
}

/** Sound files of the house: those of recordings, and those that hand-made dialplan and configuration play. Path within the sounds folder, and within the model's folder. */
export function soundFiles(
  model: Pick<Model, 'recording' | 'custom-dialplan' | 'custom-configuration'>,
): [path: string, inModel: string][] {
  const prompts = [
    ...Object.values(model.recording).flatMap((r) => r.prompts),
    ...Object.values(model['custom-dialplan']).flatMap((c) => c.sounds),
    ...Object.values(model['custom-configuration']).flatMap((c) => c.sounds),
  ];
  const paths = prompts.flatMap((p) => p.formats.map((format) => `${p.file}.${format}`));
  return [...new Set(paths)].sort().map((path) => [path, `sounds/${path}`]);
}
