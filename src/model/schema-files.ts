import { z } from 'zod';
import { MODEL_KINDS, modelKinds } from './kinds.ts';

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

/**
 * JSON Schemas of the model's files, for editors: `schema/extension.schema.json` for `extension.yaml`, and so on. An editor finds
 * them by a line at the head of a file: `# yaml-language-server: $schema=schema/extension.schema.json`.
 */
export function schemaFiles(): { path: string; content: string }[] {
  const files = MODEL_KINDS.map((kind) => ({ name: kind as string, of: onDisk(modelKinds[kind]) }));
  files.push({ name: 'secrets', of: onDisk(z.string()) });
  return files.map(({ name, of }) => ({
    path: `schema/${name}.schema.json`,
    content: `${JSON.stringify({ $schema: DRAFT, title: `${name}.yaml`, type: 'object', additionalProperties: of }, null, 2)}\n`,
  }));
}

/** The schema of what is in the file, as an editor reads it. */
function onDisk(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    // we read every scalar as text; an editor takes an unquoted 101 for a number, and must not complain of it
    override: ({ jsonSchema }) => {
      if (jsonSchema.type !== 'string' || jsonSchema.enum !== undefined || jsonSchema.const !== undefined) return;
      Object.assign(jsonSchema, {
        type: jsonSchema.pattern === undefined ? ['string', 'number', 'boolean', 'null'] : ['string', 'integer'],
      });
    },
  });
  return rest;
}
