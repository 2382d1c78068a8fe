import { WAV_RATE, WAV_SAMPLE_BYTES, wavFile } from '../../asterisk/wav.ts';
import type { TarEntry } from '../../engine/container.ts';
import { greetingFile, greetingsWithKeys } from '../../model/greeting-keys.ts';
import type { Model } from '../../model/kinds.ts';

const SILENT_SECOND = wavFile(Buffer.alloc(WAV_RATE * WAV_SAMPLE_BYTES));

/** A second of silence where somebody recorded the greeting that his keys count in: the recordings themselves come with the cutover. */
export function recordedGreetings(model: Model): TarEntry[] {
  return greetingsWithKeys(model).map(({ mailbox, greeting }) => ({
    path: `${greetingFile(mailbox, greeting).slice(1)}.wav`,
    content: SILENT_SECOND,
    mode: 0o644,
  }));
}
