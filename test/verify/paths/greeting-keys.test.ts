import { expect, test } from 'vitest';
import { silentContext } from '../../../src/context.ts';
import { fromExtension } from '../../../src/model/walk/situation.ts';
import { walk } from '../../../src/model/walk.ts';
import { renderModel } from '../../../src/render/render.ts';
import { firstDifference } from '../../../src/verify/paths/differences.ts';
import { houseOf } from '../../../src/verify/paths/house.ts';
import { databaseAt, type Outcome, simulate } from '../../../src/verify/paths/outcome.ts';
import { outcomeOfWalk } from '../../../src/verify/paths/walked.ts';
import { houseWithCodes } from '../../render/codes.ts';
import { pbx } from '../../render/some-pbx.ts';
import { holding } from '../false-alarms.ts';

const keys = { unavailable: { numbers: { 1: '989161112233', 2: '600', 0: '101' }, plays: '2' }, busy: { forgives: '0' } };
const model = pbx({
  ...houseWithCodes,
  extension: { ...houseWithCodes.extension, '102': { ...houseWithCodes.extension?.['102'], greetingKeys: keys } },
});
const { files } = await renderModel(model, { live: false }, silentContext());
const house = await houseOf(holding(model, files), model);

/** What who comes to the greeting meets: the same by the model and by the dialplan. */
function hears(greeting: 'unavailable' | 'busy', ...pressed: string[]): Outcome {
  const at = fromExtension('101', { phones: () => (greeting === 'busy' ? 'busy' : 'ignore'), device: '101', keys: pressed });
  const from = { to: 'extension', id: '102', by: 'direct' } as const;
  const before = databaseAt(house, at);
  const said = outcomeOfWalk(house, walk(model, from, at), at, before);
  expect(firstDifference(said, simulate(house, { from, at, byProgram: false }, before))).toBeNull();
  return said;
}
const rung = (o: Outcome): string[] => [...new Set(o.legs.map((l) => l.who.split(' ')[0] ?? ''))].sort();

test('a greeting with keys sends who keys a number there, and takes a message of all others', () => {
  expect(rung(hears('unavailable', '1'))).toEqual(['device/102', 'trunk/1']);
  expect(rung(hears('unavailable', '2')).length).toBeGreaterThan(1);
  expect(rung(hears('unavailable', '0'))).toContain('device/101');
  expect(rung(hears('unavailable', '', '1'))).toEqual(['device/102', 'trunk/1']);
  for (const pressed of [[], ['', ''], ['7', '1'], ['7', '8'], ['#'], ['9', '']])
    expect(hears('unavailable', ...pressed).legs).toBeDefined();
  expect(hears('unavailable', '', '').end).toBe('message');
  expect(hears('busy', '5').end).toBe('message');
  expect(hears('busy', '*').legs).toBeDefined();
  expect(hears('busy', '0').legs).toBeDefined();
});
