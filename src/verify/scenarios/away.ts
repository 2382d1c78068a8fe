import type { Model } from '../../model/kinds.ts';
import { type Ref, ref } from '../../model/ref.ts';
import type { Behaviour } from '../../model/walk/situation.ts';

/** Telephones of extensions, by which they are away. */
export function awayOf(model: Model, extensions: readonly string[]): Ref[] {
  return extensions.flatMap((id) => (model.extension[id]?.devices ?? []).map((device) => ref('device', device)));
}

/** Whether the lab can take all telephones of an extension away: those that register by SIP. */
export function canBeAway(model: Model, extension: string): boolean {
  const devices = model.extension[extension]?.devices ?? [];
  return (
    devices.length > 0 &&
    devices.every((id) => {
      const device = model.device[id];
      return device?.technology === 'sip' && device.host === null;
    })
  );
}

/** Telephones of these extensions are away; the others do this. */
export function exceptAway(model: Model, extensions: readonly string[], does: (leg: Ref) => Behaviour): (leg: Ref) => Behaviour {
  const away = new Set(awayOf(model, extensions).map(({ id }) => id));
  return (leg) => (leg.kind === 'device' && away.has(leg.id) ? 'offline' : does(leg));
}
