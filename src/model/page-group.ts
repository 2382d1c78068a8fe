import { z } from 'zod';
import { off, or, text, whole } from './field.ts';

/** Telephones that take a call by themselves, so that whoever dials the group speaks to all of them. Its id is the number. */
export const pageGroup = z.strictObject({
  description: text,
  devices: or(z.array(z.string()), []),
  /** Also telephones in a call, and those of people who are not to be disturbed. */
  evenBusy: off,
  /** They are heard as well. */
  talksBack: off,
});
export type PageGroup = z.output<typeof pageGroup>;

/** Header lines that make telephones take a call by themselves, and the tone that they hear first. */
export const autoAnswer = z.strictObject({
  alertInfo: text,
  callInfo: text,
  /** Prompt that the called telephone plays before the caller is heard; '': none. */
  tone: text,
  /** Seconds that a telephone may ring which does not take it. */
  seconds: or(whole, 5),
  /** Other headers for telephones whose User-Agent begins so. */
  models: or(z.array(z.strictObject({ begins: z.string(), alertInfo: text, callInfo: text })), []),
});
export type AutoAnswer = z.output<typeof autoAnswer>;

/** What FreePBX 2.8 to 2.11 install (paging, install.php). */
export const USUAL_AUTO_ANSWER: AutoAnswer = {
  alertInfo: 'Ring Answer',
  callInfo: '<uri>;answer-after=0',
  tone: 'beep',
  seconds: 5,
  models: [],
};
