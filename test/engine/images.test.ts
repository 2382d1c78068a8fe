import { expect, test } from 'vitest';
import type { TarEntry } from '../../src/engine/container.ts';
import { isLocalHost } from '../../src/engine/engine.ts';
import { imageTag } from '../../src/engine/images.ts';

const file = (path: string, content: string): TarEntry => ({ path, content: Buffer.from(content), mode: 0o644 });
const files = [file('Dockerfile', 'FROM x'), file('packages', 'asterisk')];

test('an image has one name for one content, in whatever order the disk lists it', () => {
  expect(imageTag('pbx', files, 'sha256:1')).toMatch(/^migrate\/pbx:[0-9a-f]{12}$/);
  expect(imageTag('pbx', [...files].reverse(), 'sha256:1')).toBe(imageTag('pbx', files, 'sha256:1'));
});

test('another base, a changed package list and a moved byte are another image', () => {
  const tags = [
    imageTag('pbx', files, 'sha256:1'),
    imageTag('pbx', files, 'sha256:2'),
    imageTag('pbx', [file('Dockerfile', 'FROM x'), file('packages', 'asterisk\nsox')], 'sha256:1'),
    imageTag('pbx', [file('Dockerfile', 'FROM xa'), file('packages', 'sterisk')], 'sha256:1'),
  ];
  expect(new Set(tags).size).toBe(tags.length);
});

test('an engine on another machine is told from one on this', () => {
  expect(['', 'unix:///run/docker.sock', 'tcp://127.0.0.1:2375', 'localhost:2375'].map(isLocalHost)).toEqual([true, true, true, true]);
  expect(['tcp://staging:2375', 'tcp://localhost.example:2375', 'ssh://me@staging'].map(isLocalHost)).toEqual([false, false, false]);
});
