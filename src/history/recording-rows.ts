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

/** What the database says of a path of the archive. */
export interface Held {
  readonly source: FilePath;
  readonly sourceBytes: number;
  readonly recorded: string;
}

/** Recordings and their calls in the new database. Many are asked for in one question: a question for each costs as much as a twentieth of its encoding. */
export class RecordingRows {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The calls of recordings, in their order: of each the earliest row that names the file, else the earliest of the uniqueid in its name. */
  async callsOf(names: readonly RecordingName[]): Promise<(PairedCall | null)[]> {
    const calls = await this.#earliest(
      'recordingfile',
      names.flatMap(({ namedAs }, of) => namedAs.map((key) => ({ of, key }))),
    );
    const ids = names.flatMap(({ uniqueid }, of) => (uniqueid === '' || calls.has(of) ? [] : [{ of, key: uniqueid }]));
    const byId = await this.#earliest('uniqueid', ids);
    return names.map((_, of) => calls.get(of) ?? byId.get(of) ?? null);
  }

  async #earliest(column: 'recordingfile' | 'uniqueid', asked: readonly { of: number; key: string }[]): Promise<Map<number, PairedCall>> {
    if (asked.length === 0) return new Map();
    const found = await rows(
      this.#connection,
      `WITH asked (of_, key_) AS (VALUES ${asked.map(({ of, key }) => `(${of},${textLiteral(key)})`).join(',')}),
       named AS (
         SELECT of_, id, uniqueid, calldate, ROW_NUMBER() OVER (PARTITION BY of_ ORDER BY calldate, id) AS nth
           FROM asked JOIN cdr ON cdr.${column} = key_ COLLATE utf8mb4_unicode_ci)
       SELECT of_, id, uniqueid, DATE_FORMAT(calldate, '%Y/%m/%d') FROM named WHERE nth = 1`,
    );
    return new Map(found.map(([of, id, uniqueid, day]) => [Number(of), { id: id ?? '', uniqueid: uniqueid ?? '', day: day ?? '' }]));
  }

  /** What the database says lies at paths of the archive, in their order. */
  async at(paths: readonly FilePath[]): Promise<(Held | null)[]> {
    if (paths.length === 0) return [];
    const found = await rows(
      this.#connection,
      `SELECT HEX(path), HEX(source_path), source_bytes, recorded FROM recording WHERE path IN (${paths.map(binary).join(', ')})`,
    );
    const held = new Map(
      found.map(([path, source, bytes, recorded]) => [
        (path ?? '').toLowerCase(),
        { source: Buffer.from(source ?? '', 'hex'), sourceBytes: Number(bytes), recorded: recorded ?? '' },
      ]),
    );
    return paths.map((path) => held.get(path.toString('hex')) ?? null);
  }

  async add(recordings: readonly Recording[]): Promise<void> {
    const values = recordings.map((r) => {
      const { stem } = splitExtension(baseName(r.source));
      const names = [binary(r.path), binary(r.source), binary(stem), r.call?.id ?? 'NULL', textLiteral(r.call?.uniqueid ?? '')];
      return `(${[...names, textLiteral(r.recorded), r.seconds.toFixed(2), r.sourceBytes, r.bytes].join(', ')})`;
    });
    const columns = 'path, source_path, name, cdr_id, uniqueid, recorded, seconds, source_bytes, bytes';
    // the same recording may have come this far before, in a run that was killed
    const again = 'ON DUPLICATE KEY UPDATE bytes = VALUES(bytes), seconds = VALUES(seconds)';
    await run(this.#connection, `INSERT INTO recording (${columns}) VALUES ${values.join(', ')} ${again}`);
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
