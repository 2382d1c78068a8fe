import type { Device } from '../device.ts';
import type { Model } from '../kinds.ts';
import { ref } from '../ref.ts';
import type { Run } from './call.ts';
import type { Target } from './ring.ts';

/** Technologies of telephones that the new box rings by themselves. DAHDI has no place on it. */
const RUNG: readonly Device['technology'][] = ['sip', 'iax2'];

/** What rings for an extension: its devices in order. Empty: nothing stands behind it. */
export function telephonesOf(model: Model, extension: string): Target[] {
  const targets: Target[] = [];
  for (const id of model.extension[extension]?.devices ?? []) {
    const device = model.device[id];
    if (device !== undefined)
      targets.push(
        device.technology === 'custom' ? targetOfDial(model, device.dial, id) : deviceTarget(id, RUNG.includes(device.technology)),
      );
  }
  return targets;
}

/** True where nothing would ring for an extension: every telephone is offline or of a kind that cannot be rung. */
export function isUnreachable(run: Pick<Run, 'at'>, targets: readonly Target[]): boolean {
  return targets.every((t) => t.ring === 'device' && (t.dead || run.at.phones(t.device, t.device.id) === 'offline'));
}

/**
 * A dial string of the old language: Local/NUMBER@from-internal, Local/NUMBER@outbound-allroutes (by the routes alone), SIP/PEER/NUMBER and SIP/NUMBER@PEER of a trunk, SIP/DEVICE, and IAX2/ in the place of SIP/. What cannot be read rings nothing.
 * @param id the telephone that is meant where there is one.
 */
export function targetOfDial(model: Model, dial: string, id: string = dial): Target {
  const local = /^local\/([^@/]+)@from-internal[^/]*(\/\w+)?$/i.exec(dial);
  if (local?.[1] !== undefined) return { ring: 'number', number: local[1], keepsNumber: true };
  const [, routed] = /^local\/([^@/]+)@outbound-allroutes(?:\/\w+)?$/i.exec(dial) ?? [];
  if (routed !== undefined) return { ring: 'number', number: routed, keepsNumber: true, by: 'routes' };
  const outside = trunkDial(model, dial);
  if (outside !== null) return { ring: 'trunk', trunk: ref('trunk', outside.trunk), dialled: outside.number };
  const [, channel = '', alone] = /^(sip|pjsip|iax2)\/([^/@]+)$/i.exec(dial) ?? [];
  if (alone !== undefined && model.device[alone]?.technology === technologyOf(channel)) return deviceTarget(alone, true);
  return deviceTarget(id, false);
}

/** Reads SIP/PEER/NUMBER, SIP/NUMBER@PEER and IAX2/PEER/NUMBER where the model has a trunk of that peer; else null. */
export function trunkDial(model: Model, dial: string): { trunk: string; number: string } | null {
  const [, channel = '', first, at, second] = /^(sip|pjsip|iax2)\/([^/@]+)([/@])([^/@]+)$/i.exec(dial) ?? [];
  if (first === undefined || second === undefined) return null;
  const technology = technologyOf(channel);
  // IAX2/USER@PEER/NUMBER has no trunk of its own: what stands before the @ is a name and no number
  const [peer, number] = at === '/' ? [first, second] : [second, first];
  if (technology === 'iax2' && at === '@') return null;
  const found = Object.entries(model.trunk).find(([, t]) => t.technology === technology && 'peer' in t && t.peer === peer);
  return found === undefined ? null : { trunk: found[0], number };
}

function technologyOf(channel: string): 'sip' | 'iax2' {
  return channel.toLowerCase() === 'iax2' ? 'iax2' : 'sip';
}

function deviceTarget(id: string, rings: boolean): Target {
  return { ring: 'device', device: ref('device', id), dead: !rings };
}
