import type { Ami } from '../../asterisk/ami.ts';

/** Keys of AstDB and what they hold; null: there is no such key. */
type Keys = Readonly<Record<string, string | null>>;

/** What the PBX's AstDB holds under these keys. */
export async function readAstdb(pbx: Ami, keys: Iterable<string>): Promise<Record<string, string | null>> {
  const found: Record<string, string | null> = {};
  for (const path of keys) {
    const [family, key] = familyAndKey(path);
    const events = await pbx.list({ Action: 'DBGet', Family: family, Key: key }).catch(() => []);
    found[path] = events.find((e) => e['Event'] === 'DBGetResponse')?.['Val'] ?? null;
  }
  return found;
}

/** Makes the PBX's AstDB hold this. */
export async function writeAstdb(pbx: Ami, keys: Keys): Promise<void> {
  for (const [path, value] of Object.entries(keys)) {
    const [family, key] = familyAndKey(path);
    // a key that is not there cannot be deleted, and need not be
    if (value === null) await pbx.action({ Action: 'DBDel', Family: family, Key: key }).catch(() => undefined);
    else await pbx.action({ Action: 'DBPut', Family: family, Key: key, Val: value });
  }
}

/** 'AMPUSER/101/cidname' is the key '101/cidname' of the family AMPUSER. */
function familyAndKey(path: string): [string, string] {
  const slash = path.indexOf('/');
  return [path.slice(0, slash), path.slice(slash + 1)];
}
