import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RowDataPacket } from 'mysql2/promise';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { type CdrCopied, type CopyOptions, copyCdr } from '../../src/history/copy-cdr.ts';
import { type HistoryServer, startHistoryServer } from './history-server.ts';
import { addOldRow, makeOldCdr } from './old-cdr.ts';

let server: HistoryServer;
beforeAll(async () => {
  server = await startHistoryServer();
});
afterAll(() => server.close());

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'migrate-queue-log-'));
  await server.clear();
  await makeOldCdr(server);
  await addOldRow(server, { calldate: '2013-06-03 10:00:00', src: '101', dst: '400', uniqueid: '1370246400.1' });
});
afterEach(() => rm(dir, { recursive: true }));

function copy(o: Partial<CopyOptions> = {}): Promise<CdrCopied> {
  const passwords = { sourcePassword: server.password, targetPassword: server.password };
  return copyCdr(server.from, server.to, { ...passwords, out: dir, timeZone: 'Europe/Moscow', ...o }, silentContext());
}

async function rowsOf(query: string): Promise<RowDataPacket[]> {
  return (await server.db.query<RowDataPacket[]>(query))[0];
}

const EVENTS =
  'SELECT CAST(time AS CHAR) AS time, callid, queuename, agent, event, data1, data2, data3, data4, data5 FROM asteriskcdrdb.queue_log ORDER BY time, id';
const CONNECT = '1370246405|1370246400.1|400|Иванова Мария|CONNECT|5|1370246402.2|3';

describe("the queues' log in a file", () => {
  test('becomes rows at the local time of its box, agents under their names', async () => {
    const lines = [
      '1370246400|1370246400.1|400|NONE|ENTERQUEUE||74951234567|1',
      CONNECT,
      "1370246460|1370246400.1|400|Local/101@from-queue/n|COMPLETECALLER|5|55|1|it's|a|b",
    ];
    await writeFile(join(dir, 'queue_log'), `${lines.join('\n')}\n`);
    const said = await copy({ queueLog: [join(dir, 'queue_log')] });
    expect(said).toMatchObject({ rows: 4, copied: 4, rejected: 0, unproved: 0, proved: 2, left: [] });
    expect(await rowsOf(EVENTS)).toMatchObject([
      // 8:00 in UTC; Moscow was four hours ahead in the summer of 2013
      { time: '2013-06-03 12:00:00.000000', agent: 'NONE', event: 'ENTERQUEUE', data1: '', data2: '74951234567', data3: '1' },
      { time: '2013-06-03 12:00:05.000000', queuename: '400', agent: 'Иванова Мария', event: 'CONNECT', data1: '5', data2: '1370246402.2' },
      { callid: '1370246400.1', agent: 'Local/101@from-queue/n', data3: '1', data4: "it's", data5: 'a|b' },
    ]);
  });

  test('is copied with what logrotate put aside, and run again brings what came since', async () => {
    const older = '1369900000|NONE|NONE|Agent/1|ADDMEMBER|\n1369900000|NONE|NONE|Agent/1|ADDMEMBER|\n';
    await writeFile(join(dir, 'queue_log-20130601.gz'), gzipSync(older));
    await writeFile(join(dir, 'queue_log'), `${CONNECT}\n`);
    const queueLog = [join(dir, 'queue_log-20130601.gz'), join(dir, 'queue_log')];
    expect(await copy({ queueLog })).toMatchObject({ copied: 4, unproved: 0 });
    await writeFile(join(dir, 'queue_log'), `${CONNECT}\n${CONNECT.replace('CONNECT', 'COMPLETEAGENT')}\n`);
    expect(await copy({ queueLog })).toMatchObject({ rows: 5, copied: 1, unproved: 0 });
    expect(await rowsOf(EVENTS)).toHaveLength(4);
  });

  test('loses no line that is none: it is kept whole among the rejected rows', async () => {
    await writeFile(join(dir, 'queue_log'), `${CONNECT}\r\nhalf a li\n\n${CONNECT.replaceAll('|', ';')}`);
    expect(await copy({ queueLog: [join(dir, 'queue_log')] })).toMatchObject({ copied: 2, rejected: 2, unproved: 0 });
    const rejected = await rowsOf("SELECT reason, cells FROM asteriskcdrdb.history_reject WHERE table_name = 'queue_log' ORDER BY id");
    expect(rejected.map((row) => row['reason'])).toEqual(['time: there is no date', 'time: there is no date']);
    expect(rejected.map((row) => JSON.parse(row['cells'] as string).data1).sort()).toEqual(
      ['half a li', CONNECT.replaceAll('|', ';')].sort(),
    );
  });

  test('is found in a box folder, where Asterisk writes it', async () => {
    await mkdir(join(dir, 'box/var/log/asterisk'), { recursive: true });
    await writeFile(join(dir, 'box/asteriskcdrdb.sql'), await dump());
    for (const name of ['queue_log', 'queue_log.1', 'queue_log.txt', 'full']) {
      await writeFile(join(dir, 'box/var/log/asterisk', name), `${CONNECT.replace('CONNECT', name.toUpperCase())}\n`);
    }
    const o = { targetPassword: server.password, out: dir, timeZone: 'Europe/Moscow' };
    expect(await copyCdr(join(dir, 'box'), server.to, o, silentContext())).toMatchObject({ copied: 3, unproved: 0 });
    expect((await rowsOf(EVENTS)).map((row) => row['event'])).toEqual(['QUEUE_LOG', 'QUEUE_LOG.1']);
  });

  test('is refused where nobody knows the hour that it means, and where it cannot be read', async () => {
    await writeFile(join(dir, 'queue_log'), CONNECT);
    const { timeZone: _, ...noZone } = { timeZone: '', sourcePassword: server.password, targetPassword: server.password, out: dir };
    const queueLog = [join(dir, 'queue_log')];
    await expect(copyCdr(server.from, server.to, { ...noZone, queueLog }, silentContext())).rejects.toMatchObject({ code: 'E_TIME_ZONE' });
    await expect(copy({ queueLog: [join(dir, 'none')] })).rejects.toMatchObject({ code: 'E_QUEUE_LOG' });
    await writeFile(join(dir, 'cut.gz'), gzipSync(`${CONNECT}\n`.repeat(5000)).subarray(0, 200));
    await expect(copy({ queueLog: [join(dir, 'cut.gz')] })).rejects.toMatchObject({ code: 'E_QUEUE_LOG' });
  });
});

