import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { smallHouse } from '../render/some-pbx.ts';
import { aBuild } from './a-build.ts';
import { compositionOf, imageFiles } from './a-composition.ts';

describe('the PBX in containers', () => {
  test('starts with its machine, waits for its database, and is watched', async () => {
    const { services, volumes } = await compositionOf(await aBuild(smallHouse));
    for (const { image, network_mode, restart, healthcheck } of Object.values(services)) {
      expect({ network_mode, restart }).toEqual({ network_mode: 'host', restart: 'unless-stopped' });
      expect(image).toMatch(/^pbx-config:1\.0-\d{8}\.\d{6}$/);
      expect(healthcheck.test[0]).toBe('CMD');
    }
    expect(services.pbx.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    const mounted = Object.values(services).flatMap((service) => service.volumes.map((line) => line.split(':')[0] ?? ''));
    expect([...new Set(mounted)].sort()).toEqual(Object.keys(volumes).sort());
  });

  test('finds its secrets in the file beside, and has none in its image', async () => {
    const made = await compositionOf(await aBuild(smallHouse));
    const { file } = made.secrets['pbx-secrets'] ?? { file: '' };
    expect((await readFile(join(made.folder, file))).length).toBeGreaterThan(0);
    const files = await imageFiles(made);
    expect(files.map((f) => f.path).sort()).toEqual(['Dockerfile', expect.stringMatching(/^pbx-config_.*\.deb$/), 'pbx-container.sh']);
    for (const { content } of files) expect(Buffer.from(content ?? '').toString('latin1')).not.toContain('quo"te,com ma');
  });
});
