import { expect, test } from 'vitest';
import { evaluate } from '../../../src/verify/paths/expression.ts';
import { substitute } from '../../../src/verify/paths/substitution.ts';
import { smallHouse, treeOf } from '../../render/some-pbx.ts';

/** SET() and IF() of func_logic, over variables and a clock of our own. */
function passing(condition: string): (second: number) => string {
  const held = new Map<string, string>();
  return (second) =>
    substitute(condition, {
      variable: (name) => (name === 'EPOCH' ? String(1_795_000_000 + second) : (held.get(name) ?? '')),
      call: (name, args) => {
        const [first = '', rest = ''] = args.split(name === 'IF' ? '?' : '=', 2);
        if (name === 'SET') held.set(first, rest);
        const [yes = '', no = ''] = rest.split(':');
        return name === 'SET' ? rest : first === '1' ? yes : no;
      },
      expression: evaluate,
    });
}

test('a call that goes round in hand-made dialplan ends where it passes more than fifty times in a second, however long it goes on', async () => {
  const line = { at: 'x.conf:1', extension: '7', priority: '1', application: 'Goto', arguments: '7,1' };
  const tree = await treeOf({ ...smallHouse, 'custom-dialplan': { round: { lines: [line] } } });
  const condition = /GotoIf\((.*)\?in-a-circle/.exec(tree.text('extensions.d/custom.conf'))?.[1] ?? '';
  const fast = passing(condition);
  expect(Array.from({ length: 51 }, () => fast(7))).toEqual([...Array(50).fill('0'), '1']);
  const slow = passing(condition);
  const passes = Array.from({ length: 2000 }, (_, n) => slow(Math.floor(n / 50)));
  expect(new Set(passes)).toEqual(new Set(['0']));
});
