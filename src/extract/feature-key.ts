import { finding } from '../finding.ts';
import type { FeatureCode } from '../model/feature-code.ts';
import { ref } from '../model/ref.ts';
import { mergedSections } from './merged-section.ts';
import type { Notes, Source } from './reader.ts';

/** Options of features.conf that are codes of FreePBX's tables, by section and name. Its automon is one-touch recording by a module of old: automixmon. */
const KEYS: readonly (readonly [section: string, option: string, code: string])[] = [
  ['general', 'pickupexten', 'core/pickupexten'],
  ['featuremap', 'blindxfer', 'core/blindxfer'],
  ['featuremap', 'atxfer', 'core/atxfer'],
  ['featuremap', 'disconnect', 'core/disconnect'],
  ['featuremap', 'automon', 'core/automon'],
  ['featuremap', 'automixmon', 'core/automon'],
];

export function isFeatureKey(section: string, option: string): boolean {
  return KEYS.some(([of, name]) => of === section && name === option.toLowerCase());
}

/** features_featuremap_custom.conf and its like set codes anew; the last line of a file counts (features.c), so one before FreePBX's own says nothing. */
export function ownFeatureKeys(source: Source, notes: Notes, codes: Record<string, FeatureCode>): void {
  const { sections, files } = mergedSections(source, 'features.conf');
  for (const [name, { options }] of sections) {
    for (const { option, value, at, file, isFirst } of options) {
      const id = KEYS.find(([of, key]) => of === name && key === option.toLowerCase())?.[2];
      if (id === undefined) continue;
      const held = codes[id];
      if (isFirst && held?.enabled === true) {
        const means = `${option} there counted for nothing on the old box: what the web pages say of it comes later, and wins.`;
        notes.finding(finding('CONFIGURATION_IGNORED', { about: ref('feature-code', id), where: at, means }));
        continue;
      }
      codes[id] = {
        description: held?.description ?? '',
        code: value.trim() === '' ? (held?.code ?? '') : value.trim(),
        enabled: value.trim() !== '',
      };
      const whole = files.find((f) => f.path === file);
      if (whole !== undefined) notes.carried(whole, ref('feature-code', id));
    }
  }
}
