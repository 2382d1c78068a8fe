import type { Facts } from '../box/facts.ts';
import type { Finding } from '../finding.ts';
import type { Destination } from '../model/destination.ts';
import type { ModelKind, ObjectOf } from '../model/kinds.ts';
import type { Space } from '../model/ledger.ts';
import type { Ref } from '../model/ref.ts';

/** Something of the source that the ledger has an entry for. */
export interface Accountable {
  readonly space: Space;
  /** Table, AstDB family, or the folder or file that it lies in. */
  readonly name: string;
  /** Never a value: see row-key.ts. */
  readonly key: string;
}

/** A row whose columns are remembered once they are asked for: what nobody asks for becomes COLUMN_UNREAD. */
export interface Row extends Accountable {
  readonly table: string;
  has(column: string): boolean;
  /** '' for NULL and for a column that this generation lacks. */
  text(column: string): string;
  /** null where it is empty or no number. */
  int(column: string): number | null;
  /** CHECKED, 1, yes, on, true, enabled in any case. */
  flag(column: string): boolean;
}

export interface AstDbEntry extends Accountable {
  readonly value: string;
}

export interface BoxFile extends Accountable {
  /** Relative to /etc/asterisk. */
  readonly path: string;
  readonly text: string;
}

/** The box as readers see it. */
export interface Source {
  /** Rows in a stable order; none where the table does not exist. */
  rows(table: string): readonly Row[];
  hasTable(table: string): boolean;
  readonly tableNames: readonly string[];
  /** All keys of a family: astdb('AMPUSER') has '101/cidname'. */
  astdb(family: string): readonly AstDbEntry[];
  /** One key. Asterisk's own case first, then any: MySQL does not tell 'Desk' from 'desk', AstDB does. */
  astdbEntry(family: string, key: string): AstDbEntry | null;
  /** The source held an AstDB at all. */
  readonly hasAstDb: boolean;
  /** A file of /etc/asterisk, or null. */
  file(path: string): BoxFile | null;
  /** Paths of all files of /etc/asterisk; null where the source held none. */
  readonly filePaths: readonly string[] | null;
  /** Formats in which the box has a file of its sounds folder, by its name without extension. */
  soundFormats(file: string): readonly string[];
  /** Files of its music folders, 'mohmp3/jazz/one.wav', and the links in them, which are not followed. */
  readonly music: { readonly files: readonly string[]; readonly links: readonly string[] };
  /** An AGI script that the source brought along, and its text where it is one. */
  script(name: string): { readonly text: string | null } | null;
  /** modules.enabled=0: its tables stay, its dialplan is not made. */
  moduleOff(module: string): boolean;
  /** What the collector noted about the machine. */
  readonly facts: Facts;
  /** IANA name or null. */
  readonly timeZone: string | null;
  /** Reads a destination such as 'ext-group,600,1' once; raises findings for what leads nowhere or is not carried. '' hangs up. */
  destination(text: string, row: Row, about: Ref): Destination;
}

/** Where a reader says what became of what it read. */
export interface Notes {
  carried(what: Accountable, to: Ref): void;
  approximated(what: Accountable, to: Ref, how: string): void;
  dropped(what: Accountable, why: string): void;
  /** It belongs to an object that is gone: dropped, and told. */
  ownerless(what: Accountable, owner: Ref): void;
  /** A further row for an object that has one, which counts: dropped, and told. */
  twice(what: Accountable, about: Ref): void;
  /** No object took its place, but something that the new box has: 'msmtp'. It counts as approximated. */
  replaced(what: Accountable, by: string): void;
  finding(f: Finding): void;
  /** 'device/101/sip': goes to secrets.yaml. */
  secret(path: string, value: string): void;
}

/** One kind of object, and what of a box it is read from. Pure: no I/O. */
export interface Reader<K extends ModelKind = ModelKind> {
  /** null: it gives no objects, it only says what becomes of rows. */
  readonly kind: K | null;
  /** Names, or a pattern for those that vary. */
  readonly tables: readonly (string | RegExp)[];
  readonly astdb: readonly string[];
  readonly files: readonly (string | RegExp)[];
  /** Columns known to mean nothing any more, by table: they are no COLUMN_UNREAD. */
  readonly dead?: Readonly<Record<string, readonly string[]>>;
  read(source: Source, notes: Notes): Record<string, ObjectOf<K>>;
}

export function defineReader<K extends ModelKind>(reader: Reader<K>): Reader<K> {
  return reader;
}
