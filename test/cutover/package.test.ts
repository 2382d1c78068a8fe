import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { partsOf } from '../../src/cutover/package/installed.ts';
import { jail } from '../../src/cutover/package/jail.ts';
import { packageBuild } from '../../src/cutover/package/package.ts';
import { quietFiles } from '../../src/cutover/package/quiet.ts';
import { unpackEntries } from '../../src/engine/archive.ts';
import { readBuild } from '../../src/model/build.ts';
import { houseWith, smallHouse } from '../render/some-pbx.ts';
import { aBuild } from './a-build.ts';

const text = (content: Uint8Array | undefined): string => Buffer.from(content ?? '').toString('utf8');

describe('a build as a package', () => {
  test('holds none of the secrets of the PBX', async () => {
    const build = await readBuild(await aBuild(smallHouse));
    const { files, secrets } = partsOf(build);
    const [open, shut] = [files, secrets].map((list) => list.map((f) => text(f.content)).join('\n')) as [string, string];
    // as a configuration file writes them
    for (const secret of ['p\\;w#1', 'quo"te,com ma', 'Tr\\;unk#1', 'Re\\;g#1', '4102']) {
      expect(open).not.toContain(secret);
      expect(shut).toContain(secret);
    }
    expect(secrets.every((f) => (f.mode & 0o007) === 0)).toBe(true);
  });

  test('leads Asterisk from each file that holds secrets to where it lies', async () => {
    const { files, secrets } = partsOf(await readBuild(await aBuild(smallHouse)));
    const stub = files.find((f) => f.path === 'etc/asterisk/pjsip_wizard.conf');
    expect(text(stub?.content)).toContain('\n#include "secrets.d/pjsip_wizard.conf"\n');
    expect(secrets.map((f) => f.path)).toContain('etc/asterisk/secrets.d/pjsip_wizard.conf');
  });

  test('turns every telephone away until it is told otherwise, and no carrier', async () => {
    const files = quietFiles(await readBuild(await aBuild(houseWith('device', '103', { technology: 'iax2', extension: '102' }))));
    expect(files.map((f) => [f.path, text(f.content)])).toEqual([
      [
        'usr/share/pbx-config/quiet/pjsip_wizard.conf',
        '[101](+)\nendpoint/deny = 0.0.0.0/0.0.0.0\n[102](+)\nendpoint/deny = 0.0.0.0/0.0.0.0\n',
      ],
      ['usr/share/pbx-config/quiet/iax.conf', '[103](+)\ndeny = 0.0.0.0/0.0.0.0\n'],
    ]);
  });

  test('shuts out who tries passwords, and never the site itself or its carriers', async () => {
    const { model } = await readBuild(
      await aBuild(houseWith('device', '102', { permit: ['198.51.100.0/255.255.255.0', '0.0.0.0/0.0.0.0'] })),
    );
    const spared = /^ignoreip = (.*)$/m.exec(jail(model))?.[1]?.split(' ');
    expect(spared).toEqual(expect.arrayContaining(['192.168.0.0/16', '192.0.2.10', '198.51.100.0/255.255.255.0']));
    expect(spared).not.toContain('0.0.0.0/0.0.0.0');
  });

  test('is made with the secrets beside it, for its owner alone', async () => {
    const build = await aBuild(smallHouse);
    const out = join(dirname(build), 'package');
    const made = await packageBuild(build, out, silentContext());
    expect((await stat(join(out, made.secrets))).mode & 0o777).toBe(0o600);
    const held = new Map<string, string>();
    for await (const entry of unpackEntries(Readable.from(await readFile(join(out, made.secrets)))))
      held.set(entry.path, text(entry.content));
    expect(held.get('etc/asterisk/secrets.d/voicemail.conf')).toContain('102 => 4102,');
    expect(held.get('database.sql')).toContain("GRANT SELECT, INSERT ON asteriskcdrdb.* TO 'asterisk'@'localhost';");
    expect((await readFile(join(out, made.package))).subarray(0, 7).toString()).toBe('!<arch>');
  });

  test('is not made of a build that would register as soon as it is installed', async () => {
    const build = await aBuild(smallHouse, true);
    await expect(packageBuild(build, join(dirname(build), 'package'), silentContext())).rejects.toMatchObject({ code: 'E_BUILD_LIVE' });
  });
});
