import { z } from 'zod';
import { or } from './field.ts';
import type { Model } from './kinds.ts';
import { promptsOf } from './recording.ts';

/** What a caller hears before the tone: the PBX's own words, nothing but the tone, or a recording of the house. */
const message = z.union([z.enum(['usual', 'tone']), z.strictObject({ recording: z.string() })]);
export type RouteMessage = z.output<typeof message>;

const usual = or(message, 'usual');

/** What callers hear whose call to the outside did not come through. */
export const routeMessages = z.strictObject({
  /** No trunk took it. */
  busy: usual,
  /** The same by a route inside the company, and by one for emergencies, which answers to say it. */
  company: usual,
  emergency: usual,
  /** The carrier says that nobody answers, or that the number is not complete. */
  unanswered: usual,
  incomplete: usual,
  /** The carrier says that there is no such number; null: that is told as if no trunk had taken it. */
  wrongNumber: or(message, null),
});
export type RouteMessages = z.output<typeof routeMessages>;

export const USUAL_MESSAGES: RouteMessages = {
  busy: 'usual',
  company: 'usual',
  emergency: 'usual',
  unanswered: 'usual',
  incomplete: 'usual',
  wrongNumber: null,
};

/** The PBX's own words for each (macro-outisbusy, macro-dialout-trunk). */
export const USUAL: Readonly<Record<keyof RouteMessages, readonly string[]>> = {
  busy: ['all-circuits-busy-now', 'pls-try-call-later'],
  company: ['all-circuits-busy-now', 'pls-try-call-later'],
  emergency: ['all-circuits-busy-now', 'pls-try-call-later'],
  unanswered: ['number-not-answering'],
  incomplete: ['ss-noservice'],
  wrongNumber: ['you-dialed-wrong-number'],
};

/** Prompts for what became of a call; a recording that does not exist is as if none had been chosen. */
export function messagePrompts(model: Model, messages: RouteMessages, what: keyof RouteMessages): readonly string[] {
  const held = messages[what];
  if (held === 'tone') return [];
  if (held === null || held === 'usual' || !(held.recording in model.recording)) return USUAL[what];
  return promptsOf(model, held.recording);
}
