import type { Context } from '../../context.ts';
import type { Container, TarEntry } from '../../engine/container.ts';
import { connectEngine } from '../../engine/engine.ts';
import { ensureImage } from '../../engine/images.ts';
import { Run } from '../../engine/run.ts';
import { type Finding, finding } from '../../finding.ts';
import { type Interpreter, interpreterOf, isRun } from '../../model/agi-script.ts';
import type { Build } from '../../model/build.ts';
import { ref } from '../../model/ref.ts';

/** Where the image's programs are, and where the scripts are put. */
const CHECK = '/usr/local/share/migrate/check.sh';
const FOLDER = '/scripts';
const LONGEST_MS = 10 * 60_000;
const MEMORY_MIB = 512;
const MOST_TOLD = 20;

/** A script of the build. */
interface Script {
  readonly name: string;
  readonly text: string;
  /** Asterisk starts it; else it is only read by others. */
  readonly isRun: boolean;
}

/**
 * What the target's interpreters say of the AGI scripts. `perl -c` runs parts of a script, so they are read by nobody, in a container with no network and no rights that is
 * gone afterwards. Of a script itself nothing is quoted: it may hold passwords.
 */
export async function checkScripts(build: Build, c: Context): Promise<Finding[]> {
  const scripts = scriptsOf(build);
  if (scripts.length === 0) return [];
  c.progress({ step: 'AGI scripts' });
  const engine = await connectEngine();
  const image = await ensureImage(engine, 'script', c);
  const run = await Run.start(engine, c, { longestMs: LONGEST_MS });
  try {
    const entries: TarEntry[] = scripts.map(({ name, text }) => ({ path: name, content: Buffer.from(text, 'latin1'), mode: 0o444 }));
    const files = [{ path: FOLDER, entries }];
    const start = (): Promise<Container> => run.container({ role: 'script', image, confined: true, memoryMiB: MEMORY_MIB, files });
    const shared = await start();
    const found: Finding[] = [];
    for (const script of scripts) {
      const language = languageOf(script.text);
      // what runs while Perl reads a script may stay behind: no other script meets it
      const reader = language === 'perl' ? await start() : shared;
      found.push(...(await told(reader, script, language)));
      if (reader !== shared) await reader.remove();
    }
    return found;
  } finally {
    await run.end();
  }
}

/** Files of the AGI folder that stand in the model. */
function scriptsOf({ model, entries }: Build): Script[] {
  return Object.entries(model['agi-script']).flatMap(([name, { calledBy }]) => {
    const file = entries.find((e) => e.path.endsWith(`/agi-bin/${name}`));
    return file === undefined ? [] : [{ name, text: Buffer.from(file.content ?? '').toString('latin1'), isRun: isRun(calledBy) }];
  });
}

async function told(reader: Container, { name, text, isRun: runs }: Script, language: string | null): Promise<Finding[]> {
  const say = (line: number, means: string): Finding =>
    finding('AGI_SCRIPT_REFUSED', { about: ref('agi-script', name), where: `agi-bin/${name}:${line}`, means });
  const interpreter = interpreterOf(text);
  if (interpreter === null) return [];
  const starts = runs ? await startTrouble(reader, interpreter, text) : null;
  const said = language === null ? '' : (await reader.exec(['sh', CHECK, language, `${FOLDER}/${name}`, FOLDER])).out;
  const troubles = language === null ? [] : readTroubles(said, language);
  return [...(starts === null ? [] : [say(1, starts)]), ...troubles.slice(0, MOST_TOLD).map((t) => say(t.line, t.means))];
}

/** Why Asterisk cannot start it at all; null: it can. */
async function startTrouble(reader: Container, { path }: Interpreter, text: string): Promise<string | null> {
  if (/^#![^\n]*\r\n/.test(text))
    return 'Its first line ends as lines of Windows do: the interpreter of that name is not found, and the script never starts.';
  if (path === '') return text.startsWith('#!') ? null : 'It has no first line that names its interpreter: Asterisk cannot start it.';
  const { code } = await reader.exec(path.startsWith('/') ? ['test', '-x', path] : ['sh', '-c', 'command -v "$1"', 'sh', path]);
  return code === 0 ? null : `It is started by ${path}, which the new box does not have by that name.`;
}

/** The word of check.sh for what a script is written in; null: nothing there reads such. */
function languageOf(text: string): string | null {
  const name = interpreterOf(text)?.name ?? '';
  return /^(php|perl|python|bash|sh)/.exec(name)?.[1] ?? (/^(?:dash|ash|ksh)$/.test(name) ? 'sh' : null);
}

/** What check.sh prints: 'syntax 3', 'function 4 mysql_connect', 'module 2 Net/Nothing'. */
function readTroubles(text: string, language: string): { line: number; means: string }[] {
  const now = { php: 'PHP of today', perl: 'Perl of today', python: 'Python 3', bash: 'bash', sh: 'The shell' }[language] ?? language;
  const said = text.split('\n');
  // a script that takes all processes for itself leaves none for the answer
  if (said.includes('unread 1') || !said.includes('done'))
    return [{ line: 1, means: `${now} comes to no end with it: look what it does before its first step (BEGIN, use).` }];
  return said.flatMap((line) => troubleOf(line, now) ?? []);
}

/** One line of check.sh; null: it tells no trouble. */
function troubleOf(said: string, now: string): { line: number; means: string } | null {
  const [, what, line = '', name = ''] = /^(syntax|function|module) (\d+)(?: ([\w/]+))?$/.exec(said) ?? [];
  switch (what) {
    case 'syntax':
      return { line: Number(line), means: `${now} refuses the script here: it never runs, and the call goes on without what it does.` };
    case 'function':
      return {
        line: Number(line),
        means: `It calls ${name}(), which neither ${now} nor a script beside it defines: it ends here with an error.`,
      };
    case 'module': {
      const means = `It needs the module ${name.replaceAll('/', '::')}, which is not among those that are usual there: it must be installed, or the script never runs.`;
      return { line: Number(line), means };
    }
    default:
      return null;
  }
}
