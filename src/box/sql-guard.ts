import { MigrateError } from '../error.ts';

/** Words that write, lock, wait or read files, even inside a SELECT. */
const FORBIDDEN = new Set([
  'into',
  'outfile',
  'dumpfile',
  'update',
  'lock',
  'share',
  'procedure',
  'load_file',
  'sleep',
  'benchmark',
  'get_lock',
  'release_lock',
  'insert',
  'delete',
  'replace',
  'drop',
  'alter',
  'create',
  'truncate',
  'grant',
  'revoke',
  'set',
  'call',
  'handler',
  'execute',
  'prepare',
  'master_pos_wait',
]);

/**
 * The one place where statements are let through to a box: a single SELECT or SHOW that does nothing but read.
 * Anything that it does not understand is refused.
 * @throws MigrateError E_SQL_REFUSED
 */
export function assertReadOnly(statement: string): void {
  const bare = withoutQuoted(statement);
  if (bare === null) refuse('a quote is left open, or holds a backslash');
  if (/;|\/\*|\*\/|--|#|:=|@/.test(bare)) refuse('it holds a separator, a comment or a variable');
  const words = bare.toLowerCase().match(/[a-z_][a-z0-9_]*/g) ?? [];
  if (!/^\s*(?:select|show)\s/i.test(bare)) refuse(`only SELECT and SHOW may run, this begins with '${words[0] ?? ''}'`);
  const found = words.find((word) => FORBIDDEN.has(word));
  // 'SHOW CREATE TABLE' only reads
  if (found !== undefined && !(found === 'create' && /^\s*show\s+create\s+table\s/i.test(bare))) refuse(`'${found}' does more than read`);
}

function refuse(why: string): never {
  throw new MigrateError({
    code: 'E_SQL_REFUSED',
    why: `a statement was not sent to the box: ${why}`,
    hint: 'A box is only ever read. This is a defect of the kit: please report it.',
  });
}

/** The statement with quoted parts taken out. null: unreadable. A backslash means different things under different sql_modes. */
function withoutQuoted(statement: string): string | null {
  const bare = statement.replace(/'(?:[^'\\]|'')*'|"(?:[^"\\]|"")*"|`(?:[^`]|``)*`/g, ' ? ');
  return /['"`\\]/.test(bare) ? null : bare;
}

/** A name that comes from the box (a table, a column) as SQL. @throws MigrateError E_SQL_REFUSED for a name with a NUL. */
export function quoteName(name: string): string {
  if (name === '' || name.includes('\0')) refuse('a name is empty or holds a NUL');
  return `\`${name.replaceAll('`', '``')}\``;
}
