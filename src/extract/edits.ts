import { isDeepStrictEqual } from 'node:util';
import { MigrateError } from '../error.ts';
import { MODEL_KINDS, type Model, naturalOrder } from '../model/kinds.ts';
import { readModel } from '../model/store.ts';

/** So many differences are told. */
const MOST_TOLD = 20;

/** Tells that files of a model were edited by hand, and what they say otherwise than the box. @param files paths within the model's folder. */
export async function refuseEdited(folder: string, files: readonly string[], fresh: Model): Promise<void> {
  if (files.length === 0) return;
  // what was edited may be no model any more
  const edited = await readModel(folder).catch(() => null);
  const all = edited === null ? [] : differences(edited, fresh);
  const told = all.slice(0, MOST_TOLD).join('; ') + (all.length > MOST_TOLD ? ` and ${all.length - MOST_TOLD} more` : '');
  throw new MigrateError({
    code: 'E_MODEL_EDITED',
    where: folder,
    why: `${files.join(', ')} ${files.length === 1 ? 'was' : 'were'} edited by hand since the last extract${told === '' ? '' : `: ${told}`}`,
    hint: 'Extract into another folder and compare, or say by --force that the edits may be written over.',
  });
}

/** 'extension/205 is in the model alone', 'ivr/1: entries': what a model says otherwise than another. Of secrets the names, never the values. */
export function differences(edited: Model, fresh: Model): string[] {
  const objects = MODEL_KINDS.flatMap((kind) => {
    const [mine, theirs] = [edited[kind] as Objects, fresh[kind] as Objects];
    return keys(mine, theirs).flatMap((id) => {
      const [a, b] = [mine[id], theirs[id]];
      if (a === undefined) return [`${kind}/${id} is not in the model`];
      if (b === undefined) return [`${kind}/${id} is in the model alone`];
      const fields = keys(a, b).filter((field) => !isDeepStrictEqual(a[field], b[field]));
      return fields.length === 0 ? [] : [`${kind}/${id}: ${fields.join(', ')}`];
    });
  });
  const secrets = keys(edited.secrets, fresh.secrets).filter((name) => edited.secrets[name] !== fresh.secrets[name]);
  return [...objects, ...secrets.map((name) => `secret ${name}`)];
}

type Objects = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function keys(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(naturalOrder);
}
