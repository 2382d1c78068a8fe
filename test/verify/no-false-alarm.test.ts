import { expect, it } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { renderModel } from '../../src/render/render.ts';
import { modelMutants } from '../mutation/model-mutants.ts';
import { spread } from '../mutation/mutant.ts';
import { Random } from '../mutation/random.ts';
import { withCodes } from '../render/codes.ts';
import { flowSecrets, houseWithFlows } from '../render/house-with-flows.ts';
import { houseWithPassing, passingSecrets } from '../render/house-with-passing.ts';
import { pbx, smallHouse } from '../render/some-pbx.ts';
import { falseAlarms } from './false-alarms.ts';

const HOUSE = pbx({
  ...smallHouse,
  ...withCodes,
  ...houseWithFlows,
  secrets: { ...smallHouse.secrets, ...withCodes.secrets, ...flowSecrets },
});
const HOUSES = 60;

const PASSING = pbx({ ...smallHouse, ...houseWithPassing, secrets: { ...smallHouse.secrets, ...passingSecrets } });

it.each([
  ['with codes and menus', HOUSE],
  ['with what calls pass on their way', PASSING],
])('a house %s that is held as it is gives no alarm, whatever it is like', { timeout: 60_000 }, async (_which, house) => {
  const houses = spread(modelMutants(house, new Random(11)), HOUSES, new Random(11));
  expect(houses).toHaveLength(HOUSES);
  for (const { made, what } of houses) {
    if (made.in !== 'model') continue;
    const rendered = await renderModel(made.model, { live: false }, silentContext());
    expect(await falseAlarms(made.model, rendered), what).toEqual([]);
  }
});
