import { createHmac, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { compare, hash } from 'bcryptjs';
import { MigrateError } from '../../error.ts';

/** Who may listen. */
export interface LoginSource {
  /** Lines `name:bcrypt hash`, as `htpasswd -B` writes them: nginx takes the same file. */
  readonly file?: string;
  /** One login as `name:password`, from the environment. */
  readonly single?: string;
}

const COST = 10;
/** Logins that were right are not worked out again for each piece of a recording. */
const MOST_KNOWN = 1000;

/** Logins of the page. What a file says holds from the next request on. */
export class Logins {
  readonly #source: LoginSource;
  /** A name that nobody has costs as much time as one that somebody has. */
  readonly #nobody: string;
  readonly #single: ReadonlyMap<string, string>;
  readonly #key = randomBytes(32);
  readonly #known = new Set<string>();
  /** One at a time: guessing must not take the processor from those who listen. */
  #checking: Promise<unknown> = Promise.resolve();

  private constructor(source: LoginSource, o: { single: ReadonlyMap<string, string>; nobody: string }) {
    this.#source = source;
    this.#single = o.single;
    this.#nobody = o.nobody;
  }

  /** @throws MigrateError E_LOGINS where there is none, or a line is no login */
  static async of(source: LoginSource): Promise<Logins> {
    const { single } = source;
    const at = single?.indexOf(':') ?? -1;
    if (single !== undefined && (at < 1 || at === single.length - 1)) throw noLogins('MIGRATE_WEB_LOGIN', 'it is not name:password');
    const hashed = single === undefined ? [] : [[single.slice(0, at), await hash(single.slice(at + 1), COST)] as const];
    const logins = new Logins(source, { single: new Map(hashed), nobody: await hash(randomBytes(16).toString('hex'), COST) });
    if ((await logins.#all()).size === 0) throw noLogins(source.file ?? '--logins', 'nobody may log in');
    return logins;
  }

  /** Whether this is one of them. A file that cannot be read lets nobody in. */
  async allows(name: string, password: string): Promise<boolean> {
    const all = await this.#all().catch(() => new Map<string, string>());
    const hashed = all.get(name);
    const token = createHmac('sha256', this.#key).update(`${name}\0${password}\0${hashed}`).digest('base64');
    if (this.#known.has(token)) return true;
    const checked = this.#checking.then(() => compare(password, hashed ?? this.#nobody));
    this.#checking = checked.catch(() => undefined);
    const isRight = (await checked) && hashed !== undefined;
    if (isRight) this.#remember(token);
    return isRight;
  }

  #remember(token: string): void {
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.add(token);
  }

  async #all(): Promise<ReadonlyMap<string, string>> {
    const { file } = this.#source;
    if (file === undefined) return this.#single;
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw noLogins(file, cause instanceof Error ? cause.message : String(cause));
    });
    return new Map([...this.#single, ...readLogins(text, file)]);
  }
}

/** @throws MigrateError E_LOGINS, with file and line, and never with what the line holds */
export function readLogins(text: string, file: string): Map<string, string> {
  const logins = new Map<string, string>();
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, name, hashed] = /^([^:]+):(\$2[aby]\$\d\d\$[./A-Za-z0-9]{53})\s*$/.exec(line) ?? [];
    if (name === undefined || hashed === undefined) throw noLogins(`${file}:${i + 1}`, 'it is no name with a bcrypt hash');
    logins.set(name, hashed);
  }
  return logins;
}

function noLogins(where: string, why: string): MigrateError {
  const hint = 'Make the file with `htpasswd -B -c FILE NAME` (package apache2-utils) and name it with --logins.';
  return new MigrateError({ code: 'E_LOGINS', where, why, hint });
}
