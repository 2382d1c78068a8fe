import { describe, expect, test } from 'vitest';
import { contextOf, houseWith, type Some, smallHouse, treeOf } from './some-pbx.ts';

describe('IAX2 trunks', () => {
  const branch = {
    technology: 'iax2',
    name: 'Branch',
    peer: 'branch',
    host: '192.0.2.77',
    registrations: [{ host: '192.0.2.77', user: 'clinic' }],
  };
  const house = houseWith('trunk', '3', branch);
  const secrets = { ...smallHouse.secrets, 'trunk/3/registration/0': 'iaxpw' };

  test('register with their carrier once they may', async () => {
    const quiet = await treeOf({ ...house, secrets });
    expect(quiet.text('iax_registration.conf')).toContain('register => clinic:iaxpw@192.0.2.77');
    expect(quiet.text('iax.conf')).toContain('\n#tryinclude "live.d/iax_registration.conf"');
    expect((await treeOf({ ...house, secrets }, true)).text('iax.conf')).toContain('\n#include "iax_registration.conf"');
    const odd = await treeOf({ ...house, secrets: { ...secrets, 'trunk/3/registration/0': 'a@b' } });
    expect(odd.has('iax_registration.conf')).toBe(false);
    expect(odd.codes()).toContain('TRUNK_REGISTRATION_UNREADABLE');
  });

  test('let the far end call in under their own name where the old box did', async () => {
    const type = async (o: object) => contextOf((await treeOf(houseWith('trunk', '3', { ...branch, ...o }))).text('iax.conf'), 'branch')[0];
    expect(await type({ inboundUser: 'branch' })).toBe('type = friend');
    expect(await type({})).toBe('type = peer');
  });

  test('a custom trunk goes to the IAX2 peer that it names, where there is one', async () => {
    const gate = (dial: string): Some => ({ ...house, trunk: { ...house.trunk, '4': { technology: 'custom', name: 'Gate', dial } } });
    const known = await treeOf(gate('IAX2/branch/$OUTNUM$'));
    expect(contextOf(known.text('extensions.d/trunk.conf'), 'trunk-4').join('\n')).toContain('Dial(IAX2/branch/${FILTER(');
    expect((await treeOf(gate('IAX2/nobody/$OUTNUM$'))).codes()).toContain('TRUNK_NOT_CARRIED');
  });
});
