import { readFile } from 'node:fs/promises';
import { type BoxOptions, type BoxTools, type OpenBox, openBox } from '../box/box.ts';
import { openDumpStream } from '../box/dump-stream.ts';
import { readLimits } from '../box/read-limits.ts';
import type { Context } from '../context.ts';
import { convertOldAstDb } from '../engine/old-astdb.ts';
import { openThrowawayDatabase } from '../engine/throwaway-database.ts';
import { MigrateError, throwIfAborted } from '../error.ts';
import { countFindings, type Finding, refuseMissing, type Severity } from '../finding.ts';
import { scriptFiles } from '../model/agi-script.ts';
import type { Model } from '../model/kinds.ts';
import { type Ledger, type LedgerTotals, ledgerTotals } from '../model/ledger.ts';
import { musicFiles } from '../model/music-class.ts';
import { OutputFolder } from '../model/output-folder.ts';
import { soundFiles } from '../model/recording.ts';
import { schemaFiles } from '../model/schema-files.ts';
import { MODEL_MARKER, writeModel } from '../model/store.ts';
import { refuseEdited } from './edits.ts';
import { musicPaths } from './music-folder.ts';

import { countObjects, readBox } from './read-box.ts';

/** A dump of `asterisk` is loaded and read within minutes. */
const DUMP_SERVER = { database: 'asterisk', keepIn: 'memory', longestMs: 30 * 60_000 } as const;

export interface ExtractOptions extends BoxOptions {
  /** Write over files of the model that were edited by hand. */
  readonly overwrite?: boolean;
  /** A destination that leads nowhere ends the work before anything is written. */
  readonly strict?: boolean;
}

export interface ExtractResult {
  readonly model: Model;
  readonly ledger: Ledger;
  readonly findings: readonly Finding[];
  /** Objects by kind. */
  readonly objects: Readonly<Record<string, number>>;
  readonly totals: LedgerTotals;
  readonly findingCounts: Readonly<Record<Severity, number>>;
}

/**
 * Reads the box `source` into the model folder `out`: the model's files, ledger.json and findings.json.
 * @throws MigrateError E_SOURCE..., E_FOLDER_NOT_OURS, E_MODEL_EDITED, E_NO_ENGINE (exit 3); Interrupted
 */
export async function extract(source: string, out: string, o: ExtractOptions, c: Context): Promise<ExtractResult> {
  return OutputFolder.fill({ path: out, marker: MODEL_MARKER }, (folder) => extractInto(folder, source, o, c));
}

async function extractInto(folder: OutputFolder, source: string, o: ExtractOptions, c: Context): Promise<ExtractResult> {
  const box = await openBox(source, o, boxTools(o, c), c);
  try {
    return await extractBox(folder, box, o, c);
  } finally {
    await box.close();
  }
}

/** Both run in Docker, and leave nothing there. */
export function boxTools(o: BoxOptions, c: Context): BoxTools {
  return {
    openDump: async (dump) => openThrowawayDatabase(await openDumpStream(dump, DUMP_SERVER.database, readLimits(o.limits)), DUMP_SERVER, c),
    convertAstDb: (old) => convertOldAstDb(old, c),
  };
}

async function extractBox(folder: OutputFolder, box: OpenBox, o: ExtractOptions, c: Context): Promise<ExtractResult> {
  c.progress({ step: 'reading the box' });
  const { model, ledger, findings } = readBox(box);
  if (o.overwrite !== true) await refuseEdited(folder.path, await folder.edited(), model);
  if (o.strict === true) refuseMissing(findings);
  throwIfAborted(c.signal);
  c.progress({ step: 'writing the model' });
  await writeModel(folder, model);
  for (const { path, content } of schemaFiles()) await folder.write(path, content);
  for (const [path, file] of soundFiles(model)) {
    const from = box.sounds.get(path);
    if (from !== undefined) await folder.write(file, await bytesOf(from));
  }
  for (const [name, inModel] of scriptFiles(model)) {
    const from = box.scripts.get(name);
    // they may hold passwords
    if (from !== undefined) await folder.write(inModel, await bytesOf(from.path), 0o600);
  }
  for (const { id, file, inModel } of musicFiles(model['music-class'])) {
    const from = musicPaths(model['music-class'][id]?.directory ?? '', file).map((path) => box.music.files.get(path));
    const first = from.find((path) => path !== undefined);
    if (first !== undefined) await folder.write(inModel, await bytesOf(first));
  }
  await folder.write('ledger.json', json(ledger));
  await folder.write('findings.json', json(findings));
  const totals = ledgerTotals(ledger);
  c.log('info', 'extracted', { objects: countObjects(model), totals });
  return { model, ledger, findings, objects: countObjects(model), totals, findingCounts: countFindings(findings) };
}

async function bytesOf(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new MigrateError({
      code: 'E_SOURCE',
      where: path,
      why: `the sound file cannot be read (${cause.code})`,
      hint: 'Check the rights of the file, or take it out of the source.',
      cause,
    });
  });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
