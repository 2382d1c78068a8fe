import { z } from 'zod';
import { destination } from './destination.ts';
import { or, text } from './field.ts';

/**
 * Whether calls are recorded from here on, whatever the extensions, groups and queues behind it say. at-once: with all that the caller hears; when-joined: from
 * when an extension, a group, a queue, a room or somebody outside is called (the module's 'delayed': REC_POLICY_MODE alone is set); never: not at all; as-usual: a rule before it ends.
 */
export const RECORDING_MODES = ['as-usual', 'at-once', 'when-joined', 'never'] as const;

/** Of inbound and outbound routes. */
export const recordingMode = or(z.enum(RECORDING_MODES), 'as-usual');
export type RecordingMode = z.output<typeof recordingMode>;

/** Whoever passes here is recorded, or not. */
export const recordingRule = z.strictObject({
  description: text,
  mode: recordingMode,
  next: or(destination, { to: 'end', how: 'hangup' } as const),
});
export type RecordingRule = z.output<typeof recordingRule>;
