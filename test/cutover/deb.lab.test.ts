import { afterEach, expect, test, vi } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { control } from '../../src/cutover/package/control.ts';
import { packDeb } from '../../src/cutover/package/deb.ts';
import { ensureBaseImage } from '../../src/engine/base-image.ts';
import { connectEngine } from '../../src/engine/engine.ts';
import { Run } from '../../src/engine/run.ts';
import { shellOf } from './a-machine.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a machine without Debian’s tools packs the same package in a container', async () => {
  const text = Buffer.from('; nothing here\n');
  const deb = {
    control: control({ version: '1.0', kibibytes: 1, objects: 'nothing' }),
    scripts: { postinst: '#!/bin/sh\n' },
    conffiles: ['etc/asterisk/features.conf'],
    files: [
      { path: 'etc/asterisk/features.conf', content: text, mode: 0o644 },
      { path: 'usr/sbin/pbx-config', content: text, mode: 0o755 },
    ],
  };
  const here = await packDeb(deb, silentContext());
  vi.stubEnv('PATH', '/nowhere');
  const there = await packDeb(deb, silentContext());
  vi.unstubAllEnvs();

  const engine = await connectEngine();
  const run = await Run.start(engine, silentContext(), { longestMs: 120_000 });
  try {
    const entries = Object.entries({ here, there }).map(([name, content]) => ({ path: `${name}.deb`, content, mode: 0o644 }));
    const image = await ensureBaseImage(engine, 'forky', silentContext());
    const machine = await run.container({ role: 'machine', image, entrypoint: ['sleep', 'infinity'], files: [{ path: '/root', entries }] });
    // names, owners and modes; not when each was written
    const holds = (name: string): Promise<string> =>
      shellOf(machine).sh(`dpkg-deb -f /root/${name}.deb; dpkg-deb -c /root/${name}.deb | awk '{ print $1, $2, $6 }'`);
    expect(await holds('there')).toBe(await holds('here'));
    expect(await holds('there')).toContain('-rwxr-xr-x root/root ./usr/sbin/pbx-config');
  } finally {
    await run.end();
  }
});
