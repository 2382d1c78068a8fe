import { expect, test } from 'vitest';
import { debianMirrors, parseDeb822, parseOneLine } from '../../src/engine/apt-sources.ts';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

test('a mirror of the deb822 format is found among security and switched-off archives', () => {
  const text = [
    'Types: deb deb-src',
    '# http://frozen.example/debian/2025',
    'URIs: http://mirror.example/debian/',
    'Suites: bookworm bookworm-updates',
    'Components: main contrib',
    `Signed-By: ${KEYRING}`,
    '',
    'Types: deb',
    'URIs: http://mirror.example/debian-security',
    'Suites: bookworm-security',
    'Components: main',
    '',
    'Enabled: no',
    'Types: deb',
    'URIs: http://off.example/debian',
    'Suites: bookworm',
    'Components: main',
  ].join('\n');
  const sources = parseDeb822(text);
  expect(sources.map((s) => s.suite)).toEqual(['bookworm', 'bookworm-updates', 'bookworm-security']);
  expect(sources[0]).toEqual({
    uri: 'http://mirror.example/debian/',
    suite: 'bookworm',
    components: ['main', 'contrib'],
    signedBy: KEYRING,
  });
  expect(debianMirrors(sources)).toEqual(['http://mirror.example/debian']);
});

test('a key that stands in the deb822 file itself ends where its indentation ends', () => {
  const text = 'Types: deb\nURIs: http://m.example/debian\nSuites: sid\nSigned-By:\n -----BEGIN PGP-----\n .\n abc\nComponents: main\n';
  expect(parseDeb822(text)).toEqual([{ uri: 'http://m.example/debian', suite: 'sid', components: ['main'], signedBy: null }]);
});

test('a mirror of the one-line format is found, options and comments or not', () => {
  const text = [
    '# deb http://no.example/debian bookworm main',
    'deb-src http://no.example/debian bookworm main',
    `deb [arch=amd64 signed-by=${KEYRING}] http://mirror.example/debian trixie main non-free # ours`,
    'deb http://other.example/mirror/ stable main',
  ].join('\n');
  const sources = parseOneLine(text);
  expect(sources[0]).toEqual({ uri: 'http://mirror.example/debian', suite: 'trixie', components: ['main', 'non-free'], signedBy: KEYRING });
  expect(debianMirrors(sources)).toEqual(['http://mirror.example/debian', 'http://other.example/mirror']);
});

test("other vendors' archives are no Debian mirrors", () => {
  const text = [
    'deb [signed-by=/k.asc] https://docker.example/linux/debian bookworm stable',
    'deb https://node.example/node_20.x nodistro main',
    'deb https://pg.example/pub/repos/apt bookworm-pgdg main',
    'deb http://ubuntu.example/ubuntu noble main universe',
  ].join('\n');
  expect(debianMirrors(parseOneLine(text))).toEqual([]);
});

test('the mirror that is signed by the Debian keyring comes first', () => {
  const text = `deb http://vendor.example/apt bookworm main\ndeb [signed-by=${KEYRING}] http://mirror.example/d bookworm main`;
  expect(debianMirrors(parseOneLine(text))[0]).toBe('http://mirror.example/d');
});
