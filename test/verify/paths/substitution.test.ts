import { expect, test } from 'vitest';
import { evaluate } from '../../../src/verify/paths/expression.ts';
import { substitute } from '../../../src/verify/paths/substitution.ts';

const VARIABLES: Readonly<Record<string, string>> = { EXTEN: '74951234567', EMPTY: '', WHO: '101', LONG: '${WHO}' };

function filled(text: string): string {
  return substitute(text, {
    variable: (name) => VARIABLES[name] ?? '',
    call: (name, args) => `${name}<${args}>`,
    expression: evaluate,
  });
}

test.each([
  ['Local/${WHO}@from-internal/n', 'Local/101@from-internal/n'],
  ['${EXTEN:1}', '4951234567'],
  ['${EXTEN:-4}', '4567'],
  ['${EXTEN:0:4}', '7495'],
  ['${EXTEN:0:-7}', '7495'],
  ['${DB(CF/${WHO})}', 'DB<CF/101>'],
  ['${DB(TC/1):0:2}', 'DB'],
  ['$["${EMPTY}" = ""]', '1'],
  ['${${EMPTY}WHO}', '101'],
  ['100 $ and $${}{WHO}', '100 $ and ${WHO}'],
])('%s is filled in as %s', (text, value) => {
  expect(filled(text)).toBe(value);
});

test('what stands behind a variable is not filled in once more', () => {
  expect(filled('${LONG}')).toBe('${WHO}');
});
