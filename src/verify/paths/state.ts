import { NotJudged } from './not-judged.ts';
import type { Simulation } from './simulation.ts';

/** States of devices, the one that tells nothing first: of several the last counts (ast_devstate_aggregate_add, main/devicestate.c). */
const ORDER = ['INVALID', 'UNKNOWN', 'UNAVAILABLE', 'NOT_INUSE', 'INUSE'] as const;
type DeviceState = (typeof ORDER)[number];

/** EXTENSION_STATE(101@ext-local): the devices of its hint together, as a hint tells them. */
export function extensionState(sim: Simulation, args: string): string {
  const [number = '', context = ''] = args.split('@');
  const devices = sim.house.lookup.hint(number, context);
  if (devices === null) return 'UNKNOWN';
  const states = devices
    .split(',')[0]
    ?.split('&')
    .map((device) => ORDER.indexOf(deviceState(sim, device, number))) ?? [0];
  const state = ORDER[Math.max(...states)] ?? 'INVALID';
  // a hint knows neither (ast_devstate_to_extenstate)
  return state === 'INVALID' ? 'UNAVAILABLE' : state === 'UNKNOWN' ? 'NOT_INUSE' : state;
}

/** DEVICE_STATE(PJSIP/101): of a telephone, or of a lamp that calls set. */
export function stateOfDevice(sim: Simulation, device: string): string {
  const [technology = '', name = ''] = device.split('/');
  const party = sim.house.party(technology, name);
  const extension = party?.kind === 'device' ? (sim.house.model.device[party.id]?.extension ?? '') : null;
  return extension === null ? (sim.deviceStates.get(device) ?? 'UNKNOWN') : deviceState(sim, device, extension);
}

function deviceState(sim: Simulation, device: string, extension: string): DeviceState {
  const [technology = '', name = ''] = device.split('/');
  const party = sim.house.party(technology, name);
  if (party?.kind !== 'device') {
    if (!/^(pjsip|iax2|dahdi)$/i.test(technology)) throw new NotJudged(`state of ${device}`);
    return 'INVALID';
  }
  if (sim.at.phones(party, party.id) === 'offline') return 'UNAVAILABLE';
  return sim.at.state.extensions[extension]?.inCall === true ? 'INUSE' : 'NOT_INUSE';
}
