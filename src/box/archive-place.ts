/** The longest name that a file system takes. */
const NAME_BYTES = 255;

/** Where a file of an archive belongs in a box folder. */
export interface Place {
  /** Relative, with slashes, of plain names alone. */
  readonly path: string;
  /** The whole path said so; else only its end did, and a file whose whole path says so wins. */
  readonly exact: boolean;
}

const EXACT: readonly [RegExp, string][] = [
  [/^(?:.*\/)?etc[/-]asterisk((?:\/.+)?)$/, 'etc/asterisk'],
  [/^(?:.*\/)?etc\/((?:localtime|timezone|sysconfig\/clock|dahdi\/.+))$/, 'etc/'],
  [/^(?:.*\/)?var\/lib\/asterisk\/((?:sounds|moh|mohmp3|agi-bin)(?:\/.+)?)$/, 'var/lib/asterisk/'],
  [/^(?:.*\/)?var\/spool\/asterisk\/((?:voicemail|monitor)(?:\/.+)?)$/, 'var/spool/asterisk/'],
  [/^(?:[^/]+\/)?((?:collected|databases|asteriskcdrdb)\/.+)$/, ''],
  [/^(?:.*\/)?(asteriskcdrdb\.sql(?:\.[a-z0-9]+)?)$/, ''],
];

/** An Elastix backup packs the last folder of a path alone: `custom/welcome.wav` in var.lib.asterisk.sounds.custom.tgz. */
const BY_THE_END: readonly [RegExp, string][] = [
  [/^(?:.*\/)?((?:voicemail|monitor)\/.+)$/, 'var/spool/asterisk/'],
  [/^(?:.*\/)?((?:sounds|moh|mohmp3|agi-bin)\/.+)$/, 'var/lib/asterisk/'],
  [/^(custom\/[^/]+\.(?:wav|wav49|gsm|ulaw|alaw|g722|g729|sln|sln16|mp3))$/i, 'var/lib/asterisk/sounds/'],
  [/^(?:[^/]+\/)?asterisk(\/.+\.(?:conf|inc|ael|lua))$/, 'etc/asterisk'],
];

/**
 * Where a path of an archive belongs, or null where only what the file holds can tell (a dump, an AstDB), or where it leads out.
 * Whatever the path, the place has no `..`, no empty name and no NUL, so that nothing can be written elsewhere.
 */
export function placeInBox(path: string): Place | null {
  const names = plainNames(path);
  if (names === null) return null;
  const whole = names.join('/');
  for (const [exact, rules] of [[true, EXACT] as const, [false, BY_THE_END] as const]) {
    for (const [pattern, folder] of rules) {
      // names may hold line ends of their own
      const found = new RegExp(pattern.source, `${pattern.flags}s`).exec(whole);
      if (found !== null) return { path: `${folder}${found[1] ?? ''}`, exact };
    }
  }
  return null;
}

/** The names of a path, without those that mean nothing. null where it leads out, or where no file may be called so. */
export function plainNames(path: string): string[] | null {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  const bad = (name: string): boolean => name === '..' || name.includes('\0') || Buffer.byteLength(name) > NAME_BYTES;
  return names.length === 0 || names.length > 32 || names.some(bad) ? null : names;
}

/** What stands before each path of a nested archive: Elastix writes it into the name (var.lib.asterisk.moh.tgz holds `moh/`). */
export function folderOfNested(name: string): string {
  const base = (name.split('/').at(-1) ?? '').replace(/\.(?:tgz|tbz2?|txz|tar(?:\.(?:gz|bz2|xz))?)$/i, '');
  if (!/^(?:etc|var|usr|home)\./.test(base)) return '';
  return base.split('.').slice(0, -1).join('/');
}

/** Where a link of an archive leads, as a path of that archive; null where it leads out. @param from path of the link */
export function linkTarget(from: string, to: string, kind: 'link' | 'symlink'): string | null {
  // a hard link names its file from the top of the archive
  const base = kind === 'link' || to.startsWith('/') ? [] : from.split('/').slice(0, -1);
  const names: string[] = base.filter((name) => name !== '' && name !== '.');
  for (const name of to.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.pop() === undefined) return null;
  }
  return names.join('/');
}
