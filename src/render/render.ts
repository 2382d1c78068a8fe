import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from '../context.ts';
import { MigrateError, throwIfAborted } from '../error.ts';
import { type Finding, findingsFile, refuseMissing } from '../finding.ts';
import { scriptFiles } from '../model/agi-script.ts';
import type { Manifest } from '../model/build.ts';
import type { Model } from '../model/kinds.ts';
import { OutputFolder, sha256 } from '../model/output-folder.ts';
import { soundFiles } from '../model/recording.ts';
import { type Ref, refText } from '../model/ref.ts';
import { modelFiles, readModel } from '../model/store.ts';
import { astdbFile, astdbRows } from './astdb.ts';
import { musicFiles, silentFiles } from './music.ts';
import { playedSounds } from './played-sounds.ts';
import { debian } from './target.ts';
import { compileTemplate } from './template.ts';
import { Collected, type RenderOptions, type View } from './view.ts';
import { views } from './views.ts';
import { withoutUnwritable, withWritableTexts } from './writable.ts';

export type { RenderOptions } from './view.ts';

/** Marker of a build folder: `{ path: sha256 }` of what render wrote. */
export const BUILD_MARKER = '.rendered.json';
/** A build holds secrets: nobody else looks into it. */
const BUILD_MODE = 0o700;
const TEMPLATES = new URL('../../templates/', import.meta.url);

export interface RenderResult {
  /** Paths relative to the build. */
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
}

/** One file of the tree, before it is written. */
export interface RenderedFile {
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly mode: number;
  readonly secret: boolean;
  readonly from: readonly Ref[];
}

/**
 * Writes the configuration of plain Asterisk for a model: the same model gives the same bytes.
 * @throws MigrateError E_MODEL_*, E_FOLDER_NOT_OURS, E_TEMPLATE.
 */
export async function render(
  modelDir: string,
  out: string,
  o: RenderOptions & { readonly strict?: boolean },
  c: Context,
): Promise<RenderResult> {
  const { model, files: configured, findings: all } = await renderModel(await readModel(modelDir), o, c);
  const files = [
    ...configured,
    ...(await sounds(modelDir, model)),
    ...(await scripts(modelDir, model)),
    ...(await music(modelDir, model)),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  const fromExtract = await readIfThere(join(modelDir, 'findings.json'));
  const findings = withoutSaid(all, fromExtract);
  if (o.strict === true) refuseMissing(all);
  await OutputFolder.fill({ path: out, marker: BUILD_MARKER, mode: BUILD_MODE }, async (folder) => {
    for (const file of files) {
      throwIfAborted(c.signal);
      await folder.write(file.path, file.content, file.mode);
    }
    const copies = modelFiles(model);
    for (const copy of copies) await folder.write(`.model/${copy.path}`, copy.content, copy.mode);
    if (fromExtract !== null) await folder.write('.model/findings.json', fromExtract);
    const ledger = await readIfThere(join(modelDir, 'ledger.json'));
    if (ledger !== null) await folder.write('.model/ledger.json', ledger);
    await folder.write('findings.json', `${JSON.stringify(findings, null, 2)}\n`);
    await folder.write('manifest.json', `${JSON.stringify(manifestOf(files, sha256(JSON.stringify(copies))), null, 2)}\n`);
  });
  return { files: files.map((f) => f.path), findings };
}

/** What extract said of the same object is not said twice. A model that was made by hand has no findings of its own. */
function withoutSaid(findings: readonly Finding[], fromExtract: string | null): Finding[] {
  const key = (f: Pick<Finding, 'code' | 'about'>): string => `${f.code} ${f.about === null ? '' : refText(f.about)}`;
  const said = new Set(findingsFile.parse(JSON.parse(fromExtract ?? '[]')).map(key));
  return findings.filter((f) => !said.has(key(f)));
}

async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}

/**
 * All files of the tree, in order of their paths, the model that they hold, and what is to be said: what no file can hold is left out, which is a finding.
 * Touches no disk but the templates.
 */
export async function renderModel(
  given: Model,
  options: RenderOptions,
  c: Context,
): Promise<{ model: Model; files: RenderedFile[]; findings: Finding[] }> {
  const texts = withWritableTexts(given);
  const { model, findings } = await withoutUnwritable(texts.model, (m) => renderViews(m, options, c));
  const rendered = await renderViews(model, options, c);
  return { model, files: rendered.files, findings: [...texts.findings, ...findings, ...rendered.findings] };
}

