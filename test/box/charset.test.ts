import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/box/charset.ts';

const cyrillic = fc.string({
  unit: fc.constantFrom(...'абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ'),
  minLength: 2,
  maxLength: 30,
});

/** MySQL's latin1: every byte is a character. */
function latin1Of(bytes: Uint8Array): string {
  return new TextDecoder('windows-1252').decode(bytes);
}

function cp1251(text: string): Uint8Array {
  return Uint8Array.from([...text].map((c) => (c.charCodeAt(0) < 0x80 ? c.charCodeAt(0) : c.charCodeAt(0) - 0x410 + 0xc0)));
}

describe('text of an old box', () => {
  it('is UTF-8 where it is valid UTF-8', () => {
    fc.assert(
      fc.property(cyrillic, (text) => {
        expect(decodeText(Buffer.from(text))).toEqual({ text, charset: 'utf-8', cut: false });
      }),
    );
  });

  it('comes back when UTF-8 was taken for latin1 and encoded once more', () => {
    fc.assert(
      fc.property(cyrillic, (text) => {
        const twice = Buffer.from(latin1Of(Buffer.from(text)));
        expect(decodeText(twice)).toEqual({ text, charset: 'doubly encoded utf-8', cut: false });
      }),
    );
  });

  it('keeps accents that are plain UTF-8', () => {
    expect(decodeText(Buffer.from('Café Müller'))).toEqual({ text: 'Café Müller', charset: 'utf-8', cut: false });
  });

  it('is cp1251 where words are of Cyrillic letters alone', () => {
    fc.assert(
      fc.property(cyrillic, (text) => {
        expect(decodeText(cp1251(text))).toEqual({ text, charset: 'windows-1251', cut: false });
      }),
    );
  });

  it('is cp1252 where accents stand in western words', () => {
    expect(decodeText(Buffer.from('Réception générale', 'latin1'))).toEqual({
      text: 'Réception générale',
      charset: 'windows-1252',
      cut: false,
    });
  });

  it('loses half a letter at the end of a column that was too narrow, and says so', () => {
    const bytes = Buffer.from('Регистратура');
    expect(decodeText(bytes.subarray(0, bytes.length - 1))).toEqual({ text: 'Регистратур', charset: 'utf-8', cut: true });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(typeof decodeText(bytes).text).toBe('string');
      }),
    );
  });
});
