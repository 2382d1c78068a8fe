import { describe, expect, it } from 'vitest';
import type { TarEntry } from '../../src/engine/container.ts';
import { standInPrompts } from '../../src/verify/old/stand-in-prompts.ts';

const conf = (name: string, text: string): TarEntry => ({ path: `etc/asterisk/${name}`, content: Buffer.from(text), mode: 0o640 });
const BOX = [
  conf('extensions.conf', '#include extensions_additional.conf\n#include extensions_custom.conf\n'),
  conf(
    'extensions_additional.conf',
    '[app-cf]\nexten => *72,1,Playback(please-enter-your&extension)\nexten => *72,n,Read(to,then-press-pound)\n' +
      'exten => *73,1,Background(/var/lib/asterisk/sounds/press-1)\nexten => *74,1,Playback(custom/welcome)\nexten => *75,1,Playback(${PROMPT})\n' +
      'exten => *76,1,Playback(../../../../etc/passwd)\n',
  ),
  conf('extensions_custom.conf', '[shop]\nexten => 1,1,Playback(never-recorded)\n'),
];
const made = (held: readonly string[]): string[] => standInPrompts(BOX, held).map((e) => e.path.replace('var/lib/asterisk/sounds/', ''));

describe('prompts that came with an old PBX and that Debian does not pack', () => {
  it('are silent in the clone, for all languages, so that keys are taken as before', () => {
    expect(made(['en/extension.gsm'])).toEqual(['please-enter-your.ulaw', 'press-1.ulaw', 'then-press-pound.ulaw']);
  });

  it('are left alone where English has them, and are there for callers of other languages than the one that has them', () => {
    expect(made(['en/extension.gsm', 'ru/press-1.gsm', 'en_US_f_Allison/then-press-pound.wav'])).toEqual([
      'please-enter-your.ulaw',
      'press-1.ulaw',
    ]);
    expect(made(['extension.gsm', 'press-1.gsm', 'then-press-pound.wav'])).toEqual(['please-enter-your.ulaw']);
  });

  it('last a second', () => {
    expect(standInPrompts(BOX, [])[0]?.content).toEqual(Buffer.alloc(8000, 0xff));
  });

  it('are not made for what the house recorded, nor for names in lines of the site: those were missing on the old box, too', () => {
    expect(made([]).filter((path) => /custom|never|passwd/.test(path))).toEqual([]);
  });
});
