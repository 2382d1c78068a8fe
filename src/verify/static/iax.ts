import { ref } from '../../model/ref.ts';
import { setting } from './asked.ts';
import { defineCheck, differing, type Mismatch, missing, tooMuch } from './mismatch.ts';

/** IAX2 telephones and trunks: all of the model and no others, each with its address, context and secret. */
export const iaxCheck = defineCheck(async ({ list, config }, model) => {
  const peers = new Map((await list('IAXpeerlist')).map((e) => [e['ObjectName'] ?? '', e]));
  const file = await config('iax.conf');
  const found: Mismatch[] = [];
  for (const [id, device] of Object.entries(model.device)) {
    if (device.technology !== 'iax2') continue;
    const about = ref('device', id);
    const held = peers.get(id);
    peers.delete(id);
    if (held === undefined) found.push(missing(about, 'IAX2 peer'));
    else {
      found.push(
        ...secret(about, setting(file, id, 'secret'), model.secrets[`device/${id}/iax2`]),
        ...differing(about, {
          context: [device.context, setting(file, id, 'context')],
          'may register': [device.host === null, held['Dynamic']],
        }),
      );
    }
  }
  for (const [id, trunk] of Object.entries(model.trunk)) {
    if (trunk.technology !== 'iax2') continue;
    const about = ref('trunk', id);
    const held = peers.get(trunk.peer);
    peers.delete(trunk.peer);
    if ((held === undefined) !== trunk.disabled && trunk.host !== null)
      found.push(held === undefined ? missing(about, 'IAX2 peer') : tooMuch(about, 'IAX2 peer'));
    else if (held !== undefined) {
      found.push(
        ...secret(about, setting(file, trunk.peer, 'secret'), model.secrets[`trunk/${id}/outbound`]),
        ...differing(about, {
          'user name': [trunk.username ?? '', setting(file, trunk.peer, 'username') ?? ''],
          address: [trunk.host ?? 'dynamic', setting(file, trunk.peer, 'host')],
          'many calls in one packet': [trunk.trunkMode, held['Trunk']],
        }),
      );
    }
  }
  return [...found, ...[...peers.keys()].map((name) => tooMuch(ref('settings', 'pbx'), `IAX2 peer ${name}`))];
});

function secret(about: Parameters<typeof missing>[0], held: string | null, expected: string | undefined): Mismatch[] {
  if (expected === undefined || held === expected) return [];
  return [{ about, what: 'secret', expected: 'the one of the model', held: 'another' }];
}
