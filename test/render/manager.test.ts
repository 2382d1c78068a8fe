import { describe, expect, test } from 'vitest';
import { contextOf, type Some, smallHouse, treeOf } from './some-pbx.ts';

describe('AMI', () => {
  const withUsers = (users: Record<string, object>, secrets: Record<string, string>): Some => ({
    ...smallHouse,
    'ami-user': users,
    secrets: { ...smallHouse.secrets, ...secrets },
  });
  const local = { deny: ['0.0.0.0/0.0.0.0'], permit: ['127.0.0.1/255.255.255.0'], read: ['all'], write: ['all'] };

  test('is open to other machines only where a program may come from one', async () => {
    const here = withUsers({ panel: local }, { 'ami-user/panel/secret': 'p;1' });
    expect((await treeOf(here)).text('manager.conf')).toContain('\nbindaddr = 127.0.0.1\n');
    const there = withUsers({ dialer: { ...local, permit: ['10.0.0.5/255.255.255.255'] } }, { 'ami-user/dialer/secret': 'p' });
    expect((await treeOf(there)).text('manager.conf')).toContain('\nbindaddr = 0.0.0.0\n');
  });

  test('keeps rights and addresses as found; the secret stands in a secret file', async () => {
    const tree = await treeOf(withUsers({ panel: { ...local, writeTimeoutMs: '250' } }, { 'ami-user/panel/secret': 'p;1' }));
    expect(contextOf(tree.text('manager.d/users.conf'), 'panel')).toEqual([
      'secret = p\\;1',
      'deny = 0.0.0.0/0.0.0.0',
      'permit = 127.0.0.1/255.255.255.0',
      'read = all',
      'write = all',
      'writetimeout = 250',
    ]);
    expect(tree.files.find((f) => f.path.endsWith('users.conf'))?.secret).toBe(true);
  });

  test('a network that cannot be read shuts the door; a program without a secret cannot log in', async () => {
    const odd = await treeOf(withUsers({ panel: { ...local, deny: ['everybody'] } }, { 'ami-user/panel/secret': 'p' }));
    expect(contextOf(odd.text('manager.d/users.conf'), 'panel')).toContain('deny = 0.0.0.0/0.0.0.0');
    const none = await treeOf(withUsers({ panel: local }, {}));
    expect(none.has('manager.d/users.conf')).toBe(false);
    expect(none.codes()).toContain('SECRET_MISSING');
  });
});
