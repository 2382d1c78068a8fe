import type { Model } from '../model/kinds.ts';
import type { Ref } from '../model/ref.ts';

/** Words for kinds whose own word says too little. */
const WORDS: Partial<Record<Ref['kind'], string>> = { ivr: 'menu', 'custom-dialplan': 'hand-made dialplan', settings: 'the PBX' };

/** An object as people call it: `queue 400 "Sales"`, `menu 2 "Night"`. */
export function named(model: Model, { kind, id }: Ref): string {
  if (kind === 'settings') return 'the PBX';
  const word = WORDS[kind] ?? kind.replaceAll('-', ' ');
  const title = titleOf(model, kind, id);
  return title === '' || title === id ? `${word} ${id}` : `${word} ${id} "${title}"`;
}

/** A name or description of its own; '': it has none, or there is no such object. */
function titleOf(model: Model, kind: string, id: string): string {
  const objects = (model as unknown as Readonly<Record<string, Readonly<Record<string, object>> | undefined>>)[kind];
  const held = objects?.[id] as { readonly name?: unknown; readonly description?: unknown } | undefined;
  const title = [held?.name, held?.description].find((t) => typeof t === 'string' && t !== '');
  return typeof title === 'string' ? title.replaceAll(/\s+/g, ' ') : '';
}
