import { setTimeout as pause } from 'node:timers/promises';
import type { Ami } from '../../asterisk/ami.ts';
import type { Ref } from '../../model/ref.ts';

const AWAY_MS = 10_000;
const POLL_MS = 100;

/** Takes telephones of world away from the PBX, and waits until it has taken notice. @returns null, or what went wrong. */
export async function takeAway(world: Ami, pbx: Ami, devices: readonly Ref[]): Promise<string | null> {
  for (const { id } of devices) await world.action({ Action: 'PJSIPUnregister', Registration: id });
  return noticed(pbx, devices, true);
}

/** Lets them register again. */
export async function bringBack(world: Ami, pbx: Ami, devices: readonly Ref[]): Promise<string | null> {
  for (const { id } of devices) await world.action({ Action: 'PJSIPRegister', Registration: id });
  return noticed(pbx, devices, false);
}

async function noticed(pbx: Ami, devices: readonly Ref[], away: boolean): Promise<string | null> {
  const until = performance.now() + AWAY_MS;
  for (const { id } of devices) {
    while ((await isAway(pbx, id)) !== away) {
      if (performance.now() > until) return `telephone ${id} ${away ? 'is still registered' : 'has not registered again'}`;
      await pause(POLL_MS);
    }
  }
  return null;
}

/** What the dialplan looks at is the state of the hint, which follows a moment later; a telephone without one has its own. */
async function isAway(pbx: Ami, id: string): Promise<boolean> {
  const hints = await pbx.list({ Action: 'ExtensionStateList' }).catch(() => []);
  // SIP/ is the old box's
  const hint = hints.find((e) => [`PJSIP/${id}`, `SIP/${id}`].includes(e['Hint']?.split(/[,&]/)[0] ?? ''));
  if (hint !== undefined) return hint['StatusText'] === 'Unavailable';
  const endpoints = await pbx.list({ Action: 'PJSIPShowEndpoints' }).catch(() => []);
  return endpoints.find((e) => e['ObjectName'] === id)?.['DeviceState'] === 'Unavailable';
}
