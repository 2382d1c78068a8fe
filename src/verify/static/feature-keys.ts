import { ref } from '../../model/ref.ts';
import { defineCheck, differing } from './mismatch.ts';

/** What is keyed during a call, by FreePBX's name and by that of `features show`. */
const KEYED: Readonly<Record<string, string>> = {
  'core/blindxfer': 'Blind Transfer',
  'core/atxfer': 'Attended Transfer',
  'core/disconnect': 'Disconnect Call',
  'core/automon': 'One Touch MixMonitor',
  'core/pickupexten': 'Pickup',
};

/** Codes that are keyed during a call. One that is switched off is none. */
export const featureKeyCheck = defineCheck(async ({ print }, model) => {
  const shown = await print('features show');
  return Object.entries(KEYED).flatMap(([id, name]) => {
    const code = model['feature-code'][id];
    if (code === undefined) return [];
    return differing(ref('feature-code', id), { 'keyed in a call': [code.enabled ? code.code : '', currentKey(shown, name)] });
  });
});

/** The third column of `features show`. The second, Asterisk's default, may be empty: the columns have widths ("%-25s %-7s %-7s", features_config.c). */
export function currentKey(shown: string, name: string): string {
  return new RegExp(`^${name.padEnd(25)} .{7} (\\S*)\\s*$`, 'm').exec(shown)?.[1] ?? '';
}
