import { settingsOf } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { isHandMade } from './held-dialplan.ts';
import { defineCheck, differing } from './mismatch.ts';

/** A name that ends in when and which call: `...-${UNIQUEID}.wav`. */
const NAMES = /=.*\$\{UNIQUEID\}\.(\w+)$/;

/** In which format calls are recorded: the ending of the name decides (MixMonitor), and links to recordings know it. */
export const recordingNameCheck = defineCheck(async ({ dialplan }, model) => {
  const { recordingFormat: format } = settingsOf(model);
  // Asterisk writes format wav49 into .WAV
  const ending = format === 'wav49' ? 'WAV' : format;
  const held = dialplan.steps().flatMap((s) => (isHandMade(model, s) ? [] : (NAMES.exec(s.data)?.[1] ?? [])));
  return [...new Set(held)].flatMap((name) => differing(ref('settings', 'pbx'), { 'recordings end in': [ending, name] }));
});
