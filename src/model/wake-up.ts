import { z } from 'zod';
import { isPattern, matches } from './dial-pattern.ts';
import { or, text, whole } from './field.ts';
import type { Model } from './kinds.ts';

/**
 * How people are woken who order it by telephone (feature code 'hotelwakeup/hotelwakeup'): their telephones ring at that time, whatever is switched on for them. One call waits
 * for each extension at most; that lies in AstDB as WAKEUP/<extension> = '0730'. Id: '1', there is one. Defaults: those of FreePBX's module hotelwakeup.
 */
export const wakeUp = z.strictObject({
  ringSeconds: or(whole, 60),
  /** How often it is tried again where nobody answers, and after how many seconds. */
  retries: or(whole, 3),
  retrySeconds: or(whole, 60),
  callerName: or(z.string(), 'Wake Up Calls'),
  callerNumber: text,
  /** Extensions, and patterns of them, that are asked whom to call: the reception. */
  operators: or(z.array(z.string()), []),
  /** Keys of an extension that an operator keys; fewer end with '#'. */
  extensionDigits: or(whole, 4),
});
export type WakeUp = z.output<typeof wakeUp>;

export const WAKE_UP_CODE = 'hotelwakeup/hotelwakeup';

/** Those of the model, else what FreePBX begins with. */
export function wakeUpOf(model: Model): WakeUp {
  return model['wake-up']['1'] ?? wakeUp.decode({});
}

/** Who orders for others. */
export function isOperator(model: Model, extension: string): boolean {
  return wakeUpOf(model).operators.some((o) => (isPattern(o) ? matches(o, extension) : o === extension));
}

/** Whose telephones can be rung for it: numbers alone, since they become names of files. */
export function isWoken({ extension, device }: Pick<Model, 'extension' | 'device'>, id: string): boolean {
  const devices = extension[id]?.devices ?? [];
  return /^\d+$/.test(id) && devices.some((d) => d in device && device[d]?.technology !== 'dahdi');
}
