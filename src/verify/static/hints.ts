import { numbering } from '../../model/numbering.ts';
import { ref } from '../../model/ref.ts';
import { defineCheck, differing, missing } from './mismatch.ts';

/** Lamps: each extension that has telephones says whether they are in use, and names no other. */
export const hintCheck = defineCheck(async ({ list, dialplan }, model) => {
  const hints = new Map<string, string>();
  for (const e of await list('ExtensionStateList')) hints.set(`${e['Exten']}`, e['Hint'] ?? '');
  const { numbers } = numbering(model);
  // where something else has the number, its own lamp is what telephones see
  const own = Object.entries(model.extension).filter(([id]) => numbers.get(id)?.to === 'extension');
  return own.flatMap(([id, x]) => {
    const about = ref('extension', id);
    const telephones = x.devices.flatMap((name) => {
      const technology = model.device[name]?.technology;
      return technology === 'sip' ? [`PJSIP/${name}`] : technology === 'iax2' ? [`IAX2/${name}`] : [];
    });
    if (telephones.length === 0) return [];
    const held = dialplan.hint(id, 'from-internal') ?? hints.get(id);
    if (held === undefined) return [missing(about, 'hint')];
    // states that are no telephone's (Custom:DND101) stand beside them
    const named = held.split(/[&,]/).filter((device) => /^(PJSIP|IAX2|SIP)\//.test(device));
    return differing(about, { hint: [telephones.sort().join('&'), named.sort().join('&')] });
  });
});
