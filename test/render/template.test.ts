import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MigrateError } from '../../src/error.ts';
import { place } from '../../src/render/place.ts';
import { compileTemplate } from '../../src/render/template.ts';

/** Where and why a template or its data is refused. */
function refusal(text: string, data: object = {}): { where: string | null; why: string } {
  try {
    compileTemplate(text, 'some.conf.hbs')(data);
  } catch (error) {
    if (error instanceof MigrateError) return { where: error.where, why: error.why };
    throw error;
  }
  throw new Error('it was taken');
}

describe('a template that could let a value through unescaped is refused when it is loaded', () => {
  test.each([
    ['a value without a helper', 'a\n{{name}}'],
    ['a triple stash', 'a\n{{{conf name}}}'],
    ['an unescaped value', 'a\n{{&conf name}}'],
    ['a block other than each and if', 'a\n{{#with name}}{{/with}}'],
    ['unless', 'a\n{{#unless name}}{{/unless}}'],
    ['a helper that is not on the list', 'a\n{{shout name}}'],
    ['a partial', 'a\n{{> other}}'],
    ['a decorator', 'a\n{{* inline}}'],
    ['a call within a value', 'a\n{{conf (join list ",")}}'],
    ['named parameters', 'a\n{{conf name deep="x"}}'],
    ['a condition that computes', 'a\n{{#if (conf name)}}{{/if}}'],
    ['no Handlebars at all', 'a\n{{conf name'],
  ])('%s', (_, text) => {
    expect(refusal(text, { name: 'x', list: [] }).where).toBe('some.conf.hbs:2');
  });
});

describe('a value that the view does not give, or gives in another type, stops the rendering', () => {
  test.each([
    ['text that is missing', '{{conf name}}'],
    ['text that is null', '{{conf nothing}}'],
    ['a number where text stands', '{{dialplan one}}'],
    ['text where a number stands', '{{number text}}'],
    ['a list where text stands', '{{comment list}}'],
    ['a destination that is none', '{{goto text}}'],
    ['an extension with a comma', '{{exten comma}}'],
    ['a condition that nobody defined', '{{#if nobody}}x{{/if}}'],
    ['a list that nobody defined', '{{#each nobody}}x{{/each}}'],
  ])('%s', (_, text) => {
    expect(refusal(text, { nothing: null, one: 1, text: 'a', list: ['a'], comma: '101,1' }).where).toBe('some.conf.hbs:1');
  });
});

test('blocks leave no empty lines behind and an empty list takes its else', () => {
  const text = '[x]\n{{#each list}}\na = {{conf this}}\n{{/each}}\n{{#if list}}\nsome\n{{else}}\nnone\n{{/if}}\n';
  expect(compileTemplate(text, 'x')({ list: ['1', '2;3'] })).toBe('[x]\na = 1\na = 2\\;3\nsome\n');
  expect(compileTemplate(text, 'x')({ list: [] })).toBe('[x]\nnone\n');
});

test('a destination becomes a Goto, and a dialled number loses its prefix', () => {
  expect(compileTemplate('{{goto to}} {{dialled cut}} {{dialled none}}', 'x')({ to: place('ext-local', '101'), cut: 1, none: 0 })).toBe(
    'Goto(ext-local,101,1) ${EXTEN:1} ${EXTEN}',
  );
});

test('no text of a name or password ends a line of its file', () => {
  const template = compileTemplate('a = {{conf name}}\n', 'x');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      let line: string;
      try {
        line = template({ name });
      } catch (error) {
        return error instanceof MigrateError && error.code === 'E_UNREPRESENTABLE';
      }
      return line.split(/\r|\n/).length === 2;
    }),
  );
});
