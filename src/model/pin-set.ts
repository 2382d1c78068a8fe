import { z } from 'zod';
import { off, text } from './field.ts';
import type { Model } from './kinds.ts';

/** PINs of which callers key one before a route takes their number. The PINs are in secrets.yaml: 'pin-set/1/pin/1', 'pin-set/1/pin/2'. */
export const pinSet = z.strictObject({
  description: text,
  /** The call record says which PIN was keyed, in its account code. */
  recordsPin: off,
});
export type PinSet = z.output<typeof pinSet>;

/** PINs that pass: the secret of this name ('outbound-route/5/password'), and those numbered below it ('pin-set/1/pin/2'). */
export function pinsUnder({ secrets }: Pick<Model, 'secrets'>, name: string): string[] {
  return Object.entries(secrets).flatMap(([key, value]) => (key === name || key.startsWith(`${name}/`) ? [value] : []));
}

/** Whether a telephone can key it: '#' ends what is keyed. */
export function isKeyed(pin: string): boolean {
  return /^[0-9*]+$/.test(pin);
}
