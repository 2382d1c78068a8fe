import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskSecrets } from '../../src/extract/custom-secret.ts';
import { readBox } from '../../src/extract/read-box.ts';
import type { CustomDialplan } from '../../src/model/custom-dialplan.ts';
import { boxOf } from './box-of.ts';

const FIXED = `#include extensions_override_freepbx.conf
#include extensions_additional.conf
#include extensions_custom.conf
[from-internal]
include => from-internal-xfer
[from-internal-xfer]
include => from-internal-custom
[from-trunk]
include => from-pstn
[from-pstn]
include => from-pstn-custom
include => ext-did
`;

function read(custom: string, more: Record<string, string> = {}, o: Parameters<typeof boxOf>[0] = {}) {
  return readBox(boxOf({ ...o, etc: { 'extensions.conf': FIXED, 'extensions_custom.conf': custom, ...more } }));
}

function contextsOf(custom: string, more: Record<string, string> = {}): Readonly<Record<string, CustomDialplan>> {
  return read(custom, more).model['custom-dialplan'];
}

/** Steps as 'extension,priority Application(arguments)'. */
function steps(context: CustomDialplan | undefined): string[] {
  return (context?.lines ?? []).map((l) =>
    'application' in l ? `${l.extension},${l.priority}${l.label && `(${l.label})`} ${l.application}(${l.arguments})` : JSON.stringify(l),
  );
}

describe('hand-made dialplan', () => {
  it('keeps each line with its file, its number and its parts, in the old language', () => {
    const held = contextsOf('; ours\n[door]\nexten => _7X/2025551212,1,Dial(SIP/${EXTEN:1}|20|tr)\n\tsame => n(out),Hangup ; done\n')[
      'door'
    ];
    expect(held?.lines).toEqual([
      {
        at: 'extensions_custom.conf:3',
        extension: '_7X',
        callerId: '2025551212',
        priority: '1',
        label: '',
        application: 'Dial',
        arguments: 'SIP/${EXTEN:1}|20|tr',
      },
      {
        at: 'extensions_custom.conf:4',
        extension: '_7X',
        callerId: '2025551212',
        priority: 'n',
        label: 'out',
        application: 'Hangup',
        arguments: '',
      },
    ]);
  });

  it('is read with every file that it includes, also within a section', () => {
    const held = contextsOf('[door]\nexten => 1,1,Answer\n#include door.conf\nexten => 1,n,Hangup\n', {
      'door.conf': 'exten => 1,n,Wait(1)\n[gate]\nexten => 2,1,Answer\n',
    });
    expect(steps(held['door'])).toEqual(['1,1 Answer()', '1,n Wait(1)', '1,n Hangup()']);
    expect(held['door']?.lines[1]).toMatchObject({ at: 'door.conf:1' });
    expect(Object.keys(held)).toContain('gate');
  });

  it('comes before what the PBX has where it stands in an override', () => {
    const held = contextsOf('[macro-a]\nexten => s,1,NoOp(custom)\n', {
      'extensions_override_freepbx.conf': '[macro-a]\nexten => s,1,NoOp(override)\n',
    });
    expect(held['macro-a']?.overrides).toBe(true);
    expect(steps(held['macro-a'])[0]).toBe('s,1 NoOp(override)');
  });

  it('tells of lines that Asterisk does not take, and keeps them as they are', () => {
    const { model, findings } = read(
      '[door]\nexten => 1,1,Answer\nexten => 1,1,Hangup\nexten => 2,Answer\nnonsense\nswitch => Realtime/x\n',
    );
    const broken = findings.filter((f) => f.code === 'DIALPLAN_LINE_BROKEN').map((f) => f.where);
    expect(broken).toEqual(expect.arrayContaining(['extensions_custom.conf:3', 'extensions_custom.conf:4', 'extensions_custom.conf:5']));
    expect(model['custom-dialplan']['door']?.lines.slice(1)).toEqual([
      { at: 'extensions_custom.conf:3', text: 'exten => 1,1,Hangup' },
      { at: 'extensions_custom.conf:4', text: 'exten => 2,Answer' },
      { at: 'extensions_custom.conf:6', text: 'switch => Realtime/x' },
    ]);
  });

  it('accounts for every context, and for files that nothing includes', () => {
    const { ledger, findings } = read('[a]\nexten => 1,1,Answer\n[b](!)\nexten => 2,1,Answer\n[c](b)\n[general]\nstatic=no\n', {
      'extensions_extra_custom.conf': '[idle]\nexten => 1,1,Answer\n',
      'extensions_additional.conf': '[ext-local]\ninclude => ext-local-custom\n',
    });
    const contexts = ledger.entries.filter((e) => e.space === 'context').map((e) => `${e.key} ${e.fate}`);
    expect(contexts).toEqual(['a carried', 'b dropped', 'c carried', 'general dropped', 'idle dropped']);
    expect(findings.find((f) => f.code === 'CUSTOM_FILE_IDLE')?.where).toBe('extensions_extra_custom.conf');
  });

  it('has the global variables of the site', () => {
    const held = contextsOf('[globals]\nDOOR=SIP/door\n', { 'globals_custom.conf': 'NIGHT => 101\n' });
    expect(held['globals']?.lines).toEqual([
      { at: 'globals_custom.conf:1', variable: 'NIGHT', value: '101' },
      { at: 'extensions_custom.conf:2', variable: 'DOOR', value: 'SIP/door' },
    ]);
  });

  it('brings the keys of AstDB along that only it knows', () => {
    const { model, ledger } = read(
      '[door]\nexten => 1,1,Set(x=${DB(shortcut/${EXTEN})})\n',
      {},
      { astdb: { 'shortcut/7': '101', 'CF/101': '9' } },
    );
    expect(model['custom-dialplan']['door']?.astdb).toEqual({ 'shortcut/7': '101' });
    expect(ledger.entries.find((e) => e.name === 'shortcut')).toMatchObject({ fate: 'carried' });
  });
});

