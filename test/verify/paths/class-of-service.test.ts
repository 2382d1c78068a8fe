import { describe, expect, test } from 'vitest';
import { silentContext } from '../../../src/context.ts';
import { fromExtension } from '../../../src/model/walk/situation.ts';
import { walk } from '../../../src/model/walk.ts';
import { renderModel } from '../../../src/render/render.ts';
import { firstDifference } from '../../../src/verify/paths/differences.ts';
import { houseOf } from '../../../src/verify/paths/house.ts';
import { databaseAt, type Outcome, simulate } from '../../../src/verify/paths/outcome.ts';
import { outcomeOfWalk } from '../../../src/verify/paths/walked.ts';
import { classOfServiceCheck } from '../../../src/verify/static/classes.ts';
import { houseWithCodes } from '../../render/codes.ts';
import { pbx } from '../../render/some-pbx.ts';
import { holding } from '../false-alarms.ts';

const part = (context: string, more: object = {}) => ({ context, ...more });
const out = 'outbound-allroutes';
const model = pbx({
  ...houseWithCodes,
  'class-of-service': {
    guests: {
      description: 'Guests; in the hall',
      parts: [part('ext-local'), part('ext-group'), part('app-dnd-on'), part('no-such-part')],
      onFailure: { to: 'ring-group', id: '600' },
    },
    shy: { parts: [part('ext-findmefollow'), part('ext-local')], onFailedCode: { to: 'end', how: 'busy' } },
    out: { parts: [part('outbound-allroutes')] },
    ruled: {
      parts: [part(out, { numbers: 'of-rules' }), part('ext-group'), part('ext-local', { numbers: 'others' })],
      dialRules: [{ prefix: '0', match: '9.' }, { match: '10[1-2]' }, { match: '6XX' }, { match: 'a b' }],
    },
    unruled: { parts: [part(out, { numbers: 'of-rules' }), part('ext-local', { numbers: 'others' })] },
    keyed: {
      parts: [part('ext-local'), part('from-internal', { asksPin: 'yes' })],
      onFailedCode: { to: 'ring-group', id: '600' },
      asksPinOnFailedCode: 'yes',
    },
    locked: { onFailure: { to: 'extension', id: '101', by: 'direct' }, asksPinOnFailure: 'yes' },
    lost: { parts: [part('nowhere', { asksPin: 'yes' })] },
    all: { parts: [part('from-internal')] },
    from_internal: { parts: [] },
    'ext-local': { parts: [part('ext-group')] },
  },
  secrets: {
    ...houseWithCodes.secrets,
    'class-of-service/keyed/pin': '83920',
    'class-of-service/keyed/code-pin': '5',
    'class-of-service/locked/pin': '77',
    'class-of-service/lost/pin': '88',
  },
});
const { files, findings } = await renderModel(model, { live: false }, silentContext());
const house = await houseOf(holding(model, files), model);

/** What a telephone of the class meets that dials a number: the same by the model and by the dialplan. */
function dials(inClass: string, number: string, ...keys: string[]): Outcome {
  const at = fromExtension('102', { phones: () => 'ignore', device: '102', keys });
  const from = { to: 'number', context: inClass, number } as const;
  const before = databaseAt(house, at);
  const said = outcomeOfWalk(house, walk(model, from, at), at, before);
  const done = simulate(house, { from, at, byProgram: false }, before);
  expect(firstDifference(said, done)).toBeNull();
  return said;
}
const rung = (o: Outcome): string[] => [...new Set(o.legs.map((l) => l.who.split(' ')[0] ?? ''))].sort();

describe('a telephone of a class of service', () => {
  test('reaches the parts that its class has, and what is not among them goes where the class says', () => {
    expect(rung(dials('guests', '101'))).toEqual(['device/101']);
    expect(rung(dials('guests', '600'))).toEqual(rung(dials('all', '600')));
    expect(dials('guests', '*78').database).toEqual({ 'DND/102': 'YES' });
    // a number for outside goes to the group, a code that is not among them nowhere
    expect(rung(dials('guests', '989161112233'))).toEqual(rung(dials('all', '600')));
    expect(dials('guests', '*79').end).toBe('hung-up');
    expect(dials('shy', '*79').end).toBe('busy');
  });

  test('comes to the other telephones of who is followed only where its class has follow me', () => {
    expect(rung(dials('guests', '101'))).toEqual(['device/101']);
    expect(rung(dials('shy', '101')).length).toBeGreaterThan(1);
  });

  test('dials out by the routes of its class alone', () => {
    expect(rung(dials('out', '989161112233'))).toEqual(rung(dials('all', '989161112233')));
    expect(dials('out', '101').end).toBe('congestion');
    expect(dials('shy', '989161112233').end).toBe('congestion');
  });

  test('dials a number of a dial rule without its prefix, by the parts for such numbers, and any other by the rest', () => {
    expect(rung(dials('ruled', '0989161112233'))).toEqual(rung(dials('all', '989161112233')));
    expect(dials('ruled', '989161112233').end).toBe('congestion');
    // a number of a rule is not asked of the other parts
    expect(dials('ruled', '101').end).toBe('congestion');
    expect(rung(dials('ruled', '103'))).toEqual(rung(dials('all', '103')));
    expect(rung(dials('ruled', '600'))).toEqual(rung(dials('all', '600')));
    expect(dials('unruled', '989161112233').end).toBe('congestion');
    expect(rung(dials('unruled', '101'))).toEqual(['device/101']);
  });

  test('dials what its class forbids by the PIN, and not without it', () => {
    expect(rung(dials('keyed', '989161112233', '83920#'))).toEqual(rung(dials('all', '989161112233')));
    expect(rung(dials('keyed', '989161112233', '1#', '83920#'))).toEqual(rung(dials('all', '989161112233')));
    expect(rung(dials('keyed', '989161112233', '1#', '2#', '5#'))).toEqual([]);
    expect(rung(dials('keyed', '101'))).toEqual(['device/101']);
    expect(rung(dials('keyed', '*79', '5#'))).toEqual(rung(dials('all', '600')));
    expect(rung(dials('keyed', '*79', '83920#', '1#', '1#'))).toEqual([]);
    expect(rung(dials('locked', '989161112233', '77#'))).toEqual(['device/101']);
    expect(dials('lost', '989161112233').end).toBe('congestion');
  });

  test('is told of parts that the new box does not have, and of a class with the name of something else', () => {
    const told = findings.filter((f) => f.about?.kind === 'class-of-service').map((f) => `${f.code} ${f.about?.id}`);
    expect(told).toEqual([
      'CONTEXT_NOT_CARRIED ext-local',
      'CLASS_PART_UNKNOWN guests',
      'NUMBER_NOT_RENDERED ruled',
      'CLASS_PART_UNKNOWN lost',
    ]);
  });
});

test('which routes a class can come to is read off the dialplan', async () => {
  expect(await classOfServiceCheck(holding(model, files), model)).toEqual([]);
  const open = files.map((f) =>
    f.path.endsWith('/class-of-service.conf')
      ? { ...f, content: String(f.content).replace('[guests]', '[guests]\ninclude = outbound-allroutes') }
      : f,
  );
  expect((await classOfServiceCheck(holding(model, open), model)).map((m) => `${m.about.id} ${m.what}: ${m.expected}`)).toEqual([
    'guests outbound routes: nothing',
  ]);
});
