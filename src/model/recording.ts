import { z } from 'zod';
import { off, or, text } from './field.ts';
import type { Model } from './kinds.ts';

/** A prompt of the house's own. Its files lie beside the model: sounds/custom/welcome.wav. */
export const recording = z.strictObject({
  name: text,
  /**
   * Files that play one after the other, each by its name in Asterisk's sounds folder without extension, and the formats that there are of it. No format under
   * custom/: the file is missing, and is left out. Any other name is a prompt that Asterisk brings along.
   */
  prompts: or(z.array(z.strictObject({ file: z.string(), formats: or(z.array(z.string()), []) })), []),
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

/** True for a file of the house's own, which is carried; any other is one of Asterisk's. */
export function isOwn(file: string): boolean {
  return file.startsWith('custom/');
}

/** Files of all recordings: path within the sounds folder, and within the model's folder. */
export function soundFiles(recordings: Model['recording']): [path: string, inModel: string][] {
  const paths = Object.values(recordings).flatMap((r) => r.prompts.flatMap((p) => p.formats.map((format) => `${p.file}.${format}`)));
  return [...new Set(paths)].sort().map((path) => [path, `sounds/${path}`]);
}