describe('a hook of the site', () => {
  it('is part of the contexts that include it on the box', () => {
    const held = contextsOf(
      '[from-internal-custom]\nexten => 1,1,Answer\n[from-trunk-custom]\nexten => 2,1,Answer\n[ext-group-custom]\nexten => 3,1,Answer\n',
    );
    expect(held['from-internal-custom']?.joins).toEqual(['from-internal-xfer']);
    // the box's own from-trunk does not include it
    expect(held['from-trunk-custom']?.joins).toEqual([]);
    // generated, and the source lacks that file: FreePBX's rule
    expect(held['ext-group-custom']?.joins).toEqual(['ext-group']);
  });

  it('is told of where nothing includes it', () => {
    const { findings } = read('[from-trunk-custom]\nexten => 2,1,Answer\n');
    expect(findings.find((f) => f.code === 'HOOK_NOT_INCLUDED')?.about?.id).toBe('from-trunk-custom');
  });

  it('that FreePBX calls as a macro runs at the same point of a call', () => {
    const held = contextsOf('[macro-dialout-trunk-predial-hook]\nexten => s,1,MacroExit\n[macro-hangupcall-custom]\nexten => s,1,NoOp\n');
    expect([held['macro-dialout-trunk-predial-hook']?.runs, held['macro-hangupcall-custom']?.runs]).toEqual(['before-trunk', 'at-hangup']);
  });
});

describe('a password in hand-made dialplan', () => {
  const masked = (application: string, text: string): [string, string[]] => {
    const secrets: string[] = [];
    return [maskSecrets(application, text, (s) => secrets.push(s)), secrets];
  };

  it.each([
    ['MYSQL', 'Connect connid localhost root qwe123 asterisk', 'qwe123'],
    ['Dial', 'IAX2/site:s3cr,et@10.0.0.1/${EXTEN}|30', null],
    ['Dial', 'IAX2/site:s3cret@10.0.0.1/${EXTEN}|30', 's3cret'],
    ['Authenticate', '4711,,4', '4711'],
    ['System', 'curl -s -u bot:tok3n http://crm/x', 'tok3n'],
    ['Set', 'x=${CURL(http://crm/call?token=abcdef&n=${EXTEN})}', 'abcdef'],
    ['GotoIf', '$["${PIN}" = "8642"]?ok', '8642'],
    ['Set', 'DB_PASSWORD=geheim', 'geheim'],
    ['Set', 'x=${CURL(https://bot:geheim@crm/x)}', 'geheim'],
    ['Playback', 'custom/welcome', null],
    ['GotoIf', '$["${DIALSTATUS}" = "BUSY"]?busy:noanswer', null],
    ['Authenticate', '/etc/asterisk/pins.txt', null],
  ])('%s(%s) hides %s', (application, text, secret) => {
    const [shown, secrets] = masked(application, text);
    expect(secrets).toEqual(secret === null ? [] : [secret]);
    if (secret !== null) expect(shown).not.toContain(secret);
  });

  it('stands in secrets.yaml alone', () => {
    const { model, findings, ledger } = read('[door]\nexten => 1,1,Authenticate(471199)\nexten => 1,1,System(mysql -u a -pgeheim99)\n');
    expect(model.secrets).toEqual({ 'custom-dialplan/door/1': '471199', 'custom-dialplan/door/2': 'geheim99' });
    expect(JSON.stringify([model['custom-dialplan'], findings, ledger])).not.toMatch(/471199|geheim99/);
  });

  it('is looked for in any text without an end', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => typeof maskSecrets('Set', text, () => 1) === 'string'));
  });
});
