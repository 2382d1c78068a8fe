import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isGuessedPassword, isGuessedPin } from '../../src/extract/guessed.ts';

describe('a password that is tried first', () => {
  test.each([
    ['is its number', '2051'],
    ['has its number in it', 'sip2051x9'],
    ['is its number back to front', 'x1502pbx'],
    ['is its number twice', '20512051'],
    ['is short', 'Kq7#v'],
    ['is one sign again and again', 'zzzzzzzz'],
    ['is a pair again and again', '12121212'],
    ['is a word twice', 'abcabc'],
    ['is two signs, each again and again', '11112222'],
    ['is digits in a row', '123456'],
    ['is digits in a row, with their end', '1234567890'],
    ['is digits in a row backwards', '987654'],
    ['is a row of the keyboard', 'qwertyui'],
    ['is rows of the keyboard', 'qweasd123'],
    ['is columns of the keyboard', '1qaz2wsx'],
    ['is keys by turns', '1q2w3e4r'],
    ['is letters in a row', 'ABCDEFGH'],
    ['is a word with digits', 'Secret2012!'],
    ['is a word with signs in place of letters', 'P@ssw0rd1'],
    ['is a word with digits before it', '123elastix'],
    ['is what Elastix comes with', 'eLaStIx.2oo7'],
    ['is what FreePBX comes with', 'amp111'],
    ['is a day', '25121980'],
    ['is a day of a diary', '1980-12-25'],
    ['is a name with a year', 'anna1984'],
    ['is both names', 'AnnaKarenina'],
  ])('%s', (_, secret) => {
    expect(isGuessedPassword(secret, '2051', 'Anna Karenina')).toBe(true);
  });

  test.each(['Kq7#vTz9Lw', 'f3a91c0de77b', 'hunter-boot-92', 'wq83mnz', '48213907', 'Annabelle#x1'])('is not %s', (secret) => {
    expect(isGuessedPassword(secret, '2051', 'Anna Karenina')).toBe(false);
  });

  test('none of twelve hexadecimal digits by chance, which is what FreePBX makes, but where they happen to hold the number', () => {
    const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 });
    fc.assert(fc.property(hex, (secret) => isGuessedPassword(secret, '70518', 'Anna') === /70518|81507/.test(secret)));
  });
});

describe('a PIN that is tried first', () => {
  test.each(['123', '205', '1234', '4321', '0000', '1212', '1122', '2580', '1984', '2051', '1502', '25121980', '123123'])('%s', (pin) => {
    expect(isGuessedPin(pin, '2051')).toBe(true);
  });

  test.each(['8392', '83921', '4719', '5050505x', '70518', '2513'])('not %s', (pin) => {
    expect(isGuessedPin(pin, '2051')).toBe(false);
  });

  test('its owner’s number, whatever that is, forth and back', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{4,6}$/),
        (owner) => isGuessedPin(owner, owner) && isGuessedPin([...owner].reverse().join(''), owner),
      ),
    );
  });
});
