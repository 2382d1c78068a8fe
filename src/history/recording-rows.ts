import type { Connection } from 'mysql2/promise';
import { baseName, type FilePath, splitExtension } from './file-path.ts';
import { rows, run } from './history-database.ts';
import { placesOf, type RecordingName } from './recording-name.ts';
import { textLiteral } from './shape-row.ts';

/** A recording in the archive. */
export interface Recording {
  /** Below the archive, and below the folder that it came from. */
  readonly path: FilePath;
  readonly source: FilePath;
  readonly call: PairedCall | null;
  /** Local time of the file. */
  readonly recorded: string;
  readonly seconds: number;
  readonly sourceBytes: number;
  readonly bytes: number;
}

export interface PairedCall {
  readonly id: string;
  readonly uniqueid: string;
  /** 'YYYY/MM/DD' of its begin. */
  readonly day: string;
}

/** Recordings and their calls in the new database. */
export class RecordingRows {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The call of a recording: the earliest row that names the file, else the earliest of the uniqueid in its name. */
  async callOf(name: RecordingName): Promise<PairedCall | null> {
    const columns = "SELECT id, uniqueid, DATE_FORMAT(calldate, '%Y/%m/%d') FROM cdr";
    const named = `${columns} WHERE recordingfile IN (${name.namedAs.map(textLiteral).join(', ')}) ORDER BY calldate, id LIMIT 1`;
    const byName = await rows(this.#connection, named);
    const byId = `${columns} WHERE uniqueid = ${textLiteral(name.uniqueid)} ORDER BY calldate, id LIMIT 1`;
    const [row] = byName.length > 0 || name.uniqueid === '' ? byName : await rows(this.#connection, byId);
    return row === undefined ? null : { id: row[0] ?? '', uniqueid: row[1] ?? '', day: row[2] ?? '' };
  }

  /** What the database says lies at a path of the archive. */
  async at(path: FilePath): Promise<{ source: FilePath; sourceBytes: number; recorded: string } | null> {
    const [row] = await rows(
      this.#connection,
      `SELECT HEX(source_path), source_bytes, recorded FROM recording WHERE path = ${binary(path)}`,
    );
    return row === undefined ? null : { source: Buffer.from(row[0] ?? '', 'hex'), sourceBytes: Number(row[1]), recorded: row[2] ?? '' };
  }

  async add(r: Recording): Promise<void> {
    const { stem } = splitExtension(baseName(r.source));
    const values = [binary(r.path), binary(r.source), binary(stem), r.call?.id ?? 'NULL', textLiteral(r.call?.uniqueid ?? '')];
    const figures = [textLiteral(r.recorded), r.seconds.toFixed(2), r.sourceBytes, r.bytes];
    const columns = 'path, source_path, name, cdr_id, uniqueid, recorded, seconds, source_bytes, bytes';
    // the same recording may have come this far before, in a run that was killed
    const again = 'ON DUPLICATE KEY UPDATE bytes = VALUES(bytes), seconds = VALUES(seconds)';
    await run(this.#connection, `INSERT INTO recording (${columns}) VALUES (${[...values, ...figures].join(', ')}) ${again}`);
  }

  /** Calls whose recording is neither in the archive nor, as `isThere` says, where it was recorded; a call names it. */
  async *ghosts(isThere: (paths: readonly string[]) => Promise<boolean>): AsyncGenerator<{ uniqueid: string; recordingfile: string }> {
    for (let last = '0'; ; ) {
      const page = await rows(
        this.#connection,
        `SELECT id, uniqueid, recordingfile FROM cdr WHERE id > ${last} AND recordingfile NOT IN ('', 'deleted') ORDER BY id LIMIT 1000`,
      );
      const known = await this.#archived(page.map((row) => row[2] ?? ''));
      for (const [id, uniqueid, recordingfile] of page) {
        last = id ?? last;
        const name = recordingfile ?? '';
        if (!known.has(name) && !(await isThere(placesOf(name)))) yield { uniqueid: uniqueid ?? '', recordingfile: name };
      }
      if (page.length === 0) return;
    }
  }

  /** Which of these names of recordings, as call records have them, are in the archive. One question for all. */
  async #archived(recordingfiles: readonly string[]): Promise<Set<string>> {
    if (recordingfiles.length === 0) return new Set();
    const namesOf = (recordingfile: string): Buffer[] => {
      const name = baseName(Buffer.from(recordingfile));
      return [name, splitExtension(name).stem];
    };
    const asked = recordingfiles.flatMap(namesOf).map(binary);
    const found = await rows(this.#connection, `SELECT DISTINCT HEX(name) FROM recording WHERE name IN (${asked.join(', ')})`);
    const names = new Set(found.map((row) => (row[0] ?? '').toLowerCase()));
    return new Set(recordingfiles.filter((one) => namesOf(one).some((name) => names.has(name.toString('hex')))));
  }
}

function binary(bytes: Buffer): string {
  return bytes.length === 0 ? "''" : `x'${bytes.toString('hex')}'`;
}
