import { describe, expect, it } from 'vitest';
import { readForm } from '../../src/extract/destination-form.ts';
import { readBox } from '../../src/extract/read-box.ts';
import type { Destination } from '../../src/model/destination.ts';
import { boxOf } from './box-of.ts';

const user = { extension: '101', name: 'One', voicemail: 'default', ringtimer: '0' };
const silent = { extension: '102', name: 'Two', voicemail: 'novm', ringtimer: '0' };

/** Where a DID with this destination leads, and which findings it raises. */
function destinationOf(text: string, more: Parameters<typeof boxOf>[0] = {}): { to: Destination; codes: string[] } {
  const box = boxOf({
    ...more,
    tables: {
      users: [user, silent],
      ringgroups: [{ grpnum: '600', strategy: 'ringall', grptime: '20', grplist: '101', postdest: '' }],
      trunks: [{ trunkid: '3', tech: 'custom', channelid: 'Local/$OUTNUM$@x' }],
      outbound_routes: [{ route_id: '', name: '' }],
      queues_config: [{ extension: '400' }],
      ivr_details: [{ id: '1' }],
      fax_users: [{ user: '1' }],
      incoming: [{ extension: '5550', cidnum: '', destination: text }],
      modules: [
        { modulename: 'ringgroups', enabled: '1' },
        { modulename: 'queues', enabled: '1' },
      ],
      ...more.tables,
    },
    etc: {
      'voicemail.conf': '[default]\n101 => 1234,One,,,\n',
      'extensions_custom.conf': '[custom-survey]\nexten => s,1,Hangup\n',
      ...more.etc,
    },
  });
  const { model, findings } = readBox(box);
  return {
    to: model['inbound-route']['5550/any']?.destination as Destination,
    codes: findings.filter((f) => f.where === 'incoming 5550/').map((f) => f.code),
  };
}

