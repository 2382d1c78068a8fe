import { expect, test } from 'vitest';
import { silentContext } from '../../../src/context.ts';
import type { ExtensionState } from '../../../src/model/walk/situation.ts';
import { fromOutside } from '../../../src/model/walk/situation.ts';
import { dialled, walk } from '../../../src/model/walk.ts';
import { renderModel } from '../../../src/render/render.ts';
import { firstDifference } from '../../../src/verify/paths/differences.ts';
import { houseOf } from '../../../src/verify/paths/house.ts';
import { databaseAt, type Outcome, simulate } from '../../../src/verify/paths/outcome.ts';
import { outcomeOfWalk } from '../../../src/verify/paths/walked.ts';
import { codesWith } from '../../render/codes.ts';
import { pbx, type Some } from '../../render/some-pbx.ts';
import { holding } from '../false-alarms.ts';

/** What a call to a number does where 102 forwards so: as the model says, and as the dialplan does. */
async function both(some: Some, number: string, forwards: Partial<ExtensionState>): Promise<[Outcome, Outcome]> {
  const model = pbx(some);
  const { files } = await renderModel(model, { live: false }, silentContext());
  const house = await houseOf(holding(model, files), model);
  const phones = (): 'ignore' => 'ignore';
  const at = fromOutside('79160001122', 'Anna', { phones, state: { extensions: { '102': forwards }, trunks: {} } });
  const before = databaseAt(house, at);
  const from = dialled(number);
  return [outcomeOfWalk(house, walk(model, from, at), at, before), simulate(house, { from, at, byProgram: false }, before)];
}

const RINGS = { preRingSeconds: '5', ringSeconds: '20', noAnswer: { to: 'end', how: 'hangup' } };
const times = ({ legs }: Outcome): string[] => legs.map((l) => `${l.who.split(' ')[0]} ${l.start}-${l.end}`);

test.each([
  ['ringallv2', ['102'], ['device/101 0-5', 'device/101 5-25']],
  ['ringall', ['102'], ['device/101 0-5', 'device/101 5-25']],
  ['ringall', ['101', '102'], ['device/101 0-5', 'device/101 5-25']],
  ['ringallv2', ['101', '102'], ['device/101 0-25', 'device/101 5-25']],
])('follow me (%s, %s) to which a member leads back rings its own telephone on', async (strategy, numbers, rung) => {
  const members = numbers.map((number) => ({ number }));
  const some = codesWith('follow-me', '101', { ...RINGS, strategy, members });
  const [said, done] = await both(some, '101', { forwardAlways: '101' });
  expect(times(said)).toEqual(rung);
  expect(done).toEqual(said);
});

test('a group to which a member leads back rings the others once', async () => {
  const [said, done] = await both(codesWith('ring-group', '600', {}), '600', { forwardAlways: '600' });
  expect(times(said)).toEqual(['device/101 0-20']);
  expect(done).toEqual(said);
});

test.each(['yes', 'no'])(
  "queues that are each other's agents ring whom else they have, and go on (without an answer: %s)",
  async (withoutAnswer) => {
    const queue = (other: string, next: object) => ({
      strategy: 'ringall',
      members: [{ number: other }, { number: '102' }],
      maxWaitSeconds: '5',
      withoutAnswer,
      next,
    });
    const some = codesWith('queue', '401', queue('400', { to: 'queue', id: '400' }));
    const queues = { ...some.queue, 400: queue('401', { to: 'end', how: 'busy' }) };
    const [said, done] = await both({ ...some, queue: queues }, '400', {});
    expect(said.heard).toEqual([expect.stringMatching(/^queue 400 \(15 s\): device\/102 [^/]*$/)]);
    expect(firstDifference(said, done)).toBeNull();
  },
);

// dialparties.agi takes the members in order, and a number once: the forward by its own way, follow me and all, or the member's telephone alone
test.each([
  [['101', '102'], ['device/101 0-20']],
  [
    ['102', '101'],
    ['device/101 0-20', 'trunk/1 7-20', 'device/101 7-20'],
  ],
])('a member of a group (%s) that forwards to another rings it as whoever comes first does', async (numbers, rung) => {
  const members = numbers.map((number) => ({ number }));
  const [said, done] = await both(codesWith('ring-group', '600', { members }), '600', { forwardAlways: '101' });
  expect(times(said)).toEqual(rung);
  expect(done).toEqual(said);
});
