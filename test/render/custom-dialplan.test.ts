import { describe, expect, test } from 'vitest';
import type { Some } from './some-pbx.ts';
import { contextOf, smallHouse, treeOf } from './some-pbx.ts';

/** Lines as the model's file has them: 'extension,priority Application(arguments)'. */
function lines(...steps: string[]): object[] {
  return steps.map((step, i) => {
    const at = `extensions_custom.conf:${i + 2}`;
    const [, extension = '', priority = '', application = '', args = ''] = /^(\S+),(\S+) (\w+)\((.*)\)$/.exec(step) ?? [];
    return extension === '' ? { at, include: step } : { at, extension, priority, application, arguments: args };
  });
}

async function house(custom: Some['custom-dialplan'], more: Some = {}) {
  return treeOf({ ...smallHouse, ...more, 'custom-dialplan': custom ?? {} });
}

describe("the site's own dialplan", () => {
  test('is said in the language of Asterisk 22, extension by extension', async () => {
    const tree = await house({
      door: { lines: lines('_77XX,1 Dial(SIP/101|20|tr)', '_77XX,n Voicemail(u102)', '_77XX,n Macro(hangupcall)') },
    });
    expect(contextOf(tree.text('extensions.d/custom.conf'), 'door').filter((l) => !l.startsWith(';'))).toEqual(
      ['exten = _77XX,1,Dial(PJSIP/101,20,tr)', 'same = n,VoiceMail(102,u)', 'same = n,Gosub(macro-hangupcall,s,1)'].map((l) =>
        expect.stringMatching(
          new RegExp(
            l
              .replace(/[()|_.,/]/g, '.')
              .replace('VoiceMail', 'Voice[Mm]ail')
              .replace('s.1.$', 's.1.*'),
          ),
        ),
      ),
    );
    expect(contextOf(tree.text('extensions.d/custom-routine.conf'), 'macro-hangupcall')).toContain('exten = s,1,Hangup()');
  });

  test('sets variables of the whole PBX when it is read: what they are made with is loaded before', async () => {
    const tree = await house({ globals: { lines: [{ at: 'globals_custom.conf:1', variable: 'HOST', value: '${SHELL(hostname)}' }] } });
    const loaded = [...tree.text('modules.conf').matchAll(/^load = (.*)\.so$/gm)].map((m) => m[1]);
    expect(loaded.slice(0, 2)).toEqual(['func_shell', 'pbx_config']);
    expect(loaded.filter((m) => m === 'func_shell')).toHaveLength(1);
  });

  test('that comes back to where it was by itself is counted on its way, and nothing else is', async () => {
    const tree = await house({
      night: { lines: lines('s,1 NoOp(x)', 's,2 Goto(day,s,1)', 's,3 Goto(s,1)', 't,1 GotoIf($[1]?s,1)') },
      day: { lines: lines('s,1 Wait(1)', 's,n Goto(night,s,1)', '7,1 Goto(8,1)', '8,1 Hangup()') },
    });
    const text = tree.text('extensions.d/custom.conf');
    const guarded = [...text.matchAll(/^exten = .*GotoIf\(\$\[\$\{SET\(ROUND.*in-a-circle,\$\{EXTEN\},1:(.*)\) ; .*$/gm)].map((m) => m[1]);
    expect(guarded).toEqual(['day,s,1']);
    expect(contextOf(text, 'day').find((l) => l.includes('in-a-circle'))).toContain('in-a-circle,${EXTEN},1:night,s,1)');
    expect(text).toContain('Goto(s,1)');
    expect(contextOf(tree.text('extensions.d/routines.conf'), 'in-a-circle')).not.toEqual([]);
  });

  test('and a time condition that hand each other the call are both counted', async () => {
    const tree = await house(
      { night: { lines: lines('s,1 NoOp(x)', 's,n Goto(timeconditions,1,1)') } },
      {
        'time-group': { '1': { description: 'Day', times: [{ hours: '09:00-18:00' }] } },
        'time-condition': {
          '1': {
            name: 'Open',
            timeGroup: '1',
            whenMatched: { to: 'extension', id: '101', by: 'direct' },
            otherwise: { to: 'custom', context: 'night', extension: 's', priority: '1' },
          },
        },
      },
    );
    expect(tree.text('extensions.d/time-condition.conf')).toContain('in-a-circle');
    expect(tree.text('extensions.d/custom.conf')).toContain('in-a-circle,${EXTEN},1:timeconditions,1,1)');
  });

  test('comes first in the contexts that the old box included it in', async () => {
    const tree = await house({
      'from-internal-custom': { joins: ['from-internal-xfer'], lines: lines('5555,1 Answer()', 'h,1 NoOp(over)') },
    });
    const hooks = contextOf(tree.text('extensions.d/custom-hook.conf'), 'from-internal-xfer');
    expect(hooks[0]).toBe('include = from-internal-custom');
    // the end of everybody else's calls is not the site's
    expect(hooks[1]).toContain('exten = h,1,Hangup()');
    const main = tree.text('extensions.conf');
    expect(main.indexOf('custom-hook.conf')).toBeGreaterThan(0);
    expect(main.indexOf('custom-hook.conf')).toBeLessThan(main.indexOf('[from-internal-xfer]'));
    expect(main).toContain('#include "extensions.d/custom.conf"');
  });

  test('that overrides the PBX is read before it', async () => {
    const main = (await house({ 'ext-local': { overrides: 'yes', lines: lines('101,1 Busy()') } })).text('extensions.conf');
    expect(main.indexOf('custom-override.conf')).toBeLessThan(main.indexOf('extensions.d/extension.conf'));
  });

  test('has its own global variables, and those of FreePBX that it reads', async () => {
    const tree = await house({
      globals: { lines: [{ at: 'globals_custom.conf:1', variable: 'NIGHT', value: 'SIP/101' }] },
      door: { lines: lines('1,1 Wait(${RINGTIMER})') },
    });
    expect(tree.text('extensions.d/custom.conf')).toMatch(/\[globals\]\(\+\)\n.*\nNIGHT => ?PJSIP\/101|NIGHT = PJSIP\/101/);
    expect(tree.text('extensions.conf')).toContain('RINGTIMER = ');
  });

  test('keeps its passwords in a file that is for Asterisk alone', async () => {
    const tree = await house(
      { door: { lines: lines('1,1 Authenticate(%secret1%)') } },
      { secrets: { ...smallHouse.secrets, 'custom-dialplan/door/1': '471199' } },
    );
    expect(tree.text('extensions.d/custom.conf')).toContain('Authenticate(471199)');
    expect(tree.files.find((f) => f.path.endsWith('extensions.d/custom.conf'))).toMatchObject({ secret: true, mode: 0o640 });
    expect(JSON.stringify(tree.findings)).not.toContain('471199');
  });

  test('that names a telephone which is gone is a finding with file and line', async () => {
    const { findings } = await house({ door: { lines: lines('1,1 Dial(SIP/gone)') } });
    expect(findings.find((f) => f.about?.id === 'door')).toMatchObject({
      code: 'DIALPLAN_NAME_UNKNOWN',
      where: 'extensions_custom.conf:2',
    });
  });

  test('is where an inbound route leads that says so; a place that it lacks ends the call in silence', async () => {
    const to = (extension: string) => ({ to: 'custom', context: 'door', extension, priority: '1' });
    const tree = await house(
      { door: { lines: lines('s,1 Answer()') } },
      { 'inbound-route': { 'a/any': { did: '1', destination: to('s') }, 'b/any': { did: '2', destination: to('gone') } } },
    );
    const text = tree.text('extensions.d/inbound-route.conf');
    expect(text).toContain('same = n,Goto(door,s,1)');
    expect(tree.findings.some((f) => f.code === 'DESTINATION_MISSING' && f.about?.id === 'b/any')).toBe(true);
  });
});

describe("a hook of the site's", () => {
  test('before a trunk is dialled sees the number and may change it or the trunk', async () => {
    const text = (
      await house({ 'macro-dialout-trunk-predial-hook': { runs: 'before-trunk', lines: lines('s,1 Set(OUTNUM=1${OUTNUM})') } })
    ).text('extensions.d/trunk.conf');
    const steps = contextOf(text, 'trunk-1');
    const hook = steps.findIndex((s) => s.includes('Gosub(macro-dialout-trunk-predial-hook,s,1)'));
    expect(hook).toBeGreaterThan(0);
    expect(steps.slice(0, hook).some((s) => s.includes('Set(OUTNUM='))).toBe(true);
    expect(steps[hook + 1]).toContain('PREDIAL_HOOK_RET');
    expect(steps[hook + 2]).toContain('Dial(PJSIP/${FILTER(+*#0-9A-Za-z,${OUTNUM})}@carrier');
  });

  test('at the end of calls runs wherever a call may end', async () => {
    const tree = await house({ 'macro-hangupcall-custom': { runs: 'at-hangup', lines: lines('s,1 System(notify)') } });
    const hooks = tree.text('extensions.d/custom-hook.conf');
    for (const context of ['from-internal', 'from-trunk', 'ext-local', 'ext-group']) expect(hooks).toContain(`\n[${context}](ends)\n`);
    expect(contextOf(hooks.replace('[ends](!)', '[ends]'), 'ends')).toEqual(['include = at-hangup']);
    expect(contextOf(hooks, 'at-hangup')).toContain('exten = h,1,Gosub(macro-hangupcall-custom,s,1)');
    expect(contextOf(tree.text('extensions.d/inbound-route.conf'), 'inbound')).toContain('exten = h,1,Goto(at-hangup,h,1)');
  });

  test('before a telephone rings runs there', async () => {
    const text = (await house({ 'macro-dialout-one-predial-hook': { runs: 'before-telephone', lines: lines('s,1 NoOp(x)') } })).text(
      'extensions.d/extension.conf',
    );
    expect(contextOf(text, 'ext-local').filter((s) => s.includes('Gosub(macro-dialout-one-predial-hook,s,1)'))).toHaveLength(2);
  });
});

describe('variables of FreePBX that the site reads', () => {
  test('of the caller, of trunks and of the day are there under their old names', async () => {
    const tree = await house({
      door: {
        lines: lines(
          '1,1 NoOp(${AMPUSERCIDNAME} ${REALCALLERIDNUM} ${OUTCID_${DIAL_TRUNK}} ${VM_PREFIX})',
          '1,n MixMonitor(${YEAR}/${MONTH}/${CALLFILENAME}.${MON_FMT})',
          '1,n NoOp(${NODEST}${DAY:1})',
        ),
      },
    });
    expect(tree.text('pjsip_wizard.conf')).toContain('endpoint/set_var = AMPUSERCIDNAME=Reception');
    expect(contextOf(tree.text('extensions.d/routines.conf'), 'callers')).toContain('same = n,Set(REALCALLERIDNUM=101)');
    expect(tree.text('extensions.conf')).toContain('OUTCID_1 = 74951234500');
    expect(tree.text('extensions.conf')).toContain('MON_FMT = wav');
    expect(contextOf(tree.text('extensions.d/custom.conf'), 'door')[1]).toBe(
      'same = n,MixMonitor(${STRFTIME(${EPOCH},,%Y)}/${STRFTIME(${EPOCH},,%m)}/${RECORDING:0:-4}.${MON_FMT})',
    );
    const told = tree.findings.filter((f) => f.code === 'DIALPLAN_VARIABLE_EMPTY').map((f) => f.means);
    expect(told).toEqual([expect.stringContaining('NODEST')]);
  });

  test('and sets itself are left as the site has them', async () => {
    const tree = await house({ door: { lines: lines('1,1 Set(YEAR=2012)', '1,n NoOp(${YEAR})') } });
    expect(tree.text('extensions.d/custom.conf')).toContain('NoOp(${YEAR})');
  });
});