async function renderViews(model: Model, options: RenderOptions, c: Context): Promise<{ files: RenderedFile[]; findings: Finding[] }> {
  const rendered = new Map<string, string>();
  const files: RenderedFile[] = [];
  const findings = new Map<string, Finding>();
  for (const [i, view] of views.entries()) {
    c.progress({ step: 'render', done: i, of: views.length });
    const notes = new Collected();
    const data = view.data(model, notes, { options, rendered });
    for (const f of notes.findings) findings.set(JSON.stringify(f), f);
    if (data === null) continue;
    const content = (await templateOf(view))(data);
    rendered.set(view.file, content);
    files.push({ path: view.file, content, mode: view.secret ? 0o640 : 0o644, secret: view.secret, from: notes.refs });
  }
  files.push(await astdb(model), ...silentFiles(model).map((f) => ({ ...f, mode: 0o644, secret: false, from: [] })));
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), findings: [...findings.values()] };
}

/** Sound files of recordings, in Debian's folder for such, which Asterisk knows as custom/. */
async function sounds(modelDir: string, model: Model): Promise<RenderedFile[]> {
  return Promise.all(
    soundFiles(model).map(async ([path, inModel]) => ({
      path: `usr/local/share/asterisk/sounds/${path.replace(/^custom\//, '')}`,
      content: await soundFile(join(modelDir, inModel)),
      mode: 0o644,
      secret: false,
      from: [],
    })),
  );
}

/** AGI scripts of the site, where Asterisk looks for them. They may hold passwords. */
async function scripts(modelDir: string, model: Model): Promise<RenderedFile[]> {
  const held = scriptFiles(model).map(async ([name, inModel]) => ({
    path: `${debian.directories.agi.slice(1)}/${name}`,
    content: await soundFile(join(modelDir, inModel)),
  }));
  return (await Promise.all(held)).map((f) => ({ ...f, mode: 0o750, secret: true, from: [] }));
}

/** Pieces of the music classes. */
async function music(modelDir: string, model: Model): Promise<RenderedFile[]> {
  const pieces = musicFiles(model).map(async ([path, inModel]) => ({ path, content: await soundFile(join(modelDir, inModel)) }));
  return (await Promise.all(pieces)).map((f) => ({ ...f, mode: 0o644, secret: false, from: [] }));
}

async function soundFile(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: unknown) => {
    throw new MigrateError({
      code: 'E_MODEL_SOUND',
      where: path,
      why: 'the model names the sound file, and it cannot be read',
      hint: 'Put it there, or take it out of recording.yaml or music-class.yaml.',
      cause,
    });
  });
}

/** The state of the extensions as a file that Asterisk opens: put in place before the first start, never over a database that is in use. */
async function astdb(model: Model): Promise<RenderedFile> {
  const from = new Map(astdbRows(model).map((r) => [refText(r.from), r.from]));
  return {
    path: 'var/lib/asterisk/astdb.sqlite3',
    content: await astdbFile(model),
    mode: 0o640,
    secret: false,
    from: [...from.values()],
  };
}

const compiled = new Map<string, Promise<(data: object) => string>>();

/** The view's template, compiled once. */
function templateOf(view: View): Promise<(data: object) => string> {
  const held = compiled.get(view.file) ?? readTemplate(view);
  compiled.set(view.file, held);
  return held;
}

async function readTemplate(view: View): Promise<(data: object) => string> {
  const name = `templates/${view.file}.hbs`;
  const url = new URL(`${view.file}.hbs`, TEMPLATES);
  const text = await readFile(url, 'utf8').catch((cause: unknown) => {
    throw new MigrateError({
      code: 'E_TEMPLATE',
      where: fileURLToPath(url),
      why: 'the template cannot be read',
      hint: 'The package is incomplete: install it again.',
      cause,
    });
  });
  return compileTemplate(text, name);
}

function manifestOf(files: readonly RenderedFile[], modelSha256: string): Manifest {
  const dialplan = files.filter((f) => /\/extensions\.(conf$|d\/)/.test(f.path)).map((f) => String(f.content));
  return {
    schema: 1,
    modelSha256,
    sounds: playedSounds(dialplan),
    files: files.map((f) => ({
      path: f.path,
      sha256: sha256(f.content),
      mode: `0${f.mode.toString(8)}`,
      secret: f.secret,
      from: f.from.map((r) => ({ ...r })),
    })),
  };
}
