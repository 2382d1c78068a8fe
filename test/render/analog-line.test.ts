import { describe, expect, it } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { renderModel } from '../../src/render/render.ts';
import { plan } from '../../src/verify/plan.ts';
import { trunkCheck } from '../../src/verify/static/trunks.ts';
import { said } from '../verify/asked.ts';
import { falseAlarms } from '../verify/false-alarms.ts';
import { byId, legs } from '../verify/planned.ts';
import { contextOf, pbx, type Some, smallHouse, treeOf } from './some-pbx.ts';

const lines = [
  { line: '3', number: '74951234500', name: 'FXO 3' },
  { line: '4', number: '74951234599', name: 'FXO 4' },
];
const gateway = { technology: 'sip', name: 'Gateway', peer: 'gateway', host: '192.0.2.20', lines };
const withTrunk = (trunk: object): Some => ({ ...smallHouse, trunk: { ...smallHouse.trunk, '5': trunk } });
const house = withTrunk(gateway);

describe('a gateway in the place of a telephone card', () => {
  it('brings calls on each of its lines to the number of the line, and all others as any carrier does', async () => {
    const tree = await treeOf(house);
    expect(tree.text('pjsip_wizard.conf')).toContain('endpoint/context = lines-of-trunk-5');
    const entry = contextOf(tree.text('extensions.d/trunk.conf'), 'lines-of-trunk-5').filter((l) => /^(exten|include)/.test(l));
    expect(entry).toEqual([
      'exten = 3,1,Goto(from-trunk,74951234500,1) ; FXO 3',
      'exten = 4,1,Goto(from-trunk,74951234599,1) ; FXO 4',
      'include = from-trunk',
    ]);
    expect(await falseAlarms(pbx(house), await renderModel(pbx(house), { live: false }, silentContext()))).toEqual([]);
  });

  it('is called on each line in the lab, as if the number of the line were called', () => {
    const { scenarios } = plan(pbx(house));
    const call = byId(scenarios, 'line/5/3/answered');
    expect([call.dial, call.caller.ref?.id, legs(call)]).toEqual(['3', '5', ['1 device/101 101 answered', '1 device/102 102']]);
    expect(legs(byId(scenarios, 'line/5/4/answered'))).toEqual(['1 device/101 101 answered']);
  });

  it('is missed where a line leads to another number', async () => {
    const dialplan = '[lines-of-trunk-5]\nexten = 3,1,Goto(from-trunk,74951234500,1)\nexten = 4,1,Goto(from-trunk,1,1)\n';
    expect(await said(trunkCheck, { dialplan }, pbx(house))).toEqual([
      'trunk/5 a call on line 4: from-trunk,74951234599,1, held from-trunk,1,1',
    ]);
  });

  it('tells a line that no dialplan can hold, or that another has taken', async () => {
    const odd = withTrunk({ ...gateway, lines: [...lines, { line: '3', number: '5', name: '' }, { line: 'a b', number: '5', name: '' }] });
    const told = (await treeOf(odd)).findings.filter((f) => f.code === 'NUMBER_NOT_RENDERED');
    expect(told.map((f) => [f.about?.id, f.where])).toEqual([
      ['5', '3'],
      ['5', 'a b'],
    ]);
  });
});

it('a telephone card itself takes no calls, and its lines are kept for what comes after it', async () => {
  const tree = await treeOf(withTrunk({ technology: 'dahdi', name: 'Card', group: 'g0', lines }));
  expect(tree.text('extensions.d/trunk.conf')).not.toContain('lines-of-trunk');
  expect(tree.codes()).toContain('TRUNK_NOT_CARRIED');
});
