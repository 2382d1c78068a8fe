import { describe, expect, test } from 'vitest';
import { contextOf, smallHouse, treeOf } from './some-pbx.ts';

const paging = {
  ...smallHouse,
  'page-group': { '70': { description: 'Floor', devices: ['101', '102'] }, '71': { devices: ['101'], evenBusy: 'yes', talksBack: 'yes' } },
  'feature-code': { 'paging/intercom-prefix': { code: '*80' }, 'paging/intercom-off': { code: '*55' } },
};
const file = 'extensions.d/page-group.conf';

describe('page groups', () => {
  test('are dialled from inside, and called telephones are told to take the call', async () => {
    const tree = await treeOf(paging);
    expect(contextOf(tree.text('extensions.conf'), 'from-internal')[0]).toBe('include = ext-paging');
    expect(contextOf(tree.text('extensions.conf'), 'from-internal-xfer')).not.toContain('include = ext-paging');
    const lines = contextOf(tree.text(file), 'app-pagegroups');
    expect(lines).toContain('same = n,Gosub(paged,102,1(PJSIP/102))');
    expect(lines).toContain('same = n,Page(${PAGED:1},nA(beep)b(auto-answer^s^1),5)');
    expect(lines).toContain('same = n,Gosub(paged,101,1(PJSIP/101,always))');
    expect(lines).toContain('same = n,Page(${PAGED:1},dnA(beep)b(auto-answer^s^1),5)');
    expect(contextOf(tree.text(file), 'auto-answer')).toContain('same = n,Set(PJSIP_HEADER(add,Call-Info)=<uri>\\;answer-after=0)');
    for (const module of ['app_page', 'app_confbridge', 'res_pjsip_header_funcs'])
      expect(tree.text('modules.conf')).toContain(`load = ${module}.so`);
  });

  test('ask a telephone of a make that needs other headers what it is', async () => {
    const models = [
      { begins: 'Polycom', alertInfo: 'info=Auto Answer' },
      { begins: 'x"]', alertInfo: 'no' },
    ];
    const tree = await treeOf({
      ...paging,
      settings: { pbx: { autoAnswer: { ...{ alertInfo: 'Ring Answer', callInfo: '' }, tone: '', models } } },
    });
    const lines = contextOf(tree.text(file), 'auto-answer');
    expect(lines).toContain('same = n,GotoIf(${REGEX("^Polycom" ${phone})}?headers-1,1)');
    expect(lines.filter((l) => l.includes('REGEX'))).toHaveLength(1);
    expect(lines[lines.indexOf('exten = headers-1,1,NoOp(Polycom)') + 1]).toBe(
      'same = n,Set(PJSIP_HEADER(add,Alert-Info)=info=Auto Answer)',
    );
  });

  test('name a telephone that this PBX cannot ring', async () => {
    const tree = await treeOf({ ...paging, 'page-group': { '70': { devices: ['777'] } } });
    expect(tree.codes()).toContain('MEMBER_MISSING');
  });

  test('are not there where nobody has any', async () => expect((await treeOf(smallHouse)).has(file)).toBe(false));
});

describe('intercom', () => {
  test('has a number for each extension, asks its owner first, and keeps what he says', async () => {
    const tree = await treeOf(paging);
    expect(contextOf(tree.text('extensions.d/feature-code.conf'), 'feature-codes').slice(0, 2)).toEqual([
      'include = ext-intercom',
      'include = app-intercom',
    ]);
    const lines = contextOf(tree.text(file), 'ext-intercom');
    const at = lines.indexOf('exten = *80102,1,Gosub(intercom-asks,102,1)');
    expect(lines[at + 3]).toBe('same = n(call),Dial(PJSIP/102,5,A(beep)b(auto-answer^s^1))');
    expect(contextOf(tree.text(file), 'app-intercom')).toContain(
      'same = n,ExecIf($["${CALLER}" != ""]?Set(DB(AMPUSER/${CALLER}/intercom)=disabled))',
    );
    expect(tree.codes()).not.toContain('DESTINATION_NOT_CARRIED');
  });
});
