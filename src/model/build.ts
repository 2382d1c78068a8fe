import { z } from 'zod';

/** BUILD/manifest.json: what render wrote, and why each file is there. verify reads BUILD alone. */
export const manifest = z.strictObject({
  schema: z.literal(1),
  /** Of the model that was rendered; a copy of it lies in BUILD/.model. */
  modelSha256: z.string(),
  /** Prompt files that the configuration plays, without extension, relative to the sounds folder. */
  sounds: z.array(z.string()),
  files: z.array(
    z.strictObject({
      /** Relative to BUILD, for example 'etc/asterisk/pjsip_wizard.conf'. */
      path: z.string(),
      sha256: z.string(),
      /** Octal text, for example '0640'. */
      mode: z.string(),
      /** True: it holds a secret, and is shown to nobody. */
      secret: z.boolean(),
      /** Objects that stand in it: 'extension/101'. */
      from: z.array(z.strictObject({ kind: z.string(), id: z.string() })),
    }),
  ),
});
export type Manifest = z.output<typeof manifest>;
