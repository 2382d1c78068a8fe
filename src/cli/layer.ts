import { InvalidArgumentError } from 'commander';

/** The layers of verify that `--only` can name. */
export const LAYERS = ['static', 'calls', 'load'] as const;
export type Layer = (typeof LAYERS)[number];

/** What `--only` names. */
export function layers(text: string): Layer[] {
  const named = text.split(',').map((name) => LAYERS.find((layer) => layer === name.trim()));
  const known = named.filter((layer) => layer !== undefined);
  if (known.length < named.length) throw new InvalidArgumentError(`Layers are ${LAYERS.join(', ')}.`);
  return known;
}
