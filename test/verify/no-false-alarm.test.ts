import { expect, it } from 'vitest';
import { parseConf } from '../../src/asterisk/conf.ts';
import { silentContext } from '../../src/context.ts';
import type { Model } from '../../src/model/kinds.ts';
import { renderModel } from '../../src/render/render.ts';
import { announcementCheck } from '../../src/verify/static/announcements.ts';
import { conferenceCheck } from '../../src/verify/static/conferences.ts';
import { destinationCheck } from '../../src/verify/static/destinations.ts';
import { alertCheck, inboundRouteCheck } from '../../src/verify/static/inbound-routes.ts';
import { menuCheck } from '../../src/verify/static/menus.ts';
import { numberCheck } from '../../src/verify/static/numbers.ts';
import { outboundRouteCheck } from '../../src/verify/static/outbound-routes.ts';
import { promptCheck } from '../../src/verify/static/prompts.ts';
import { modelMutants } from '../mutation/model-mutants.ts';
import { spread } from '../mutation/mutant.ts';
import { Random } from '../mutation/random.ts';
import { withCodes } from '../render/codes.ts';
import { flowSecrets, houseWithFlows } from '../render/house-with-flows.ts';
import { pbx, smallHouse } from '../render/some-pbx.ts';
import { type Answers, said } from './asked.ts';

/** Those that ask for nothing but the dialplan and files. */
const CHECKS = [
  alertCheck,
  announcementCheck,
  conferenceCheck,
  destinationCheck,
  inboundRouteCheck,
  menuCheck,
  numberCheck,
  outboundRouteCheck,
  promptCheck,
];

const HOUSE = pbx({
  ...smallHouse,
  ...withCodes,
  ...houseWithFlows,
  secrets: { ...smallHouse.secrets, ...withCodes.secrets, ...flowSecrets },
});
const HOUSES = 90;

/** What an Asterisk with these files would answer. */
async function holding(model: Model): Promise<Answers> {
  const { files } = await renderModel(model, { live: false }, silentContext());
  const text = new Map(files.map((f) => [f.path, String(f.content)]));
  const dialplan = text.get('etc/asterisk/extensions.conf') ?? '';
  // Asterisk itself puts in the number that parks a call
  const parks = Object.values(model.parking).map((lot) => `exten = ${lot.extension},1,Park()\n`);
  text.set('etc/asterisk/extensions.conf', `${dialplan}\n[parkedcalls](+)\n${parks.join('')}`);
  return {
    dialplan: text.get('etc/asterisk/extensions.conf') ?? '',
    tree: Object.fromEntries(text),
    files: { 'confbridge.conf': confOf(text, 'confbridge'), 'res_parking.conf': confOf(text, 'res_parking') },
  };
}

function confOf(files: ReadonlyMap<string, string>, name: string): Record<string, [string, string][]> {
  const { sections } = parseConf(files.get(`etc/asterisk/${name}.conf`) ?? '', name);
  return Object.fromEntries(sections.map((s) => [s.name, s.entries.map((e): [string, string] => [e.name, e.value])]));
}

it('a house that is held as it is gives no alarm, whatever it is like', async () => {
  const houses = spread(modelMutants(HOUSE, new Random(11)), HOUSES, new Random(11));
  expect(houses).toHaveLength(HOUSES);
  for (const { made, what } of houses) {
    if (made.in !== 'model') continue;
    const answers = await holding(made.model);
    for (const check of CHECKS) expect(await said(check, answers, made.model), what).toEqual([]);
  }
});
