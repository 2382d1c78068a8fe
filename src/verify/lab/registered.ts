import { setTimeout as pause } from 'node:timers/promises';
import type { Ami } from '../../asterisk/ami.ts';
import type { Context } from '../../context.ts';
import type { Build } from '../../model/build.ts';
import { iaxParties } from './iax.ts';
import { phones } from './world.ts';

const REGISTRATION_MS = 60_000;
/** The build leaves a carrier in peace for longer after a vain try, which world may have met while it was loading. */
const AGAIN_MS = 3000;
const REGISTRATION_POLL_MS = 200;
/** A PBX without hints says so in its reply and lists none. */
const HINTS_MS = 2000;

/**
 * Waits until every telephone of world has registered, and the PBX has taken notice and has registered itself where it is to: a call in the moment between finds nobody there. One that cannot
 * register is told by its calls and by the static checks.
 */
export async function registered(build: Build, { pbx, world }: { pbx: Ami; world: Ami }, c: Context): Promise<void> {
  const all = phones(build.model);
  const iax = iaxParties(build.model).filter((p) => p.host === null).length;
  const until = performance.now() + REGISTRATION_MS;
  let again = performance.now() + AGAIN_MS;
  for (;;) {
    const list = await world.list({ Action: 'PJSIPShowRegistrationsOutbound' }).catch(() => []);
    const byIax = iax === 0 ? [] : await world.list({ Action: 'IAXregistry' }).catch(() => []);
    // with whom the PBX itself registers: those that the lab told it to
    const own = await pbx.list({ Action: 'PJSIPShowRegistrationsOutbound' }).catch(() => []);
    // the list tells their passwords' sections as well
    const away = own.filter((e) => e['ClientUri'] !== undefined && e['Status'] !== 'Registered');
    const done = [...list.map((e) => e['Status']), ...byIax.map((e) => e['State'])].filter((s) => s === 'Registered').length;
    c.progress({ step: 'telephones register', done, of: all.length + iax });
    const ready = done >= all.length + iax && away.length === 0 && (await unnoticed(pbx, new Set(all.map(([id]) => id)))) === 0;
    if (ready || performance.now() > until || c.signal.aborted) return;
    if (performance.now() > again) {
      for (const e of away) await pbx.action({ Action: 'PJSIPRegister', Registration: e['ObjectName'] ?? '' }).catch(() => undefined);
      again = performance.now() + AGAIN_MS;
    }
    await pause(REGISTRATION_POLL_MS);
  }
}

/** Hints of telephones that the PBX still takes for absent. */
async function unnoticed(pbx: Ami, devices: ReadonlySet<string>): Promise<number> {
  const hints = await pbx.list({ Action: 'ExtensionStateList' }, { timeoutMs: HINTS_MS }).catch(() => []);
  return hints.filter((e) => {
    const names = (e['Hint'] ?? '').split(/[&,]/).map((part) => part.replace(/^(PJ)?SIP\//, ''));
    return e['StatusText'] === 'Unavailable' && names.some((name) => devices.has(name));
  }).length;
}
