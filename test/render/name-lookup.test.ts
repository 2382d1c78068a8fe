import { describe, expect, test } from 'vitest';
import { contextOf, houseWith, treeOf } from './some-pbx.ts';

const file = 'extensions.d/name-lookup.conf';
const asking = (lookup: object, secrets: Record<string, string> = {}) => {
  const house = houseWith('inbound-route', '74951234500/any', { nameLookup: '1' });
  return { ...house, 'name-lookup': { '1': lookup }, secrets: { ...house.secrets, ...secrets } };
};

describe("a look-up of callers' names", () => {
  test('in the phone book comes behind the blacklist, and leaves a name that it does not know', async () => {
    const tree = await treeOf({ ...asking({ source: 'phonebook' }), phonebook: { 79161112233: { name: 'Ann Lee' } } });
    expect(contextOf(tree.text('extensions.d/inbound-route.conf'), 'ext-did-0002').slice(0, 2)).toEqual([
      'exten = 74951234500,1,Gosub(inbound,${EXTEN},1)',
      'same = n,Gosub(name-lookup-1,${EXTEN},1)',
    ]);
    expect(contextOf(tree.text(file), 'name-lookup-1')).toContain('same = n,Set(CALLERID(name)=${found})');
  });

  test('of a web server sends what the caller is called by, gives up after seconds, and keeps its password in the secret file', async () => {
    const lookup = { source: 'http', url: 'http://crm.example:80/a,b?n=[NUMBER]&w=[NAME]&k=$x', user: 'pbx', remembers: 'yes' };
    const tree = await treeOf(asking(lookup, { 'name-lookup/1/password': 'hush-hush' }));
    const lines = contextOf(tree.text(file), 'name-lookup-1');
    expect(lines).toContain('same = n,Set(CURLOPT(userpwd)=pbx:hush-hush)');
    const page = lines.find((l) => l.includes('LOCAL(page)')) ?? '';
    expect(page).toContain(
      'http://crm.example:80/a%2Cb?n=${URIENCODE(${FILTER(+*#0-9A-Za-z,${CALLERID(num)})})}&w=${URIENCODE(${CALLERID(name)})}',
    );
    expect(lines).toContain('same = n,Set(DB(cidname/${FILTER(+*#0-9A-Za-z,${CALLERID(num)})})=${found})');
    for (const f of tree.files.filter((f) => !f.secret)) expect(String(f.content)).not.toContain('hush-hush');
    for (const module of ['func_curl', 'res_curl', 'func_uri']) expect(tree.text('modules.conf')).toContain(`load = ${module}.so`);
  });

  test('that this box cannot ask is told, and calls come in all the same', async () => {
    for (const lookup of [{ source: 'none' }, { source: 'http', url: 'http://:80/' }]) {
      const tree = await treeOf(asking(lookup));
      expect(tree.has(file)).toBe(false);
      expect(tree.text('extensions.d/inbound-route.conf')).not.toContain('name-lookup');
      expect(tree.codes()).toContain('NAME_LOOKUP_NOT_CARRIED');
    }
  });
});
