/** well: as it should be; watch: somebody should look; ill: calls suffer, or will. */
export type Health = 'well' | 'watch' | 'ill';

/** What one look at a running PBX found. */
export interface Symptom {
  /** What was looked at: 'telephones'. */
  readonly about: string;
  readonly health: Health;
  readonly says: string;
  /** What to do; '' where all is well. */
  readonly cure: string;
}

export const well = (about: string, says: string): Symptom => ({ about, health: 'well', says, cure: '' });
export const watch = (about: string, says: string, cure: string): Symptom => ({ about, health: 'watch', says, cure });
export const ill = (about: string, says: string, cure: string): Symptom => ({ about, health: 'ill', says, cure });

/** '101, 102, 103 and 9 more' */
export function some(names: readonly string[]): string {
  return names.length <= 10 ? names.join(', ') : `${names.slice(0, 10).join(', ')} and ${names.length - 10} more`;
}
