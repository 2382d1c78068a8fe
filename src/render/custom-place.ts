import { isStep } from '../model/custom-dialplan.ts';
import type { Model } from '../model/kinds.ts';

/** Whether a place of the site's own dialplan is there: by number, or by pattern, in the context or one that it includes. */
export function hasPlace(model: Model, context: string, extension: string, seen: readonly string[] = []): boolean {
  const lines = model['custom-dialplan'][context]?.lines ?? [];
  if (lines.some((l) => isStep(l) && (l.extension === extension || l.extension.startsWith('_')))) return true;
  return lines.some((l) => 'include' in l && !seen.includes(l.include) && hasPlace(model, l.include, extension, [...seen, context]));
}
