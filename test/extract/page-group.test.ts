import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { settingsOf } from '../../src/model/kinds.ts';
import { boxOf } from './box-of.ts';

const auto = (useragent: string, variable: string, setting: string): Record<string, string> => ({ useragent, var: variable, setting });

describe('page groups', () => {
  const { model, ledger, findings } = readBox(
    boxOf({
      tables: {
        users: [{ extension: '101' }, { extension: '102' }],
        devices: ['101', '102'].map((id) => ({ id, tech: 'sip', user: id })),
        admin: [{ variable: 'default_page_grp', value: '70' }],
        paging_config: [
          { page_group: '70', force_page: '0', duplex: '0', description: 'Floor' },
          { page_group: '71', force_page: '2', duplex: '1' },
        ],
        paging_groups: [
          { page_number: '70', ext: '101' },
          { page_number: '70', ext: '102X' },
          { page_number: '70', ext: '999' },
          { page_number: '88', ext: '101' },
        ],
        paging_autoanswer: [
          auto('default', 'CALLINFO', 'Call-Info: <uri>\\;answer-after=0'),
          auto('default', 'DTIME', '9'),
          auto('Polycom', 'ALERTINFO', 'Alert-Info: info=Auto Answer'),
          auto('default', 'SIPURI', 'intercom=true'),
          auto('Door', 'ANSWERMACRO', 'open-door'),
        ],
      },
      astdb: { 'AMPUSER/101/intercom': 'disabled', 'AMPUSER/101/intercom/102': 'allow', 'AMPUSER/102/intercom/block': 'blocked' },
    }),
  );
  const fates = (name: string): string[] => ledger.entries.filter((e) => e.name === name).map((e) => `${e.fate} ${e.key}`);

  it('have their telephones, and say of those that are not there that nobody hears it', () => {
    expect(model['page-group']).toEqual({
      70: { description: 'Floor', devices: ['101', '102'], evenBusy: false, talksBack: false },
      71: { description: '', devices: [], evenBusy: true, talksBack: true },
    });
    expect(findings.map((f) => `${f.code} ${f.about?.id}`)).toContain('MEMBER_MISSING 70');
    expect(fates('paging_groups').filter((f) => f.startsWith('dropped'))).toHaveLength(2);
    expect(fates('paging_config').map((f) => f.split(' ')[0])).toEqual(['carried', 'approximated']);
    expect(fates('admin').map((f) => f.split(' ')[0])).toEqual(['dropped']);
  });

  it('make telephones take the call by headers, by make where a make needs others', () => {
    expect(settingsOf(model).autoAnswer).toEqual({
      alertInfo: 'Ring Answer',
      callInfo: '<uri>;answer-after=0',
      tone: 'beep',
      seconds: 9,
      models: [{ begins: 'Polycom', alertInfo: 'info=Auto Answer', callInfo: '' }],
    });
    expect(findings.some((f) => f.code === 'OPTION_NOT_CARRIED' && f.means.includes('Door'))).toBe(true);
    expect(ledger.entries.filter((e) => e.fate === 'unknown')).toEqual([]);
  });

  it('go with who wants to be spoken to at once, and by whom', () => {
    expect(model.extension['101']?.intercom).toEqual({ takes: false, from: { 102: 'allow' }, calls: true });
    expect(model.extension['102']?.intercom).toEqual({ takes: true, from: {}, calls: false });
  });
});
