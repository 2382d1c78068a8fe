import { expect, it } from 'vitest';
import { parseConf } from '../../src/asterisk/conf.ts';
import { silentContext } from '../../src/context.ts';
import type { Model } from '../../src/model/kinds.ts';
import { renderModel } from '../../src/render/render.ts';
import { announcementCheck } from '../../src/verify/static/announcements.ts';
import type { Asked } from '../../src/verify/static/asked.ts';
import { conferenceCheck } from '../../src/verify/static/conferences.ts';
import { destinationCheck } from '../../src/verify/static/destinations.ts';
import { extensionCheck } from '../../src/verify/static/extensions.ts';
import { alertCheck, inboundRouteCheck } from '../../src/verify/static/inbound-routes.ts';
import { memberCheck } from '../../src/verify/static/members.ts';
import { menuCheck } from '../../src/verify/static/menus.ts';
import { numberCheck } from '../../src/verify/static/numbers.ts';
import { outboundRouteCheck } from '../../src/verify/static/outbound-routes.ts';
import { promptCheck } from '../../src/verify/static/prompts.ts';
import { queueCallCheck } from '../../src/verify/static/queue-calls.ts';
import { modelMutants } from '../mutation/model-mutants.ts';
import { spread } from '../mutation/mutant.ts';
import { Random } from '../mutation/random.ts';
import { withCodes } from '../render/codes.ts';
import { flowSecrets, houseWithFlows } from '../render/house-with-flows.ts';
import { pbx, smallHouse } from '../render/some-pbx.ts';
import { answering } from './asked.ts';

/** Those that ask for nothing but the dialplan and files. */
const CHECKS = [
  alertCheck,
  announcementCheck,
  conferenceCheck,
  destinationCheck,
  extensionCheck,
  inboundRouteCheck,
  memberCheck,
  menuCheck,
  numberCheck,
  outboundRouteCheck,
  promptCheck,
  queueCallCheck,
];

const HOUSE = pbx({
  ...smallHouse,
  ...withCodes,
  ...houseWithFlows,
  secrets: { ...smallHouse.secrets, ...withCodes.secrets, ...flowSecrets },
});
const HOUSES = 60;
const FILES = ['confbridge', 'iax', 'pjsip_wizard', 'res_parking'];

/** What an Asterisk with these files would answer. */
async function holding(model: Model): Promise<Asked> {
  const { files } = await renderModel(model, { live: false }, silentContext());
  const text = new Map(files.map((f) => [f.path, String(f.content)]));
  const dialplan = text.get('etc/asterisk/extensions.conf') ?? '';
  // Asterisk itself puts in the number that parks a call
  const parks = Object.values(model.parking).map((lot) => `exten = ${lot.extension},1,Park()\n`);
  text.set('etc/asterisk/extensions.conf', `${dialplan}\n[parkedcalls](+)\n${parks.join('')}`);
  return answering({
    dialplan: text.get('etc/asterisk/extensions.conf') ?? '',
    tree: Object.fromEntries(text),
    files: Object.fromEntries(FILES.map((name) => [`${name}.conf`, confOf(text, name)])),
  });
}

function confOf(files: ReadonlyMap<string, string>, name: string): Record<string, [string, string][]> {
  const { sections } = parseConf(files.get(`etc/asterisk/${name}.conf`) ?? '', name);
  return Object.fromEntries(sections.map((s) => [s.name, s.entries.map((e): [string, string] => [e.name, e.value])]));
}

it('a house that is held as it is gives no alarm, whatever it is like', { timeout: 60_000 }, async () => {
  const houses = spread(modelMutants(HOUSE, new Random(11)), HOUSES, new Random(11));
  expect(houses).toHaveLength(HOUSES);
  for (const { made, what } of houses) {
    if (made.in !== 'model') continue;
    const asked = await holding(made.model);
    for (const check of CHECKS) expect(await check(asked, made.model), what).toEqual([]);
  }
});
