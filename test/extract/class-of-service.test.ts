import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const users = [{ extension: '101', name: 'Front', voicemail: 'novm', ringtimer: '0', outboundcid: '' }];
const cls = (context: string, more: Record<string, string | null> = {}) => ({
  context,
  description: `Class ${context}`,
  dialrules: '',
  faildestination: '',
  featurefaildestination: '',
  failpin: '',
  failpincdr: '0',
  featurefailpin: '',
  featurefailpincdr: '0',
  ...more,
});
const part = (context: string, include: string, sort: string, more: Record<string, string | null> = {}) => ({
  context,
  include,
  timegroupid: null,
  sort,
  userules: null,
  ...more,
});
const ANY = { numbers: 'any', asksPin: false };
const tables = {
  users,
  timegroups_groups: [{ id: '1', description: 'Day' }],
  timegroups_details: [{ id: '1', timegroupid: '1', time: '09:00-18:00|mon-fri|*|*' }],
  customcontexts_contexts: [
    cls('guests', { faildestination: 'from-did-direct,101,1', featurefaildestination: 'app-blackhole,busy,1' }),
    cls('open', { faildestination: 'from-internal,${EXTEN},1' }),
    cls('keyed', { faildestination: 'from-internal,${EXTEN},1', failpin: '83920', dialrules: '9|.\r\n\n_8XXX\n8XXX\n[9-' }),
    cls('guests'),
  ],
  customcontexts_includes: [
    part('guests', 'outrt-2', '7', { timegroupid: '1' }),
    part('guests', 'ext-local', '3'),
    part('guests', 'ext-dnd-hints', '4'),
    part('open', 'ext-group', '1', { timegroupid: '9' }),
    part('keyed', 'outbound-allroutes', '1', { userules: 'allowmatch' }),
    part('keyed', 'ext-local', '2', { userules: 'denymatch' }),
    part('gone', 'ext-local', '1'),
  ],
};

describe('a class of service', () => {
  const { model, findings, ledger } = readBox(boxOf({ tables }));
  const codes = (id: string) => findings.filter((f) => f.about?.kind === 'class-of-service' && f.about.id === id).map((f) => f.code);

  it('has its parts in their order, with their hours, and where all else goes', () => {
    expect(model['class-of-service']['guests']).toEqual({
      description: 'Class guests',
      parts: [
        { context: 'ext-local', timeGroup: null, ...ANY },
        { context: 'outrt-2', timeGroup: '1', ...ANY },
      ],
      dialRules: [],
      onFailure: { to: 'extension', id: '101', by: 'follow-me' },
      asksPinOnFailure: false,
      onFailedCode: { to: 'end', how: 'busy' },
      asksPinOnFailedCode: false,
    });
    expect(codes('guests')).toEqual([]);
  });

  it('that lets everything through at its end has that as its last part, behind its PIN where it has one', () => {
    expect(model['class-of-service']['open']?.parts).toEqual([
      { context: 'ext-group', timeGroup: null, ...ANY },
      { context: 'from-internal', timeGroup: null, ...ANY },
    ]);
    expect(codes('open')).toEqual(['TIME_GROUP_MISSING']);
    const { parts, dialRules, onFailure } = model['class-of-service']['keyed'] ?? {};
    expect(parts).toEqual([
      { context: 'outbound-allroutes', timeGroup: null, numbers: 'of-rules', asksPin: false },
      { context: 'ext-local', timeGroup: null, numbers: 'others', asksPin: false },
      { context: 'from-internal', timeGroup: null, numbers: 'any', asksPin: true },
    ]);
    expect([dialRules, onFailure]).toEqual([
      [
        { prefix: '9', match: '.' },
        { prefix: '', match: '8XXX' },
      ],
      null,
    ]);
    expect(model.secrets['class-of-service/keyed/pin']).toBe('83920');
    expect(codes('keyed')).toEqual(['PATTERN_BROKEN']);
  });

  it('loses no row', () => {
    const rows = ledger.entries.filter((e) => e.name.startsWith('customcontexts_'));
    expect(rows).toHaveLength(11);
    expect(rows.filter((e) => e.fate === 'dropped')).toHaveLength(3);
    const modules = [{ modulename: 'customcontexts', enabled: '0' }];
    expect(readBox(boxOf({ tables: { ...tables, modules } })).model['class-of-service']).toEqual({});
  });
});
