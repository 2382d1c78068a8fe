import { expect, test } from 'vitest';
import { contextOf, smallHouse, treeOf } from './some-pbx.ts';

const tree = await treeOf({
  ...smallHouse,
  disa: {
    '1': {
      name: 'Away',
      asksPin: 'yes',
      confirms: 'yes',
      callerId: '"House" <7495>',
      dialsAgain: 'yes',
      firstDigitSeconds: '7',
      digitSeconds: '3',
    },
    '2': { callerId: '101', keepsCallerId: 'no', context: 'gone' },
  },
  callback: {
    '1': { waitSeconds: '5', next: { to: 'ring-group', id: '600' } },
    '2': { number: '8495#1', next: { to: 'end', how: 'busy' } },
  },
  'voicemail-blast': {
    '950': { members: ['101', '102', '102'], asksPassword: 'yes' },
    '951': { members: ['101'], label: 'none' },
  },
  secrets: {
    ...smallHouse.secrets,
    'disa/1/pin/0': '4321',
    'disa/1/pin/1': '87*',
    'disa/1/pin/2': 'x"y',
    'voicemail-blast/950/password': '47',
  },
});
const lines = (kind: string, context: string): string[] => contextOf(tree.text(`extensions.d/${kind}.conf`), context);

test('a DISA asks for a key and a PIN, and dials under its own number; one whose context nobody knows dials nothing', () => {
  const all = lines('disa', 'disa');
  expect(all).toContain('same = n,Gosub(authenticate,${EXTEN},1(disa-1))');
  expect(all).toContain('same = n,Set(CALLERID(all)="House" <7495>)');
  expect(all).toContain('same = n,Set(DISA_DIALS=${EXTEN}@from-internal)');
  expect(all.filter((l) => l.includes('DISA(no-password'))).toHaveLength(1);
  expect(all).toContain('same = n,Set(__CALLER=101)');
  expect(tree.findings.find((f) => f.about?.kind === 'disa' && f.about.id === '2')?.code).toBe('CONTEXT_NOT_CARRIED');
});

test('its PINs stand in the secret file alone, without one that no telephone can key', () => {
  const file = tree.files.find((f) => f.path.endsWith('extensions.d/password.conf'));
  expect(contextOf(String(file?.content), 'pins-disa-1')).toEqual(['exten = 4321,1,NoOp()', 'exten = 87*,1,NoOp()']);
  expect(file?.secret).toBe(true);
  for (const { path, content } of tree.files.filter((f) => f !== file)) expect(String(content).includes('4321'), path).toBe(false);
});

test('who is called back is called by a call of its own, once he has been hung up on', () => {
  expect(lines('callback', 'callback')).toEqual([
    'exten = 1,1,Set(NUMBER=${FILTER(0-9+,${CALLERID(num)})})',
    'same = n,ExecIf($["${NUMBER}" = ""]?Hangup())',
    'same = n,Originate(Local/1*${NUMBER}@callback-call/n,exten,ext-group,600,1,20,a)',
    'same = n,Hangup()',
    'exten = 2,1,Originate(Local/2*8495#1@callback-call/n,exten,app-blackhole,busy,1,15,a)',
    'same = n,Hangup()',
  ]);
  expect(lines('callback', 'callback-call').slice(0, 4)).toEqual([
    'exten = _1*[0-9+*#].,1,Set(CALLERID(all)=Callback <>)',
    'same = n,Wait(5)',
    'same = n,Dial(Local/${CUT(EXTEN,*,2-)}@from-internal,15)',
    'same = n,Hangup()',
  ]);
});

test('one message goes to the mailboxes that exist', () => {
  const all = lines('voicemail-blast', 'vmblast-grp');
  expect(all.filter((l) => l.includes('BLAST='))).toEqual(['same = n,Set(BLAST=102@default)', 'same = n,Set(BLAST=)']);
  expect(all).toContain('same = n,Gosub(authenticate,${EXTEN},1(voicemail-blast-950))');
  expect(all.at(-1)).toBe('same = n,Goto(app-vmblast,1,1)');
});
