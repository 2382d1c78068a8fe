import { describe, expect, test } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { silentContext } from '../../src/context.ts';
import { type CutoverOptions, cutover } from '../../src/cutover/move/cutover.ts';
import type { Machine } from '../../src/cutover/move/machine.ts';
import { dialsOf } from '../../src/cutover/move/pilot.ts';
import { houseWith, smallHouse } from '../render/some-pbx.ts';
import { aBuild } from './a-build.ts';

/** A machine that knows how its telephones are rung, and notes what it is told. */
function machine(name: string, told: string[], devices = ''): Machine {
  return {
    name,
    typed: (script) => script,
    run: async (script, { stdin = '' } = {}) => {
      told.push(`${script}${stdin === '' ? '' : `: ${stdin}`}`);
      return { code: 0, out: script.includes('show DEVICE') ? devices : '', err: '' };
    },
    pour: async () => undefined,
  };
}

const DEVICES = '/DEVICE/101/dial : SIP/101\n/DEVICE/102/dial : SIP/102\n';
const BETWEEN = { old: '192.0.2.5', new: '192.0.2.6' };

async function pilot(build: string, pilots: string[], between: typeof BETWEEN | null): Promise<{ old: string[]; now: string[] }> {
  const [old, now]: [string[], string[]] = [[], []];
  const o: CutoverOptions = {
    old: machine('old', old, DEVICES),
    new: machine('new', now),
    dryRun: false,
    consent: 'pilot old',
    despite: null,
    report: '',
    copyRecords: null,
    recordings: false,
    address: null,
    pilots,
    between,
  };
  await cutover('pilot', build, o, silentContext());
  return { old, now };
}

describe('pilots', () => {
  test('are rung on the old PBX by what its AstDB has for each telephone', () => {
    const text =
      '/DEVICE/101/default_user                          : 101                      \n/DEVICE/101/dial                                  : SIP/101                  \n/DEVICE/12a/dial : DAHDI/1\n/DEVICE/102/dial : SIP/102"; x\n';
    expect([...dialsOf(text)]).toEqual([
      ['101', 'SIP/101'],
      ['12a', 'DAHDI/1'],
    ]);
  });

  test('are rung by way of the new PBX, and as before once they are none any more', async () => {
    const build = await aBuild(smallHouse);
    const first = await pilot(build, ['101'], BETWEEN);
    expect(first.old.join('\n')).toContain("'host=192.0.2.6'");
    expect(first.old.at(-1)).toBe("sh -s: asterisk -rx 'database put DEVICE 101/dial SIP/new-pbx/101' > /dev/null");
    expect(first.now).toEqual(['pbx-config trunk 192.0.2.5', "pbx-config pilot '101'"]);
    const second = await pilot(build, ['102'], BETWEEN);
    expect(second.old.at(-1)).toContain("'database put DEVICE 101/dial SIP/101'");
    expect(second.old.at(-1)).toContain("'database put DEVICE 102/dial SIP/new-pbx/102'");
    const last = await pilot(build, [], null);
    expect(last.old.at(-1)).toBe("sh -s: asterisk -rx 'database put DEVICE 102/dial SIP/102' > /dev/null");
    expect(last.now).toEqual(['pbx-config trunk', 'pbx-config pilot']);
    expect((await pilot(build, ['102'], null)).old).toEqual([]);
  });

  test('are none that the old PBX does not ring, or that may not dial everything', async () => {
    await expect(pilot(await aBuild(smallHouse), ['109'], BETWEEN)).rejects.toMatchObject({ code: 'E_PILOT', where: 'old' });
    const build = await aBuild(houseWith('device', '102', { context: 'inside-only' }));
    await expect(pilot(build, ['102'], BETWEEN)).rejects.toMatchObject({ code: 'E_PILOT', where: 'device/102' });
  });

  test('reach the rest by two addresses, the old one first', () => {
    const asked = (between: string): unknown => {
      const { command, ...rest } = readArguments(['cutover', 'pilot', 'build', '101', '--new', 'root@new', '--between', between]);
      return command === 'cutover' && 'moving' in rest ? rest.moving.between : null;
    };
    expect(asked('192.168.1.5,192.168.1.6')).toEqual({ old: '192.168.1.5', new: '192.168.1.6' });
    for (const wrong of ['192.168.1.5', '192.168.1.5,new', '192.168.1.5,192.168.1.6,192.168.1.7', ',']) expect(asked(wrong)).toBeNull();
  });
});
