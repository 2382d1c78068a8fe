import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, textDecoder } from '../../src/box/charset.ts';

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
        expect(decodeText(Buffer.from(text))).toMatchObject({ text, charset: 'utf-8', cut: false });
      }),
    );
  });

  it('comes back when UTF-8 was taken for latin1 and encoded once more', () => {
    fc.assert(
      fc.property(cyrillic, (text) => {
        const twice = Buffer.from(latin1Of(Buffer.from(text)));
        expect(decodeText(twice)).toMatchObject({ text, charset: 'doubly encoded utf-8', cut: false });
      }),
    );
  });

  it('keeps accents that are plain UTF-8', () => {
    expect(decodeText(Buffer.from('Café Müller'))).toMatchObject({ text: 'Café Müller', charset: 'utf-8', cut: false });
  });

  it('is cp1251 where words are of Cyrillic letters alone', () => {
    fc.assert(
      fc.property(cyrillic, (text) => {
        expect(decodeText(cp1251(text))).toMatchObject({ text, charset: 'windows-1251', cut: false });
      }),
    );
  });

  it('is cp1252 where accents stand in western words', () => {
    expect(decodeText(Buffer.from('Réception générale', 'latin1'))).toMatchObject({
      text: 'Réception générale',
      charset: 'windows-1252',
      cut: false,
    });
  });

  it('loses half a letter at the end of a column that was too narrow, and says so', () => {
    const bytes = Buffer.from('Регистратура');
    expect(decodeText(bytes.subarray(0, bytes.length - 1))).toMatchObject({ text: 'Регистратур', charset: 'utf-8', cut: true });
  });

  it('comes back when it was encoded twice more', () => {
    fc.assert(
      fc.property(cyrillic, (text) => {
        const thrice = Buffer.from(latin1Of(Buffer.from(latin1Of(Buffer.from(text)))));
        expect(decodeText(thrice)).toMatchObject({ text, charset: 'doubly encoded utf-8', certain: true });
      }),
    );
  });

  it('is left as it is where it only looks like cp1251 that was read as latin1, with what it likely is', () => {
    const read = decodeText(Buffer.from('Èâàíîâ Ïåòð 101'));
    expect(read).toMatchObject({
      text: 'Èâàíîâ Ïåòð 101',
      charset: 'utf-8',
      proposal: { text: 'Иванов Петр 101', charset: 'windows-1251' },
    });
    for (const western of ['Ärger im Büro', 'Réception', 'À ÈÉ', 'Zürich Öl', 'Été'])
      expect(decodeText(Buffer.from(western)).proposal, western).toBeNull();
  });

  it('is what a person says it is, where it is no UTF-8, and only there', () => {
    const greek = textDecoder('windows-1253');
    const bytes = Uint8Array.from([0xc1, 0xe8, 0xde, 0xed, 0xe1]);
    expect(greek(bytes)).toMatchObject({ text: 'Αθήνα', charset: 'windows-1253', certain: true });
    expect(greek(Buffer.from(latin1Of(bytes)))).toMatchObject({ text: 'Αθήνα', certain: true });
    expect(greek(Buffer.from('Αθήνα'))).toMatchObject({ text: 'Αθήνα', charset: 'utf-8' });
    expect(greek(Buffer.from('Müller'))).toMatchObject({ text: 'Müller', charset: 'utf-8' });
    expect(textDecoder('windows-1251')(Buffer.from('Èâàíîâ'))).toMatchObject({ text: 'Иванов', before: 'Èâàíîâ', proposal: null });
  });

  it('shows where letters were lost', () => {
    for (const lost of ['???????? ????', '101 ???', 'Ð?Ð½Ð½Ð°', 'Ã\u0090?']) expect(decodeText(Buffer.from(lost)).lost, lost).toBe(true);
    for (const whole of ['Who is there?', 'Really??', '?', 'a?b', 'http://x/?a=1'])
      expect(decodeText(Buffer.from(whole)).lost, whole).toBe(false);
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(typeof decodeText(bytes).text).toBe('string');
      }),
    );
  });
});
