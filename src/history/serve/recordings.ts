import { baseName, type FilePath, joinPath, pathOf, splitExtension } from '../file-path.ts';
import { placesOf, readRecordingName } from '../recording-name.ts';
import type { Call, Calls } from './calls.ts';
import type { OpenSound, SoundFolder } from './sound-folder.ts';
import { SOUND_EXTENSIONS } from './sound-type.ts';

/** What call records write in place of a recording that somebody deleted. */
const DELETED = 'deleted';

/** Recordings where they are: first in the folder that calls are recorded into, then in the archive, under another extension as a rule. */
export class Recordings {
  readonly #calls: Calls;
  readonly #hot: SoundFolder;
  readonly #archive: SoundFolder | null;

  constructor(o: { calls: Calls; hot: SoundFolder; archive: SoundFolder | null }) {
    this.#calls = o.calls;
    this.#hot = o.hot;
    this.#archive = o.archive;
  }

  /** null where the call has none, or it is gone. */
  async ofCall(call: Call): Promise<OpenSound | null> {
    if (call.recordingfile === DELETED) return null;
    const { recordingfile } = call;
    const hot = recordingfile === '' ? null : await this.#hot.first(inFolder(recordingfile));
    if (hot !== null) return hot;
    const ofCall = await this.#archive?.first(await this.#calls.archivedOf({ id: call.id }));
    if (ofCall) return ofCall;
    return recordingfile === '' ? null : this.#inArchive(recordingfile);
  }

  /** The first recording of any call of a uniqueid. @param name of the recording, where a link says it; '' for any */
  async ofUniqueid(uniqueid: string, name: string): Promise<OpenSound | null> {
    for (const call of await this.#calls.byUniqueid(uniqueid, name)) {
      const found = await this.ofCall(call);
      if (found !== null) return found;
    }
    return null;
  }

  /** @param path below the folder of recordings, as old links have it */
  async atPath(path: string): Promise<OpenSound | null> {
    return (await this.#hot.first(inFolder(path))) ?? this.#inArchive(path);
  }

  async #inArchive(path: string): Promise<OpenSound | null> {
    if (this.#archive === null) return null;
    const source = pathOf(path);
    const { stem } = splitExtension(baseName(source));
    const known = await this.#archive.first(await this.#calls.archivedOf({ source, stem }));
    return known ?? this.#archive.first(inArchiveOfOld(path, stem));
  }
}

/** Queue recordings of Elastix are named without an extension. */
function* inFolder(path: string): Generator<FilePath> {
  for (const place of placesOf(path)) {
    yield pathOf(place);
    if (!/\.\w+$/.test(place) || /\.\d+$/.test(place)) for (const extension of writtenAs()) yield pathOf(`${place}.${extension}`);
  }
}

/** An archive that was there before this kit has no rows; it is laid out by days, too. */
function* inArchiveOfOld(path: string, stem: FilePath): Generator<FilePath> {
  const { day } = readRecordingName(pathOf(path));
  if (day === null) return;
  for (const extension of writtenAs()) yield joinPath(pathOf(day), Buffer.concat([stem, Buffer.from(`.${extension}`)]));
}

function writtenAs(): string[] {
  return ['mp3', 'WAV', ...SOUND_EXTENSIONS.filter((extension) => extension !== 'mp3')];
}
