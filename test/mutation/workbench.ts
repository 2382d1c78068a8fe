import { type Ami, connectAmi } from '../../src/asterisk/ami.ts';
import { readAstDbSqlite } from '../../src/box/astdb.ts';
import type { Context } from '../../src/context.ts';
import { asteriskIsUp } from '../../src/engine/wait.ts';
import type { Build } from '../../src/model/build.ts';
import type { Model } from '../../src/model/kinds.ts';
import { type Lab, startLab } from '../../src/verify/lab/lab.ts';
import { applyOverlay } from '../../src/verify/lab/overlay.ts';
import { type LogLine, parseLogLine } from '../../src/verify/static/log.ts';
import type { Files } from './mutant.ts';

const ASTDB = 'var/lib/asterisk/astdb.sqlite3';
const LOG = '/var/log/asterisk/messages';
/** How long telephones may take to be seen again after a new start. */
const BACK_MS = 6000;
const POLL_MS = 150;

/** One lab whose PBX gets one tree after the other: bringing up a lab for each would take hours. */
export class Workbench {
  lab: Lab;
  private held: Files;
  private isBack = true;
  private readonly context: Context;
  private readonly present: number;

  private constructor(lab: Lab, held: Files, present: number, context: Context) {
    this.lab = lab;
    this.held = held;
    this.present = present;
    this.context = context;
  }

  static async start(build: Build, migrations: string, context: Context): Promise<Workbench> {
    const lab = await startLab(build, { migrations }, context);
    return new Workbench(lab, filesOf(build), await presentTelephones(lab.pbx.ami), context);
  }

  end(): Promise<void> {
    return this.lab.end();
  }

  /** Makes the PBX hold these files: what differs is put or taken away, and read anew by whatever reads it. The log begins anew as well. */
  async hold(files: Files): Promise<void> {
    const changed = [...files].filter(([path, content]) => path !== ASTDB && !same(this.held.get(path), content));
    const gone = [...this.held.keys()].filter((path) => !files.has(path));
    const keys = await this.changedKeys(files.get(ASTDB));
    const { container } = this.lab.pbx;
    const { entries } = applyOverlay(
      changed.map(([path, content]) => ({ path, content, mode: 0o640 })),
      this.lab.changes,
    );
    if (entries.length > 0) await container.put('/', entries);
    if (gone.length > 0) await container.exec(['rm', '-f', ...gone.map((path) => `/${path}`)]);
    await container.exec([
      'chown',
      '-R',
      '-h',
      '--from=root',
      'asterisk:asterisk',
      '/etc/asterisk',
      '/usr/local/share/asterisk',
      '/var/lib/asterisk',
    ]);
    await container.exec(['truncate', '-s', '0', LOG]);
    this.held = files;
    for (const [key, value] of keys) await this.setKey(key, value);
    const paths = [...changed.map(([path]) => path), ...gone];
    if (keys.length > 0 || paths.some((path) => !/extensions(\.conf$|\.d\/)|\/sounds\//.test(path))) await this.restart();
    else if (paths.length > 0) await this.lab.pbx.ami.command('dialplan reload');
  }

  /** Notices, warnings and errors since the files were put. */
  async log(model: Model): Promise<LogLine[]> {
    const { out } = await this.lab.pbx.container.exec(['cat', LOG]);
    return out.split('\n').flatMap((line) => parseLogLine(line, model) ?? []);
  }

  private async changedKeys(bytes: Uint8Array | undefined): Promise<[string, string | null][]> {
    const [before, after] = await Promise.all([this.held.get(ASTDB), bytes].map((b) => rows(b)));
    const keys = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
    return [...keys].filter((key) => before?.get(key) !== after?.get(key)).map((key) => [key, after?.get(key) ?? null]);
  }

  private async setKey(path: string, value: string | null): Promise<void> {
    const { ami } = this.lab.pbx;
    const slash = path.indexOf('/');
    const [Family, Key] = [path.slice(0, slash), path.slice(slash + 1)];
    if (value === null) await ami.action({ Action: 'DBDel', Family, Key }).catch(() => undefined);
    else await ami.action({ Action: 'DBPut', Family, Key, Val: value });
  }

  /** Asterisk starts anew; its log begins anew as well. */
  async restart(): Promise<void> {
    const { container, ami } = this.lab.pbx;
    await container.exec(['truncate', '-s', '0', LOG]);
    await ami.command('core restart now').catch(() => undefined);
    await ami.lost;
    await ami.close();
    await container.waitFor(asteriskIsUp());
    const { port } = await container.forward({ port: 5038 });
    const again = await connectAmi({ host: '127.0.0.1', port, ...this.login(), signal: this.context.signal });
    this.lab = { ...this.lab, pbx: { container, ami: again } };
    this.isBack = false;
  }

  /** Waits until telephones are seen again after a new start, for calls to them. Asterisk asks each within a minute whether it is there: sooner where it is told to. */
  async telephonesAreBack(): Promise<void> {
    if (this.isBack) return;
    const { ami: again } = this.lab.pbx;
    const endpoints = await again.list({ Action: 'PJSIPShowEndpoints' }).catch(() => []);
    await Promise.all(
      endpoints.map((e) => again.action({ Action: 'PJSIPQualify', Endpoint: e['ObjectName'] ?? '' }).catch(() => undefined)),
    );
    const until = performance.now() + BACK_MS;
    while ((await presentTelephones(again)) < this.present && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    this.isBack = true;
  }

  /** The lab's own user, as the overlay wrote it. */
  private login(): { user: string; secret: string } {
    const text = this.lab.changes.find((c) => c.secret === true)?.to ?? '';
    return { user: /\[(.*)\]/.exec(text)?.[1] ?? '', secret: /secret = (.*)/.exec(text)?.[1] ?? '' };
  }
}

export function filesOf(build: Build): Files {
  return new Map(build.entries.map((e) => [e.path, e.content ?? new Uint8Array()]));
}

function same(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a !== undefined && Buffer.compare(a, b) === 0;
}

async function rows(bytes: Uint8Array | undefined): Promise<Map<string, string>> {
  if (bytes === undefined) return new Map();
  return new Map((await readAstDbSqlite(bytes, ASTDB)).map((k) => [`${k.family}/${k.key}`, k.value]));
}

/** Extensions whose telephones are there. */
async function presentTelephones(ami: Ami): Promise<number> {
  const hints = await ami.list({ Action: 'ExtensionStateList' }, { timeoutMs: 2000 }).catch(() => []);
  return hints.filter((e) => e['StatusText'] !== 'Unavailable').length;
}
