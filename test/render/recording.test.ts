import { expect, test } from 'vitest';
import { contextOf, type Some, treeOf } from './some-pbx.ts';

const records = { inExternal: 'dontcare', inInternal: 'dontcare', outExternal: 'always', outInternal: 'dontcare', priority: '10' };
const house = (caller: object): Some => ({
  device: {
    101: { technology: 'sip', extension: '101' },
    150: { technology: 'custom', extension: '150', dial: 'Local/0555@from-internal' },
  },
  extension: { 101: { name: 'Caller', devices: ['101'], ...caller }, 150: { name: 'Mobile', devices: ['150'] } },
  'ring-group': { 600: { strategy: 'ringall', ringSeconds: '10', members: [{ number: '0555', outside: 'yes' }] } },
});
const SETTLED = /Set\(__RECORDING=no\)/;

test("who records his calls to the outside records none that a group or another's telephone dials there", async () => {
  const tree = await treeOf(house({ recording: records }));
  expect(contextOf(tree.text('extensions.d/ring-group.conf'), 'ext-group').filter((l) => SETTLED.test(l))).toHaveLength(1);
  expect(contextOf(tree.text('extensions.d/extension.conf'), 'ext-local').filter((l) => SETTLED.test(l))).toHaveLength(1);
  expect(contextOf(tree.text('extensions.d/ring-members.conf'), 'group-end')).toContain(
    'same = n,ExecIf($["${GROUP_SETTLED}" = "yes"]?Set(__RECORDING=))',
  );
});

test('where nobody records calls to the outside nothing is settled', async () => {
  const tree = await treeOf(house({}));
  expect(tree.text('extensions.d/ring-group.conf')).not.toMatch(SETTLED);
  expect(tree.text('extensions.d/extension.conf')).not.toMatch(SETTLED);
});
