import { MODEL_KINDS, type Model, modelKinds, type ObjectOf } from '../../src/model/kinds.ts';

/** Objects as they lie on disk: all text, what is left out has its default. */
type OnDisk = object;
type Objects = Readonly<Record<string, OnDisk>>;

/** A model from literals, each object read by its schema. */
export function aModel(o: { [K in Exclude<keyof Model, 'secrets'>]?: K extends 'settings' ? OnDisk : Objects }): Model {
  const read = <K extends keyof typeof modelKinds>(kind: K): Record<string, ObjectOf<K>> => {
    const given = kind === 'settings' ? { pbx: o.settings ?? {} } : ((o[kind] ?? {}) as Objects);
    return Object.fromEntries(Object.entries(given).map(([id, object]) => [id, modelKinds[kind].decode(object as never) as ObjectOf<K>]));
  };
  const kinds = Object.fromEntries(MODEL_KINDS.map((kind) => [kind, read(kind)])) as unknown as Omit<Model, 'secrets'>;
  return { ...kinds, secrets: {} };
}

/** Extensions with a SIP telephone of the same number each: { '101': { name: 'Front desk' } }. */
export function houseOf(extensions: Objects): { extension: Objects; device: Objects } {
  return {
    extension: Object.fromEntries(Object.entries(extensions).map(([id, x]) => [id, { name: `Name ${id}`, devices: [id], ...x }])),
    device: Object.fromEntries(Object.keys(extensions).map((id) => [id, { technology: 'sip', extension: id }])),
  };
}

/** State of an extension as it lies on disk. */
export function stateWith(o: OnDisk): OnDisk {
  return { state: { callWaiting: 'yes', ...o } };
}
