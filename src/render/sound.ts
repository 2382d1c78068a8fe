/** The file of a recording that the model names; null where it names an id of Elastix's `recordings`, which are not carried yet. */
export function soundFile(recording: string): string | null {
  return /^\d*$/.test(recording) || !/^[\w/&.+-]+$/.test(recording) ? null : recording;
}