describe('a destination of the old box', () => {
  it.each<[string, Destination]>([
    ['from-did-direct,101,1', { to: 'extension', id: '101', by: 'follow-me' }],
    ['ext-local,101,1', { to: 'extension', id: '101', by: 'direct' }],
    ['ext-findmefollow,101,1', { to: 'extension', id: '101', by: 'follow-me' }],
    ['ext-findmefollow,FM101,1', { to: 'extension', id: '101', by: 'forced-follow-me' }],
    ['ext-local,101,dest', { to: 'extension', id: '101', by: 'unanswered' }],
    ['ext-local,vmb101,1', { to: 'mailbox', id: '101', greeting: 'busy' }],
    ['ext-local,vmu101,1', { to: 'mailbox', id: '101', greeting: 'unavailable' }],
    ['ext-local,vms101,1', { to: 'mailbox', id: '101', greeting: 'none' }],
    ['ext-group,600,1', { to: 'ring-group', id: '600' }],
    ['ext-queues,400,1', { to: 'queue', id: '400' }],
    ['ivr-1,s,1', { to: 'ivr', id: '1' }],
    ['ivr-1,s,begin', { to: 'ivr', id: '1' }],
    ['aa_1,s,1', { to: 'ivr', id: '1' }],
    ['timeconditions,2,1', { to: 'time-condition', id: '2' }],
    ['app-daynight,0,1', { to: 'call-flow', id: '0' }],
    ['app-announcement-1,s,1', { to: 'announcement', id: '1' }],
    ['ext-miscdests,1,1', { to: 'misc-destination', id: '1' }],
    ['ext-meetme,800,1', { to: 'conference', id: '800' }],
    ['disa,1,1', { to: 'disa', id: '1' }],
    ['callback,1,1', { to: 'callback', id: '1' }],
    ['app-languages,1,1', { to: 'language', id: '1' }],
    ['app-setcid,1,1', { to: 'set-cid', id: '1' }],
    ['app-queueprio,1,1', { to: 'queue-priority', id: '1' }],
    ['vmblast-grp,950,1', { to: 'voicemail-blast', id: '950' }],
    ['ext-fax,101,1', { to: 'fax', id: '101' }],
    ['directory,1,1', { to: 'directory', id: '1' }],
    ['app-directory,#,1', { to: 'directory', id: '#' }],
    ['ext-trunk,3,1', { to: 'trunk', id: '3' }],
    ['app-pagegroups,900,1', { to: 'page-group', id: '900' }],
    ['pagegroups,900,1', { to: 'page-group', id: '900' }],
    ['ext-featurecodes,*98,1', { to: 'feature-code', code: '*98' }],
    ['app-blackhole,hangup,1', { to: 'end', how: 'hangup' }],
    ['app-blackhole,musiconhold,1', { to: 'end', how: 'music' }],
    ['app-blackhole,zapateller,1', { to: 'end', how: 'zapateller' }],
    ['park-dial,70,1', { to: 'parking', id: '70' }],
    ['parkedcalls,70,1', { to: 'parking', id: '70' }],
    ['from-internal,89161112233,1', { to: 'number', context: 'from-internal', number: '89161112233' }],
    ['dynroute-1,s,1', { to: 'dynamic-route', id: '1' }],
    ['custom-survey,s,1', { to: 'custom', context: 'custom-survey', extension: 's', priority: '1' }],
    ['my-context,${EXTEN},1', { to: 'custom', context: 'my-context', extension: '${EXTEN}', priority: '1' }],
    [' ext-group , 600 , 1 ', { to: 'ring-group', id: '600' }],
    ['ext-group|600|1', { to: 'ring-group', id: '600' }],
  ])('%s is read', (text, destination) => {
    expect(readForm(text)?.destination).toEqual(destination);
  });

  it.each(['nonsense', ',,', 'a,b,c,d'])('%s is unreadable, and callers are hung up on', (text) => {
    expect(destinationOf(text)).toEqual({ to: { to: 'missing', was: text, because: 'unreadable' }, codes: ['DESTINATION_MISSING'] });
  });

  it('leads to the mailbox in the context of its user', () => {
    expect(destinationOf('ext-local,vmu101,1')).toEqual({ to: { to: 'mailbox', id: '101@default', greeting: 'unavailable' }, codes: [] });
  });

  it('hangs up in silence where the user has no voicemail, though a mailbox may exist', () => {
    const etc = { 'voicemail.conf': '[default]\n102 => 1234,Two,,,\n' };
    expect(destinationOf('ext-local,vmu102,1', { etc })).toEqual({
      to: { to: 'missing', was: 'ext-local,vmu102,1', because: 'no-such-object' },
      codes: ['DESTINATION_MISSING'],
    });
  });

  it.each(['ext-group,699,1', 'ext-queues,499,1', 'from-did-direct,199,1', 'ext-fax,101,1', 'nowhere,s,1'])(
    '%s to what was deleted hangs up in silence',
    (text) => {
      expect(destinationOf(text)).toMatchObject({ to: { to: 'missing', because: 'no-such-object' }, codes: ['DESTINATION_MISSING'] });
    },
  );

  it('to a module that is switched off leads nowhere, and the module has no objects', () => {
    const tables = { modules: [{ modulename: 'ringgroups', enabled: '0' }] };
    expect(destinationOf('ext-group,600,1', { tables })).toEqual({
      to: { to: 'missing', was: 'ext-group,600,1', because: 'module-off' },
      codes: ['DESTINATION_MISSING'],
    });
  });

  it('leads into hand-made dialplan, which is carried', () => {
    expect(destinationOf('custom-survey,s,1')).toEqual({ to: readForm('custom-survey,s,1')?.destination, codes: [] });
  });

  it.each(['ext-fax,1,1'])('%s is kept though its kind is not carried, and an error says what callers hear', (text) => {
    const found = destinationOf(text);
    expect(found.to).toEqual(readForm(text)?.destination);
    expect(found.codes).toEqual(['FAX_NOT_CARRIED']);
  });
});
