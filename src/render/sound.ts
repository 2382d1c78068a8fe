import type { Model } from '../model/kinds.ts';
import { promptsOf } from '../model/recording.ts';

/** What Playback plays for a recording, joined by '&'; null where it names none or nothing of it is there. */
export function soundFile(model: Model, recording: string | null): string | null {
  const prompts = promptsOf(model, recording);
  return prompts.length === 0 ? null : prompts.join('&');
}
