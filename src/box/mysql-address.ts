import { MigrateError } from '../error.ts';

/** A live server as a SOURCE names it: mysql://user@host:port/asterisk. */
export interface MysqlAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

const MYSQL_PORT = 3306;

/**
 * null where the text is no such address.
 * @throws MigrateError E_SOURCE for one without an account or database, and for one that holds a password: everybody on the machine could read it.
 */
export function readMysqlAddress(text: string): MysqlAddress | null {
  if (!/^mysql:\/\//i.test(text)) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const place = url === null ? 'mysql://...' : `mysql://${url.username}@${url.host}${url.pathname}`;
  const refuse = (why: string, hint: string): never => {
    throw new MigrateError({ code: 'E_SOURCE', where: place, why, hint });
  };
  if (url === null) return refuse('it is no address', 'Write it as mysql://user@host:3306/asterisk.');
  if (url.password !== '') {
    return refuse(
      'the address holds a password, which everybody on this machine can read in the list of processes',
      'Put it into the environment as MIGRATE_MYSQL_PASSWORD, and leave it out of the address.',
    );
  }
  const database = decodeURIComponent(url.pathname.slice(1));
  if (url.hostname === '' || url.username === '' || database === '')
    return refuse('host, account or database is missing', 'Write it as mysql://user@host:3306/asterisk.');
  return { host: url.hostname, port: url.port === '' ? MYSQL_PORT : Number(url.port), user: decodeURIComponent(url.username), database };
}
