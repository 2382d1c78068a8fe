import type { Model } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { heldKeys, ownerOf } from '../scenarios/astdb.ts';
import { defineCheck, type Mismatch } from './mismatch.ts';

/** Families of AstDB that hold the state of the model's objects, and of them only. */
const FAMILIES =
  /^(CF|CFB|CFU|CW|DND|DAYNIGHT|TC|blacklist|cidname|sysspeeddials)\/|^AMPUSER\/[^/]+\/(followme\/ddial|intercom(?:\/.+)?|pinless|speeddials\/.+)$/;

/** State that the old box had: forwards, do not disturb, call flows, time conditions, the blacklist, speed dials. All of the model, and no other. */
export const stateCheck = defineCheck(async ({ list }, model) => {
  const held = new Map((await list('DBGetTree')).map((e) => [(e['Key'] ?? '').replace(/^\//, ''), e['Val'] ?? '']));
  const expected = heldKeys(model, keysOf(model));
  const keys = new Set([...Object.keys(expected), ...[...held.keys()].filter((key) => FAMILIES.test(key))]);
  return [...keys].flatMap((key) => compare(key, expected[key] ?? null, held.get(key) ?? null));
});

function compare(key: string, expected: string | null, held: string | null): Mismatch[] {
  // what is not there and what is empty is the same to everybody who reads it; of the blacklist only the key counts
  const same = key.startsWith('blacklist/') ? (expected === null) === (held === null) : (expected ?? '') === (held ?? '');
  if (same) return [];
  return [
    { about: ownerOf(key) ?? ref('settings', 'pbx'), what: `AstDB ${key}`, expected: expected ?? 'nothing', held: held ?? 'nothing' },
  ];
}

export function keysOf(model: Model): string[] {
  const extensions = Object.entries(model.extension);
  return [
    ...extensions.flatMap(([id]) => ['CF', 'CFB', 'CFU', 'CW', 'DND'].map((family) => `${family}/${id}`)),
    ...extensions.flatMap(([id, { intercom }]) =>
      ['pinless', 'intercom', 'intercom/block', ...Object.keys(intercom.from).map((who) => `intercom/${who}`)].map(
        (key) => `AMPUSER/${id}/${key}`,
      ),
    ),
    ...extensions.flatMap(([id, x]) => Object.keys(x.speedDials).map((n) => `AMPUSER/${id}/speeddials/${n}`)),
    ...Object.keys(model['call-flow']).map((id) => `DAYNIGHT/C${id}`),
    ...Object.keys(model['time-condition']).map((id) => `TC/${id}`),
    // of an extension that is gone nobody asks
    ...Object.keys(model['follow-me'])
      .filter((id) => id in model.extension)
      .map((id) => `AMPUSER/${id}/followme/ddial`),
    ...Object.keys(model['speed-dial']).map((id) => `sysspeeddials/${id}`),
    ...Object.keys(model.phonebook).map((id) => `cidname/${id}`),
    ...Object.keys(model.blacklist).map((id) => `blacklist/${id}`),
  ];
}
