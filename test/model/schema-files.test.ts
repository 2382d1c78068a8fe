import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { emptyModel, MODEL_KINDS } from '../../src/model/kinds.ts';
import { schemaFiles } from '../../src/model/schema-files.ts';
import { modelFiles } from '../../src/model/store.ts';
import { someModel } from './some-model.ts';

const schemas = new Map(
  schemaFiles().map(({ path, content }) => [path, z.fromJSONSchema(JSON.parse(content) as z.core.JSONSchema.JSONSchema)]),
);

/** As an editor does it: plain YAML, in which an unquoted 101 is a number. */
function editorTakes(file: string, yaml: string): boolean {
  const schema = schemas.get(`schema/${file}.schema.json`);
  if (schema === undefined) throw new Error(`no schema of ${file}`);
  // keys: to an editor 1e3 and 1000 are one. Values: JSON Schema takes .inf for a number, zod does not
  const finite = (_: unknown, held: unknown): unknown => (typeof held === 'number' && !Number.isFinite(held) ? 0 : held);
  return schema.safeParse(parse(yaml, finite, { uniqueKeys: false })).success;
}

it('every file of the model has a schema, and an editor with it finds nothing wrong in what extract wrote', () => {
  fc.assert(
    fc.property(someModel, (model) => {
      for (const { path, content } of modelFiles(model)) expect(editorTakes(path.replace('.yaml', ''), content)).toBe(true);
    }),
  );
  expect([...schemas.keys()]).toEqual([...MODEL_KINDS, 'secrets'].map((name) => `schema/${name}.schema.json`));
  expect(modelFiles(emptyModel()).map((f) => f.path)).toEqual(['settings.yaml', 'secrets.yaml']);
});

it.each([
  ['an unknown strategy', '600: { strategy: all, ringSeconds: 20 }'],
  ['a misspelt field', '600: { strategy: ringall, ringSecond: 20 }'],
  ['seconds that are no number', '600: { strategy: ringall, ringSeconds: twenty }'],
  ['a destination with no id', '600: { strategy: ringall, ringSeconds: 20, noAnswer: { to: queue } }'],
])('an editor shows %s', (_, yaml) => {
  expect(editorTakes('ring-group', '600: { strategy: ringall, ringSeconds: 20, noAnswer: { to: queue, id: 400 } }')).toBe(true);
  expect(editorTakes('ring-group', yaml)).toBe(false);
});
