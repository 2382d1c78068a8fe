import { isEverybody, isNetwork } from '../asterisk/network.ts';
import { type Finding, finding } from '../finding.ts';
import type { Device } from '../model/device.ts';
import type { Model } from '../model/kinds.ts';
import { ref, refText } from '../model/ref.ts';

/** Telephones that nobody can call, and those that may come from nowhere. */
export function checkTelephones(model: Model): Finding[] {
  const rung = new Set(Object.values(model.extension).flatMap((x) => x.devices));
  return Object.entries(model.device).flatMap(([id, device]) => [...ofNobody(model, id, device, rung), ...shutOut(id, device)]);
}

/** Whose extension is gone, or that no extension rings. An ad-hoc telephone where nobody has logged in is meant so. */
function ofNobody(model: Model, id: string, device: Device, rung: ReadonlySet<string>): Finding[] {
  const { extension } = device;
  const about = ref('device', id);
  const told = (means: string) => [finding('DEVICE_OF_NOBODY', { about, where: refText(about), means })];
  if (extension !== null && model.extension[extension] === undefined)
    return told(
      `Telephone ${id} belongs to extension ${extension}, which does not exist: nobody can call it, and others see it as 'device <${id}>'.`,
    );
  const isMeant = extension === null;
  return rung.has(id) || isMeant ? [] : told(`Telephone ${id} is logged in as extension ${extension}, whose calls do not ring it.`);
}

function shutOut(id: string, device: Device): Finding[] {
  if (!('permit' in device)) return [];
  const permitted = device.permit.filter(isNetwork);
  const deniesAll = device.deny.some((network) => isEverybody(network) || !isNetwork(network));
  if (!deniesAll || permitted.length > 0) return [];
  const about = ref('device', id);
  const means = `Telephone ${id} may come from no address at all: all are denied, and none is permitted. It cannot register, here as on the old box.`;
  return [finding('DEVICE_SHUT_OUT', { about, where: refText(about), means })];
}
