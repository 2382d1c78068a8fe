import type { Device } from '../model/device.ts';
import type { Extension } from '../model/extension.ts';
import type { Model } from '../model/kinds.ts';

/** What Dial takes for one device; null where it cannot be rung. */
export function deviceDial(id: string, device: Device): string | null {
  switch (device.technology) {
    case 'sip':
      return `PJSIP/${id}`;
    case 'iax2':
      return `IAX2/${id}`;
    case 'custom':
      return customDial(device.dial);
    case 'dahdi':
      return null;
  }
}

/** Devices of an extension that can be rung, as Dial takes them: 'PJSIP/1601&PJSIP/1602'; '' where there is none. */
export function extensionDial(model: Model, e: Extension): string {
  return e.devices
    .map((id) => [id, model.device[id]] as const)
    .flatMap(([id, device]) => (device === undefined ? [] : [deviceDial(id, device)]))
    .filter((dial): dial is string => dial !== null)
    .join('&');
}

/** The devices whose state is the extension's, for its hint: what dials on through Local has none of its own. */
export function extensionHint(model: Model, e: Extension): string {
  return e.devices
    .filter((id) => ['sip', 'iax2'].includes(model.device[id]?.technology ?? ''))
    .map((id) => deviceDial(id, model.device[id] as Device))
    .join('&');
}

/** A dial string of the old language in the new one: SIP becomes PJSIP; null where its driver is gone or it names what a dialplan line cannot hold. */
export function customDial(dial: string): string | null {
  const [technology = '', ...rest] = dial.split('/');
  const name = { SIP: 'PJSIP', PJSIP: 'PJSIP', IAX2: 'IAX2', LOCAL: 'Local' }[technology.toUpperCase()];
  const resource = rest.join('/');
  return name === undefined || !/^[\w.+*#@:/-]+$/.test(resource) ? null : `${name}/${resource}`;
}
