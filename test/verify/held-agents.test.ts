import { expect, it } from 'vitest';
import { queueCheck } from '../../src/verify/static/queues.ts';
import { aModel, houseOf, stateWith } from '../model/a-model.ts';
import { said } from './asked.ts';

const model = aModel({
  ...houseOf({ 101: stateWith({}), 102: stateWith({}) }),
  queue: { 400: { strategy: 'ringall', members: [{ number: '101' }, { number: '989161112233' }], loggedIn: [{ number: '102' }] } },
});
const member = (number: string, Membership: string, StateInterface: string) => ({
  Event: 'QueueMember',
  Queue: '400',
  Membership,
  Location: `Local/${number}@from-queue/n`,
  StateInterface,
});

async function unwatched(fixed: string, loggedIn: string): Promise<string[]> {
  const held = [member('101', 'static', fixed), member('102', 'dynamic', loggedIn), member('989161112233', 'static', 'x')];
  const lists = { QueueStatus: [{ Event: 'QueueParams', Queue: '400' }, ...held] };
  return (await said(queueCheck, { lists }, model)).filter((line) => line.includes('lamp'));
}

it('an agent whose lamp a queue does not watch, or watches under half a name, is told: he would be rung in the middle of a call', async () => {
  expect(await unwatched('hint:101@ext-local', 'hint:102@ext-local')).toEqual([]);
  expect(await unwatched('hint:101@ext-local', 'hint')).toEqual(['queue/400 agents whose lamp is not watched: nothing, held 102']);
  expect(await unwatched('Local/101@from-queue/n', 'hint:102@ext-local')).toEqual([
    'queue/400 agents whose lamp is not watched: nothing, held 101',
  ]);
});

it('whoever logged in under the number of an agent that never moves is another agent', async () => {
  const twins = aModel({
    ...houseOf({ 101: stateWith({}) }),
    queue: { 400: { strategy: 'ringall', members: [{ kind: 'agent', number: '101' }], loggedIn: [{ number: '101' }] } },
  });
  const held = async (...members: Record<string, string>[]): Promise<string[]> =>
    (await said(queueCheck, { lists: { QueueStatus: [{ Event: 'QueueParams', Queue: '400' }, ...members] } }, twins)).filter((line) =>
      line.includes('logged in'),
    );
  expect(await held(member('101', 'dynamic', 'hint:101@ext-local'))).toEqual([]);
  expect(await held()).toEqual(['queue/400 logged in: 101, held ']);
});
