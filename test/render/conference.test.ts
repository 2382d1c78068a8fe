import { describe, expect, test } from 'vitest';
import { contextOf, type Some, smallHouse, type Tree, treeOf } from './some-pbx.ts';
import { danglingTargets } from './targets.ts';

const secrets = { ...smallHouse.secrets, 'conference/800/user-pin': '0012', 'conference/800/leader-pin': '9999' };
const tree = (room: object, more: Some = {}): Promise<Tree> => treeOf({ ...smallHouse, secrets, conference: { '800': room }, ...more });
const entry = async (room: object, more: Some = {}): Promise<string[]> =>
  contextOf((await tree(room, more)).text('extensions.d/conference.conf'), 'ext-meetme');

describe('rooms', () => {
  test('one without a PIN is entered at once, and a lamp shows it', async () => {
    expect(await entry({})).toEqual([
      'exten = 800,hint,confbridge:800',
      'exten = 800,1,GosubIf($["${CALLER}${FROM_DID}" = ""]?who-calls,${EXTEN},1)',
      'same = n,GotoIf($["${CHANNEL(state)}" = "Up"]?up)',
      'same = n,Answer()',
      'same = n,Wait(1)',
      'same = n(up),Set(ROLE=user)',
      'same = n,ConfBridge(${EXTEN},room-${EXTEN},${ROLE}-${EXTEN})',
      'same = n,Hangup()',
    ]);
  });

  test('a PIN is asked four times, and stands in a secret file alone', async () => {
    const some = await tree({ asksUserPin: 'yes', asksLeaderPin: 'yes' });
    expect(contextOf(some.text('extensions.d/conference.conf'), 'ext-meetme')).toContain('same = n(up),Gosub(conference-pin,${EXTEN},1)');
    expect(contextOf(some.text('extensions.d/conference.conf'), 'conference-pin')).toContain('same = n(ask),Read(PIN,conf-getpin)');
    expect(contextOf(some.text('extensions.d/conference.conf'), 'conference-pin')).toContain('same = n,ExecIf($[${tries} > 3]?Hangup())');
    expect(contextOf(some.text('extensions.d/conference-pin.conf'), 'conference-pins').slice(1, 3)).toEqual([
      'same = n,ExecIf($["x${PIN}" = "x0012"]?Return(user))',
      'same = n,ExecIf($["x${PIN}" = "x9999"]?Return(leader))',
    ]);
    for (const file of some.files.filter((f) => !f.secret)) expect(String(file.content)).not.toMatch(/0012|9999/);
    expect(danglingTargets(some.files)).toEqual([]);
  });

  test('where only the leader has a PIN, who keys none comes in as one of the others', async () => {
    const lines = contextOf((await tree({ asksLeaderPin: 'yes' })).text('extensions.d/conference-pin.conf'), 'conference-pins');
    expect(lines[1]).toBe('same = n,ExecIf($["x${PIN}" = "x"]?Return(user))');
  });

  test('a PIN that is not known or that no telephone can key lets nobody in', async () => {
    for (const pin of ['', '12#3', 'abc"']) {
      const some = await tree({ asksUserPin: 'yes' }, { secrets: { 'conference/800/user-pin': pin } });
      expect(some.text('extensions.d/conference-pin.conf')).not.toContain('Return(user)');
      const found = some.findings.find((f) => f.code === 'SECRET_MISSING' && f.where?.startsWith('conference'));
      expect(found?.means).toContain('nobody gets into room 800');
      if (pin !== '') expect(JSON.stringify(some.findings)).not.toContain(pin);
    }
  });

  test('all but the leader wait for the leader and start muted', async () => {
    const some = await tree({
      asksLeaderPin: 'yes',
      waitsForLeader: 'yes',
      startsMuted: 'yes',
      musicWhenAlone: 'yes',
      musicClass: 'default',
    });
    const text = some.text('confbridge.conf');
    expect(contextOf(text, 'user-800')).toEqual([
      'type = user',
      'wait_marked = yes',
      'end_marked = yes',
      'startmuted = yes',
      'music_on_hold_when_empty = yes',
      'music_on_hold_class = default',
    ]);
    expect(contextOf(text, 'leader-800')).toEqual([
      'type = user',
      'admin = yes',
      'marked = yes',
      'music_on_hold_when_empty = yes',
      'music_on_hold_class = default',
    ]);
    expect((await tree({ waitsForLeader: 'yes' })).codes()).toContain('CONFERENCE_WITHOUT_LEADER');
  });

  test('a room in which everybody has the PIN of the leader has none', async () => {
    const secrets = { 'conference/800/user-pin': '73910', 'conference/800/leader-pin': '73910' };
    const asks = { asksUserPin: 'yes', asksLeaderPin: 'yes' };
    expect((await tree(asks, { secrets })).codes()).toContain('CONFERENCE_WITHOUT_LEADER');
    const own = { ...secrets, 'conference/800/leader-pin': '99887' };
    expect((await tree(asks, { secrets: own })).codes()).not.toContain('CONFERENCE_WITHOUT_LEADER');
  });

  test('a full room says so', async () => {
    expect(await entry({ maxUsers: '10' })).toContain('same = n,GotoIf($[${CONFBRIDGE_INFO(parties,${EXTEN})} >= 10]?conference-full,s,1)');
  });

  test('a room is recorded into one file, and not at all where the PBX records nothing', async () => {
    const lines = await entry({ records: 'yes', hasMenu: 'yes' });
    expect(lines).toContain('same = n,ConfBridge(${EXTEN},,${ROLE}-${EXTEN},${ROLE}_menu)');
    expect(lines).toContain('same = n,Gosub(conference-record,${EXTEN},1)');
    expect(await entry({ records: 'yes' }, { settings: { pbx: { recordingAllowed: 'no' } } })).toContain(
      'same = n,ConfBridge(${EXTEN},room-${EXTEN},${ROLE}-${EXTEN})',
    );
  });

  test('rooms are dialled inside, and destinations lead to them', async () => {
    const some = await tree({}, { 'inbound-route': { 'any/any': { destination: { to: 'conference', id: '800' } } } });
    expect(contextOf(some.text('extensions.conf'), 'from-internal-xfer')).toContain('include = ext-meetme');
    expect(some.text('extensions.d/inbound-route.conf')).toContain('Goto(ext-meetme,800,1)');
    expect(some.text('modules.conf')).toContain('load = app_confbridge.so');
    expect(danglingTargets(some.files)).toEqual([]);
  });
});
