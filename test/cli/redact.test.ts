import fc from 'fast-check';
import { expect, it } from 'vitest';
import { redactor, redactValue } from '../../src/cli/redact.ts';

/** Texts as secrets are: any character, quotes, backslashes and half an emoji included. */
const secret = fc.string({
  minLength: 4,
  maxLength: 20,
  unit: fc.oneof(fc.constantFrom('"', '\\', '-', '/', '.', '*', '\n', 'ё', '\ud83d'), fc.string({ minLength: 1, maxLength: 1 })),
});

it('no secret of four characters and more is left in any text, as it is or as JSON writes it', () => {
  const usual = secret.filter((s) => s.trim() !== '' && !/^\*+$/.test(s));
  fc.assert(
    fc.property(fc.array(usual, { minLength: 1, maxLength: 5 }), fc.string(), fc.string(), (secrets, before, after) => {
      const redact = redactor(secrets);
      for (const s of secrets) {
        // what stands around it is free of stars, and so can make up no secret together with the mask
        const told = redact(`${before} ${s} ${JSON.stringify(s)} ${after}`);
        expect(told).toContain('***');
        if (!s.includes('*')) expect(told.includes(s)).toBe(false);
      }
    }),
  );
});

it('of two passwords of which one begins the other, neither end is left', () => {
  expect(redactor(['hunter2', 'hunter2-and-more'])('hunter2-and-more, hunter2!')).toBe('***, ***!');
});

it('a PIN of three digits is masked where it stands alone, and a number that holds it is left', () => {
  const redact = redactor(['101']);
  expect(redact('PIN 101, dialled 1015 and 7101, "101"')).toBe('PIN ***, dialled 1015 and 7101, "***"');
});

it('an empty password masks nothing', () => {
  expect(redactor(['', ' '])('a line of text')).toBe('a line of text');
});

it('what was JSON is JSON afterwards, with numbers, keys and lists gone through', () => {
  const redact = redactor(['4711', '1', 'se"cret']);
  const held = { pin: 4711, list: ['se"cret', 1, null, true], 'key 4711': { far: 'se"cret!' } };
  expect(JSON.parse(JSON.stringify(redactValue(held, redact)))).toEqual({
    pin: '***',
    list: ['***', '***', null, true],
    'key ***': { far: '***!' },
  });
});
