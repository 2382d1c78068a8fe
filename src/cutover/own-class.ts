import type { Model } from '../model/kinds.ts';

/** Whether a telephone has a class of service of its own: the old PBX would not apply it to what comes by way of the new one. */
export function hasOwnClass(model: Model, name: string): boolean {
  const device = model.device[name];
  return device !== undefined && 'context' in device && device.context !== 'from-internal';
}