describe("the queues' log in a table", () => {
  const COLUMNS = 'time char(26), callid varchar(50), queuename varchar(50), agent varchar(50), event varchar(20)';

  test('is copied as it is, whether its data stand in five columns or in one', async () => {
    await server.db.query(`CREATE TABLE old.queue_log (${COLUMNS}, data varchar(255)) ENGINE=MyISAM DEFAULT CHARSET=utf8`);
    const values = ['2013-06-03 10:00:05.123456', '1370246400.1', '400', 'Иванова', 'CONNECT', '5|1370246402.2|3'];
    await server.db.query('INSERT INTO old.queue_log VALUES (?)', [values]);
    expect(await copy()).toMatchObject({ copied: 2, unproved: 0, left: [] });
    expect(await rowsOf(EVENTS)).toMatchObject([
      { time: '2013-06-03 10:00:05.123456', agent: 'Иванова', event: 'CONNECT', data1: '5', data2: '1370246402.2', data3: '3', data4: '' },
    ]);
    await server.db.query('DROP TABLE old.queue_log; TRUNCATE asteriskcdrdb.queue_log');
    const five = [1, 2, 3, 4, 5].map((n) => `data${n} varchar(50)`).join(', ');
    await server.db.query(`CREATE TABLE old.queue_log (id int auto_increment primary key, ${COLUMNS}, ${five})`);
    await server.db.query(
      "INSERT INTO old.queue_log VALUES (NULL, '2013-07-01 10:00:00', 'x', '400', 'NONE', 'ABANDON', '1', '1', '30', '', NULL)",
    );
    expect(await copy()).toMatchObject({ copied: 1, unproved: 0 });
    expect((await rowsOf(EVENTS))[0]).toMatchObject({ event: 'ABANDON', data3: '30', data5: '' });
  });

  test('is taken before a file, which is told', async () => {
    await server.db.query(`CREATE TABLE old.queue_log (${COLUMNS}, data varchar(255))`);
    await server.db.query("INSERT INTO old.queue_log VALUES ('2013-06-03 10:00:05', 'x', '400', 'NONE', 'ABANDON', '')");
    await writeFile(join(dir, 'queue_log'), CONNECT);
    const path = join(dir, 'queue_log');
    expect((await copy({ queueLog: [path] })).left).toMatchObject([{ table: path, why: expect.stringContaining('has the table') }]);
  });
});

async function dump(): Promise<string> {
  const done = await server.container.exec(['mariadb-dump', '--no-defaults', '--socket=/run/mysqld/mysqld.sock', 'old', 'cdr']);
  return done.out;
}
