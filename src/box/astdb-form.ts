/** How an AstDB is kept: Asterisk 10 and later, 1.8 and earlier, or what `database show` printed. */
export type AstDbForm = 'sqlite' | 'berkeley' | 'text';

/** Families that every box has some of. */
const FAMILIES = /^\/(?:AMPUSER|CFB?|CFU|CW|DEVICE|DND|DAYNIGHT|QPENALTY|RINGGROUP|SIP|cidname|blacklist)\/[^:\n]+:/m;

/** Told by the first bytes; null: it is no AstDB. */
export function astDbForm(head: Buffer): AstDbForm | null {
  // the first page of SQLite holds the statements that made its tables
  if (head.subarray(0, 15).toString('latin1') === 'SQLite format 3')
    return /create table\s+["'`[]?astdb\b/i.test(head.subarray(0, 65_536).toString('latin1')) ? 'sqlite' : null;
  if (isBerkeley(head)) return 'berkeley';
  return !head.includes(0) && FAMILIES.test(head.toString('latin1')) ? 'text' : null;
}

/** A B-tree of Berkeley DB 1.85, in either order of bytes (db.h: BTREEMAGIC). */
const BERKELEY = 0x053162;

function isBerkeley(head: Buffer): boolean {
  return head.length >= 4 && (head.readUInt32LE(0) === BERKELEY || head.readUInt32BE(0) === BERKELEY);
}

const PAGE_HEADER = 20;

/**
 * Whether a B-tree of Berkeley DB 1.85 is all there: whole pages, and none of them names a neighbour that is not in the file. What reads
 * such files stops without a word where a page is missing.
 */
export function isWholeBerkeley(bytes: Buffer): boolean {
  const little = bytes.readUInt32LE(0) === BERKELEY;
  const word = (at: number): number => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const size = bytes.length >= PAGE_HEADER ? word(8) : 0;
  if (size < 512 || size > 65_536 || bytes.length % size !== 0) return false;
  const pages = bytes.length / size;
  // after the first page, which describes the file, each begins with: its number, the one before it, the one after it
  for (let page = 1; page < pages; page++) if (word(page * size + 4) >= pages || word(page * size + 8) >= pages) return false;
  return true;
}
