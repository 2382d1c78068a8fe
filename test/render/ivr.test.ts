import { describe, expect, test } from 'vitest';
import { contextOf, type Some, smallHouse, type Tree, treeOf } from './some-pbx.ts';
import { danglingTargets } from './targets.ts';

const recording = {
  '1': { prompts: [{ file: 'custom/menu', formats: ['wav'] }] },
  '2': { prompts: [{ file: 'custom/again', formats: ['wav'] }] },
  '3': { prompts: [{ file: 'custom/lost' }] },
};
const to = { to: 'extension', id: '101', by: 'follow-me' };
const menus = (ivr: object, more: Some = {}): Promise<Tree> => treeOf({ ...smallHouse, recording, ivr: ivr as never, ...more });
const menu = async (change: object): Promise<string[]> =>
  contextOf((await menus({ '1': { announcement: '1', ...change } })).text('extensions.d/ivr.conf'), 'ivr-1');

describe('menus', () => {
  test('a menu answers, plays, and waits for keys', async () => {
    const tree = await menus({
      '1': {
        name: 'Main',
        announcement: '1',
        timeoutSeconds: '7',
        digitTimeoutSeconds: '3',
        entries: [
          { keys: '10', destination: { to: 'ring-group', id: '600' } },
          { keys: '*', destination: to },
        ],
        timeout: { retries: '2', next: to },
        invalid: { retries: '0', next: { to: 'end', how: 'busy' } },
      },
    });
    expect(contextOf(tree.text('extensions.d/ivr.conf'), 'ivr-1')).toEqual([
      'exten = s,1,Set(IVR_CONTEXT_ivr-1=${IVR_CONTEXT})',
      'same = n,Set(IVR_CONTEXT=ivr-1)',
      'same = n,Set(IVR_RETVM=)',
      'same = n,Set(TIMEOUT_LOOPCOUNT=0)',
      'same = n,GotoIf($["${CHANNEL(state)}" = "Up"]?menu)',
      'same = n,Answer()',
      'same = n,Wait(1)',
      'same = n(menu),Set(TIMEOUT(digit)=3)',
      'same = n,BackGround(custom/menu)',
      'same = n(wait),WaitExten(7)',
      'exten = 10,1,Goto(ext-group,600,1) ; ring-group 600',
      'exten = *,1,Goto(from-did-direct,101,1) ; extension 101 (follow-me)',
      'exten = i,1,NoOp()',
      'same = n,Goto(app-blackhole,busy,1)',
      'exten = t,1,Set(TIMEOUT_LOOPCOUNT=$[0${TIMEOUT_LOOPCOUNT} + 1])',
      'same = n,GotoIf($[${TIMEOUT_LOOPCOUNT} > 2]?over)',
      'same = n,Goto(s,menu)',
      'same = n(over),NoOp()',
      'same = n,Goto(from-did-direct,101,1)',
      'exten = return,1,Set(IVR_CONTEXT=ivr-1)',
      'same = n,Goto(s,menu)',
    ]);
    expect(danglingTargets(tree.files)).toEqual([]);
  });

  test('a retry prompt is played before the menu, or instead of it', async () => {
    const invalid = { retries: '1', retryPrompt: '2', next: to };
    expect(await menu({ invalid })).toContain('same = n,BackGround(custom/again&custom/menu)');
    expect(await menu({ invalid: { ...invalid, menuFollows: 'no' } })).toContain('same = n,BackGround(custom/again)');
    expect(await menu({ invalid: { ...invalid, retryPrompt: 'default' } })).toContain('same = n,BackGround(pbx-invalid&custom/menu)');
  });

  test('a retry prompt without a file leaves the menu to be played', async () => {
    const lines = await menu({ invalid: { retries: '1', retryPrompt: '3', menuFollows: 'no', next: to } });
    expect(lines.slice(lines.findIndex((l) => l.startsWith('exten = i,')) + 2)[0]).toBe('same = n,Goto(s,menu)');
  });

  test('one that does nothing about a missing key says so and ends the call, never in silence', async () => {
    const lines = await menu({ timeout: { next: to } });
    expect(lines.slice(lines.indexOf('exten = t,1,NoOp()'), -2)).toEqual([
      'exten = t,1,NoOp()',
      'same = n,Playback(sorry-youre-having-problems&vm-goodbye)',
      'same = n,Goto(app-blackhole,hangup,1)',
    ]);
  });

  test('tries are counted together where the old box did', async () => {
    const lines = await menu({ sharesRetries: 'yes', timeout: { retries: '2', next: to }, invalid: { retries: '1', next: to } });
    expect(lines.filter((l) => l.includes('Set(LOOPCOUNT='))).toHaveLength(3);
  });

  test('a key can lead back to the menu that the caller came from', async () => {
    expect(await menu({ entries: [{ keys: '#', destination: to, returns: 'yes' }] })).toContain(
      'exten = #,1,GotoIf($["${IVR_CONTEXT_ivr-1}" = ""]?from-did-direct,101,1:${IVR_CONTEXT_ivr-1},return,1) ; back, else extension 101 (follow-me)',
    );
  });

  test('extensions, and nothing that costs, can be keyed where the menu allows it', async () => {
    const tree = await menus({ '1': { directDial: 'yes' } });
    expect(contextOf(tree.text('extensions.d/ivr.conf'), 'ivr-1')[0]).toBe('include = from-did-direct-ivr');
    expect(contextOf(tree.text('extensions.d/ivr.conf'), 'from-did-direct-ivr')).toEqual([
      'exten = 101,1,Goto(from-did-direct,${EXTEN},1)',
      'exten = 102,1,Goto(from-did-direct,${EXTEN},1)',
    ]);
    expect(await menu({ directDial: 'yes', directDialDirectory: '4' })).not.toContain('include = from-did-direct-ivr');
  });

  test('a menu without prompt or keys waits and goes on; keys that nobody can press are left out', async () => {
    const keys = { keys: 't', destination: to };
    const tree = await menus({
      '1': { announcement: '3', entries: [keys, { keys: '1', destination: to }, { keys: '1', destination: to }] },
    });
    const lines = contextOf(tree.text('extensions.d/ivr.conf'), 'ivr-1');
    expect(lines).toContain('same = n(menu),Set(TIMEOUT(digit)=5) ; there is no file to play');
    expect(lines.filter((l) => /^exten = [t1],1,Goto/.test(l))).toHaveLength(1);
    expect(tree.codes()).toEqual(expect.arrayContaining(['SOUND_MISSING', 'MENU_KEY_LOST']));
    expect((await menus({ '1': {} })).codes()).toContain('MENU_EMPTY');
  });

  test('who leaves a message behind a menu that takes callers back comes back to it', async () => {
    const tree = await menus({ '1': { returnsFromVoicemail: 'yes' } });
    const routines = contextOf(tree.text('extensions.d/routines.conf'), 'voicemail');
    expect(routines).toContain('exten = end-SUCCESS,1,GotoIf($["${IVR_RETVM}" = "RETURN"]?back,1)');
    expect(contextOf(tree.text('extensions.d/extension.conf'), 'ext-local')).toContain(
      'same = n,GotoIf($["${IVR_RETVM}" = "RETURN"]?back-to-menu,nobody,1)',
    );
    expect(danglingTargets(tree.files)).toEqual([]);
  });
});

test('an announcement sends callers of a menu back to it', async () => {
  const tree = await treeOf({ ...smallHouse, recording, announcement: { '1': { recording: '1', returnsToIvr: 'yes', next: to } } });
  expect(contextOf(tree.text('extensions.d/announcement.conf'), 'app-announcement-1').slice(-4)).toEqual([
    'same = n(play),Playback(custom/menu)',
    'same = n,Goto(app-announcement-1,back,1)',
    'exten = back,1,GotoIf($["${IVR_CONTEXT}" != ""]?${IVR_CONTEXT},return,1)',
    'same = n,Goto(from-did-direct,101,1)',
  ]);
});
