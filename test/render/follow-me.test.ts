import { describe, expect, test } from 'vitest';
import { codesWith, houseWithCodes } from './codes.ts';
import { contextOf, smallHouse, treeOf } from './some-pbx.ts';
import { danglingTargets } from './targets.ts';

const FILE = 'extensions.d/follow-me.conf';
const steps = async (change: object, context = 'ext-findmefollow'): Promise<string[]> =>
  contextOf((await treeOf(codesWith('follow-me', '101', change))).text(FILE), context);

describe('follow me', () => {
  test('is looked at before the extension itself, and passed by while its owner has switched it off', async () => {
    const tree = await treeOf(houseWithCodes);
    const inside = contextOf(tree.text('extensions.conf'), 'from-internal-xfer');
    expect(inside.indexOf('include = ext-findmefollow')).toBeLessThan(inside.indexOf('include = ext-local'));
    expect(inside).toContain('include = ext-findmefollow');
    expect(contextOf(tree.text('extensions.conf'), 'from-did-direct')[0]).toBe('include = ext-findmefollow');
    expect(contextOf(tree.text(FILE), 'ext-findmefollow')[0]).toBe(
      'exten = 101,1,GotoIf($["${DB(AMPUSER/${EXTEN}/followme/ddial)}" = "EXTENSION"]?ext-local,${EXTEN},1)',
    );
  });

  test('rings its own telephone for both times together where it is among the others, who join after the first', async () => {
    const whole = 'same = n,Dial(Local/${EXTEN}@follow-me-own/n&Local/${EXTEN}@follow-me-others/n,27,${GROUP_OPTIONS})';
    expect(await steps({})).toContain(whole);
    expect(await steps({}, 'follow-me-own')).toContain('same = n,Gosub(own-telephone,${EXTEN},1(27,always))');
    const others = await steps({}, 'follow-me-others');
    expect(others).toContain('same = n,Gosub(while-own-rings,${EXTEN},1(7))');
    expect(others).toContain('same = n,Set(MEMBERS=${MEMBERS}&Local/989161112233@confirmed/n)');
    expect(others).not.toContain('same = n,Gosub(member,${EXTEN},1(101))');
    const without = { members: [{ number: '102' }] };
    expect(await steps(without, 'follow-me-own')).toContain('same = n,Gosub(own-telephone,${EXTEN},1(7,always))');
  });

  test('calls nobody else while its own telephone is busy, where the first member is primary', async () => {
    const stops = 'same = n,ExecIf($["${SHARED(OWN_IS_BUSY,${FOLLOWED})}" = "yes"]?Hangup()) ; it is busy: nobody is called';
    expect(await steps({}, 'follow-me-others')).not.toContain(stops);
    expect(await steps({ firstMemberIsPrimary: 'yes' }, 'follow-me-others')).toContain(stops);
  });

  test('rings its own telephone first and then, one after the other, those whom it hunts', async () => {
    const lines = await steps({ strategy: 'hunt' });
    const own = lines.indexOf('same = n,Gosub(own-telephone,${EXTEN},1(7,always))');
    const first = lines.indexOf('same = n,Gosub(ring-members,${EXTEN},1(20,hunt))');
    expect(own).toBeGreaterThan(0);
    expect(first).toBeGreaterThan(own);
    expect(await steps({ strategy: 'hunt', preRingSeconds: '0' })).not.toContain('same = n,Gosub(own-telephone,${EXTEN},1(0,always))');
  });

  test('goes on to the voicemail of its extension, or ends in silence where that has none', async () => {
    const to = (id: string): object => ({ noAnswer: { to: 'extension', id, by: 'unanswered' } });
    expect((await steps(to('102'))).some((l) => l.startsWith('same = n,Goto(ext-local,102,dest)'))).toBe(true);
    expect((await steps(to('101'))).some((l) => l.startsWith('same = n,Goto(app-blackhole,hangup,1)'))).toBe(true);
  });

  test('a question and a note of its own to outside members are played', async () => {
    const house = codesWith('follow-me', '101', { confirmPrompt: '1', tooLatePrompt: '2' });
    const recording = {
      '1': { name: 'a', prompts: [{ file: 'custom/ask', formats: ['wav'] }] },
      '2': { name: 'b', prompts: [{ file: 'custom/late', formats: ['wav'] }] },
    };
    const lines = contextOf((await treeOf({ ...house, recording })).text(FILE), 'ext-findmefollow');
    expect(lines).toContain('same = n,Set(__CONFIRM_PROMPT=custom/ask)');
    expect(lines).toContain('same = n,Set(__TOO_LATE_PROMPT=custom/late)');
  });

  test('a member that nobody could dial is left out, and told', async () => {
    const house = codesWith('follow-me', '101', { members: [{ number: '102' }, { number: '9,1&x', outside: 'yes' }] });
    const tree = await treeOf(house);
    expect(contextOf(tree.text(FILE), 'follow-me-others').filter((l) => l.includes('MEMBERS=${MEMBERS}'))).toEqual([]);
    expect(tree.codes()).toContain('NUMBER_NOT_RENDERED');
  });

  test('is there without any ring group, and every place that it leads to exists', async () => {
    const { 'ring-group': _, ...rest } = houseWithCodes;
    const tree = await treeOf({
      ...rest,
      'inbound-route': { 'any/any': { destination: { to: 'extension', id: '101', by: 'forced-follow-me' } } },
    });
    expect(danglingTargets(tree.files)).toEqual([]);
    expect(contextOf(tree.text('extensions.d/inbound-route.conf'), 'ext-did-0001').join('\n')).toContain('Goto(ext-findmefollow,FM101,1)');
    expect((await treeOf(smallHouse)).has(FILE)).toBe(false);
  });
});
