import { z } from 'zod';
import { off, or, text } from './field.ts';
import { soundFile } from './sound-file.ts';

/** `strategy = ringall`, and where it stood: 'queues_custom.conf:12'. `%secret1%` in the value stands for the secret `custom-configuration/<id>/1`. */
const option = z.strictObject({ at: z.string(), option: z.string(), value: text });

/**
 * What the site wrote by hand into a configuration file of Asterisk other than the dialplan, in the language of the old box: render translates it. The id is the file
 * that Asterisk reads and the section: 'queues.conf/vip'. What is meant for an object of the tables stands in that object instead.
 */
export const customConfiguration = z.strictObject({
  /** It goes on with a section that the PBX has anyhow, and wins over it. */
  adds: off,
  /** Sounds of the house's own that it names; no format: the file is missing. */
  sounds: or(z.array(soundFile), []),
  options: z.array(option),
});

export type CustomConfiguration = z.output<typeof customConfiguration>;
export type CustomOption = CustomConfiguration['options'][number];

/** Files of Asterisk that such sections may belong to. */
export const CONFIGURED = ['queues.conf', 'queuerules.conf', 'features.conf', 'func_odbc.conf', 'res_odbc.conf'] as const;
export type ConfiguredFile = (typeof CONFIGURED)[number];

/** Sections of a file: name, and what the site wrote there. */
export function sectionsOf(
  model: { readonly 'custom-configuration': Readonly<Record<string, CustomConfiguration>> },
  file: ConfiguredFile,
): { id: string; name: string; section: CustomConfiguration }[] {
  return Object.entries(model['custom-configuration']).flatMap(([id, section]) =>
    id.startsWith(`${file}/`) ? [{ id, name: id.slice(file.length + 1), section }] : [],
  );
}

/** The last value of an option, in any case of letters; '' where it is not set. */
export function lastOption(section: CustomConfiguration, ...names: readonly string[]): string {
  return section.options.findLast((o) => names.includes(o.option.toLowerCase()))?.value.trim() ?? '';
}

/** Name of the dialplan function that a section of func_odbc.conf makes: ODBC_ or the prefix of its own, and its name. */
export function functionOf(name: string, section: CustomConfiguration): string {
  const prefix = lastOption(section, 'prefix');
  return `${prefix === '' ? 'ODBC' : prefix}_${name}`;
}

/** Where the secret of a value lies in secrets.yaml. */
export function configurationSecret(id: string, number: number): string {
  return `custom-configuration/${id}/${number}`;
}
