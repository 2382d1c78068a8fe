import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { type CdrCopied, type CopyOptions, copyCdr } from '../../src/history/copy-cdr.ts';
import { tarOf, tgzOf } from '../box/an-archive.ts';
import { clinic } from '../extract/clinic.ts';
import { type HistoryServer, startHistoryServer } from './history-server.ts';
import { addOldRow, fillOldCdr, type Generation, makeOldCdr } from './old-cdr.ts';

let server: HistoryServer;
let out: string;
beforeAll(async () => {
  server = await startHistoryServer();
  out = await mkdtemp(join(tmpdir(), 'migrate-history-'));
});
afterAll(async () => {
  await server.close();
  await rm(out, { recursive: true });
});
beforeEach(() => server.clear());

function copy(o: Partial<CopyOptions> = {}, source = server.from): Promise<CdrCopied> {
  return copyCdr(source, server.to, { sourcePassword: server.password, targetPassword: server.password, out, ...o }, silentContext());
}

async function rowsOf(query: string): Promise<RowDataPacket[]> {
  return (await server.db.query<RowDataPacket[]>(query))[0];
}

async function one(query: string): Promise<unknown> {
  return Object.values((await rowsOf(query))[0] ?? {})[0];
}

const call = { calldate: '2013-06-03 10:00:00', src: '101', dst: '102', uniqueid: '1370246400.1', disposition: 'ANSWERED', duration: 20 };

describe('call records of an old box', () => {
  test.each<Generation>(['Elastix 2.3', 'Elastix 2.4', 'Elastix 2.5'])(
    'of %s are all copied, each column under its old name',
    async (generation) => {
      await makeOldCdr(server, generation);
      await fillOldCdr(server, 6000);
      const { rows, copied, rejected, unproved, proved, months } = await copy();
      expect({ rows, copied, rejected, unproved, proved }).toEqual({ rows: 6000, copied: 6000, rejected: 0, unproved: 0, proved: 1 });
      expect(months).toMatchObject([{ month: '2013-01', source: 6000, target: 6000, same: true }]);
      const columns = (await rowsOf('SHOW COLUMNS FROM old.cdr'))
        .map((c) => c['Field'] as string)
        .filter((c) => !['userfield', 'recordingfile'].includes(c));
      const same = columns.map((c) => `o.${c} = n.${c}`).join(' AND ');
      expect(await one(`SELECT COUNT(*) FROM old.cdr o JOIN asteriskcdrdb.cdr n ON ${same}`)).toBe(6000);
    },
  );

  test('name their recordings in the column for it, and the old view of them still says audio:', async () => {
    await makeOldCdr(server);
    await addOldRow(server, { ...call, userfield: 'audio:20130603-1.wav' });
    await addOldRow(server, { ...call, userfield: 'vote:5' });
    await copy();
    expect(await rowsOf('SELECT recordingfile, userfield FROM asteriskcdrdb.cdr ORDER BY recordingfile')).toMatchObject([
      { recordingfile: '', userfield: 'vote:5' },
      { recordingfile: '20130603-1.wav', userfield: '' },
    ]);
    expect(await rowsOf("SELECT userfield FROM asteriskcdrdb.cdr_elastix WHERE userfield LIKE 'audio:%'")).toMatchObject([
      { userfield: 'audio:20130603-1.wav' },
    ]);
  });

  test('that are there twice stay there twice', async () => {
    await makeOldCdr(server);
    await addOldRow(server, call);
    await addOldRow(server, call);
    await addOldRow(server, { ...call, dst: '103' });
    expect(await copy()).toMatchObject({ copied: 3, unproved: 0 });
    expect(await copy()).toMatchObject({ copied: 0, unproved: 0 });
    await addOldRow(server, call);
    expect(await copy()).toMatchObject({ copied: 1, unproved: 0 });
    expect(await one("SELECT COUNT(*) FROM asteriskcdrdb.cdr WHERE dst = '102'")).toBe(3);
  });

  test('that came after the first copy are all that the second one writes, be they of long calls that had begun before', async () => {
    await makeOldCdr(server);
    await fillOldCdr(server, 9000);
    await copy();
    await fillOldCdr(server, 500, 9001);
    await addOldRow(server, { ...call, calldate: '2013-01-02 00:00:00' });
    expect(await copy()).toMatchObject({ rows: 9501, copied: 501, replaced: 0, unproved: 0 });
    expect(await one('SELECT COUNT(*) FROM asteriskcdrdb.cdr')).toBe(9501);
  });

  test('that the old box changed take the place of what was copied', async () => {
    await makeOldCdr(server);
    await fillOldCdr(server, 100);
    await copy();
    await server.db.query("UPDATE old.cdr SET userfield = 'audio:deleted' WHERE userfield LIKE 'audio:%-40-%'");
    expect(await copy()).toMatchObject({ copied: 1, replaced: 1, unproved: 0 });
    expect(await one("SELECT COUNT(*) FROM asteriskcdrdb.cdr WHERE recordingfile = 'deleted'")).toBe(1);
  });

  test('that the old box threw away stay, and the proof says that the two differ', async () => {
    await makeOldCdr(server);
    await fillOldCdr(server, 100);
    await copy();
    await server.db.query('DELETE FROM old.cdr LIMIT 10');
    expect(await copy()).toMatchObject({ copied: 0, replaced: 0, unproved: 1, months: [{ source: 90, target: 100, same: false }] });
  });

  test('of which someone took one out of the new database are found missing, and come again', async () => {
    await makeOldCdr(server);
    await fillOldCdr(server, 100);
    await copy();
    await server.db.query("DELETE FROM asteriskcdrdb.cdr LIMIT 1; UPDATE asteriskcdrdb.cdr SET src = '666' LIMIT 1");
    expect(await copy()).toMatchObject({ copied: 1, unproved: 1 });
  });

  test('live beside the calls of the new PBX, which are not touched', async () => {
    await makeOldCdr(server);
    await fillOldCdr(server, 10);
    await copy();
    await server.db.query("INSERT INTO asteriskcdrdb.cdr (calldate, src, dst) VALUES ('2013-01-01 00:05:00', '1', '2')");
    expect(await copy()).toMatchObject({ copied: 0, unproved: 0 });
    expect(await one('SELECT COUNT(*) FROM asteriskcdrdb.cdr')).toBe(11);
  });
});

describe('dirty rows', () => {
  test('arrive readable, whatever charset their bytes are in', async () => {
    await makeOldCdr(server);
    const names = {
      utf8: Buffer.from('"Иванов" <1>'),
      latin1: Buffer.from('"M\xfcller" <2>', 'latin1'),
      cp1251: Buffer.from('"\xc8\xe2\xe0\xed\xee\xe2" <3>', 'latin1'),
    };
    const cut = Buffer.from(`${'я'.repeat(50)}`).subarray(0, 79);
    for (const clid of [...Object.values(names), cut]) await addOldRow(server, { ...call, clid });
    expect(await copy()).toMatchObject({ copied: 4, rejected: 0, cut: 1, unproved: 0 });
    const clids = (await rowsOf('SELECT clid FROM asteriskcdrdb.cdr ORDER BY id')).map((r) => r['clid']);
    expect(clids).toEqual(['"Иванов" <1>', '"Müller" <2>', '"Иванов" <3>', 'я'.repeat(39)]);
  });

  test('with quotes, backslashes, separators and control characters are the same texts on the other side', async () => {
    await makeOldCdr(server);
    const texts = ["O'Hara\\", 'a"b', "'; DROP TABLE cdr; --", 'line\nbreak', 'nul\0byte', 'unit\x1fseparator', '\x1b[31m', '%s ${X} ?'];
    for (const clid of texts) await addOldRow(server, { ...call, clid });
    expect(await copy()).toMatchObject({ copied: texts.length, unproved: 0 });
    expect((await rowsOf('SELECT clid FROM asteriskcdrdb.cdr')).map((r) => r['clid']).sort()).toEqual([...texts].sort());
  });

  test('without a date that exists go to the rejects with the reason, and are counted once', async () => {
    await makeOldCdr(server);
    await fillOldCdr(server, 10);
    for (const calldate of ['0000-00-00 00:00:00', '2013-00-00 00:00:00', '2013-01-00 10:00:00'])
      await addOldRow(server, { ...call, calldate });
    await server.db.query(
      "SET sql_mode = 'ALLOW_INVALID_DATES'; UPDATE old.cdr SET calldate = '2013-02-31 10:00:00' WHERE calldate = '2013-01-00 10:00:00'; SET sql_mode = ''",
    );
    for (const rejected of [3, 0]) expect(await copy()).toMatchObject({ rows: 13, rejected, unproved: 0 });
    expect(await rowsOf('SELECT reason, COUNT(*) AS n FROM asteriskcdrdb.history_reject GROUP BY reason ORDER BY reason')).toMatchObject([
      { reason: 'calldate: there is no date', n: 1 },
      { reason: 'calldate: there is no such date', n: 2 },
    ]);
  });

  test('whose text is longer than its new column go to the rejects whole', async () => {
    await makeOldCdr(server);
    await server.db.query('ALTER TABLE old.cdr MODIFY dst varchar(200)');
    await addOldRow(server, { ...call, dst: '7'.repeat(81) });
    expect(await copy()).toMatchObject({ copied: 0, rejected: 1, unproved: 0 });
    const [reject] = await rowsOf('SELECT reason, cells FROM asteriskcdrdb.history_reject');
    expect(reject?.['reason']).toBe('dst: 81 characters, and the column takes 80');
    expect(JSON.parse(reject?.['cells'])).toMatchObject({ dst: '7'.repeat(81), uniqueid: call.uniqueid });
  });

  test('keep what is in columns that a site added', async () => {
    await makeOldCdr(server);
    await server.db.query("ALTER TABLE old.cdr ADD crm_id varchar(20) NOT NULL DEFAULT ''");
    await addOldRow(server, { ...call, crm_id: 'A-17' });
    await copy();
    expect(JSON.parse((await one('SELECT extra FROM asteriskcdrdb.cdr')) as string)).toEqual({ crm_id: 'A-17' });
  });

  test('of one second, more than are read at once, are all copied', async () => {
    await makeOldCdr(server);
    await fillOldCdr(server, 21_000);
    await server.db.query("UPDATE old.cdr SET calldate = '2013-05-05 05:05:05'");
    await server.db.query("UPDATE old.cdr SET uniqueid = '', channel = '', dstchannel = '', userfield = '' LIMIT 500");
    expect(await copy()).toMatchObject({ copied: 21_000, unproved: 0 });
    expect(await copy()).toMatchObject({ copied: 0, unproved: 0 });
  });
});

test('legs of one call have one linkedid: a queue call and the call to the agent that it made', async () => {
  await makeOldCdr(server);
  const queue = { ...call, channel: 'SIP/carrier-1', dstchannel: 'Local/101@from-queue-01a3;1', lastapp: 'Queue' };
  await addOldRow(server, {
    ...call,
    calldate: '2013-06-03 10:00:05',
    uniqueid: '1370246405.4',
    channel: 'Local/101@from-queue-01a3;2',
    dstchannel: 'SIP/101-2',
  });
  await addOldRow(server, queue);
  await addOldRow(server, { ...call, calldate: '2013-06-03 10:00:02', uniqueid: '1370246402.9' });
  await copy();
  expect(await rowsOf('SELECT uniqueid, linkedid FROM asteriskcdrdb.cdr ORDER BY calldate')).toMatchObject([
    { uniqueid: '1370246400.1', linkedid: '1370246400.1' },
    { uniqueid: '1370246402.9', linkedid: '1370246402.9' },
    { uniqueid: '1370246405.4', linkedid: '1370246400.1' },
  ]);
});

test('calls in hours that the clocks of the old zone had twice or never are kept and counted', async () => {
  await makeOldCdr(server);
  // Moscow: 2010-10-31 03:00 to 02:00, 2011-03-27 02:00 to 03:00, and 2014-10-26 02:00 to 01:00 for good
  const times = ['2010-10-31 02:30:00', '2010-10-31 03:30:00', '2011-03-27 02:30:00', '2014-10-26 01:10:00', '2014-10-26 01:20:00'];
  for (const calldate of times) await addOldRow(server, { ...call, calldate });
  expect(await copy({ timeZone: 'Europe/Moscow' })).toMatchObject({ copied: 5, unproved: 0, clock: { repeated: 3, missing: 1 } });
});

test("the clinic's dump is copied whole, and the report says so", async () => {
  const told = await copy({}, clinic());
  expect(told.rows).toBeGreaterThan(1000);
  expect(told).toMatchObject({ copied: told.rows - told.rejected, unproved: 0, left: [] });
  expect(JSON.parse(await readFile(join(out, 'cdr-copy.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(told)));
});

test("a backup of Elastix and a tar of a box folder give the same call records as the dump, in the old box's own time", async () => {
  const dump = await readFile(join(clinic(), 'asteriskcdrdb.sql')).catch(async () =>
    gunzipSync(await readFile(join(clinic(), 'asteriskcdrdb.sql.gz'))),
  );
  const asDump = join(out, 'asteriskcdrdb.sql.gz');
  await writeFile(asDump, gzipSync(dump));
  const whole = await copy({ timeZone: 'Europe/Moscow' }, asDump);
  const clock = 'ZONE="Europe/Moscow"\n';
  const nested = await tgzOf([['mysqldb_asteriskcdrdb/asteriskcdrdb.sql', dump]]);
  const archives = {
    'backup.tar': await tarOf([
      ['backup/mysqldb_asteriskcdrdb.tgz', nested],
      ['backup/var.lib.asterisk.sounds.tgz', await tgzOf([['sounds/custom/a.wav', 'x']])],
      ['etc/sysconfig/clock', clock],
    ]),
    'box.tgz': await tgzOf([
      ['box/asteriskcdrdb.sql.xz', dump],
      ['box/asterisk.sql', 'CREATE TABLE users (extension int);'],
      ['box/etc/sysconfig/clock', clock],
    ]),
  };
  vi.stubEnv('TMPDIR', out);
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const [name, bytes] of Object.entries(archives)) {
    await server.clear();
    await writeFile(join(out, name), bytes);
    expect(await copy({}, join(out, name))).toMatchObject({ rows: whole.rows, copied: whole.copied, unproved: 0, clock: whole.clock });
  }
  expect((await readdir(out)).filter((name) => name.startsWith('migrate-source-'))).toEqual([]);
  await writeFile(join(out, 'empty.tar'), await tarOf([['etc/asterisk/sip.conf', '[general]']]));
  await expect(copy({}, join(out, 'empty.tar'))).rejects.toMatchObject({ code: 'E_SOURCE', where: join(out, 'empty.tar') });
});

test('a report over some days reads those days alone, and so does the view for old reports', async () => {
  await makeOldCdr(server);
  await fillOldCdr(server, 60_000);
  await copy();
  await server.db.query('ANALYZE TABLE asteriskcdrdb.cdr');
  for (const table of ['cdr', 'cdr_elastix']) {
    const where = "calldate >= '2013-01-10' AND calldate < '2013-01-11' GROUP BY disposition";
    const [plan] = await rowsOf(`EXPLAIN SELECT disposition, COUNT(*) FROM asteriskcdrdb.${table} WHERE ${where}`);
    expect(plan).toMatchObject({ key: 'calldate', type: 'range' });
  }
  const keys = { uniqueid: 'uniqueid', linkedid: 'linkedid', recordingfile: 'recordingfile', src: 'src_time', dst: 'dst_time' };
  const ofTelephones = { caller_device: 'caller_device_time', called_device: 'called_device_time' };
  for (const [column, key] of Object.entries({ ...keys, ...ofTelephones })) {
    const [plan] = await rowsOf(`EXPLAIN SELECT * FROM asteriskcdrdb.cdr WHERE ${column} = '1357000000.9'`);
    expect(plan?.['key'], column).toBe(key);
  }
});

describe('channel events', () => {
  const CEL = `CREATE TABLE old.cel (id int(11) NOT NULL auto_increment PRIMARY KEY, eventtype varchar(30) NOT NULL, eventtime datetime NOT NULL,
    cid_name varchar(80) NOT NULL, cid_num varchar(80) NOT NULL, exten varchar(80) NOT NULL, context varchar(80) NOT NULL, channame varchar(80) NOT NULL,
    src varchar(80) NOT NULL, appname varchar(80) NOT NULL, appdata varchar(80) NOT NULL, amaflags int(11) NOT NULL, accountcode varchar(20) NOT NULL,
    uniqueid varchar(32) NOT NULL, linkedid varchar(32) NOT NULL, peer varchar(80) NOT NULL, userdeftype varchar(255) NOT NULL,
    eventextra varchar(255) NOT NULL, userfield varchar(255) NOT NULL, KEY uniqueid_index (uniqueid)) ENGINE=MyISAM DEFAULT CHARSET=utf8`;
  const fill = (rows: number): Promise<unknown> =>
    server.db.query(`USE old; INSERT INTO cel (eventtype, eventtime, cid_name, channame, uniqueid, linkedid) SELECT ELT(1 + seq % 3, 'CHAN_START', 'ANSWER', 'HANGUP'),
      '2013-06-01' + INTERVAL seq MINUTE, 'Иванов', CONCAT('SIP/', seq), CONCAT('1.', seq), CONCAT('1.', seq - seq % 3) FROM seq_1_to_${rows}`);

  test('are copied beside the calls, once, and what came since', async () => {
    await makeOldCdr(server);
    await addOldRow(server, call);
    await server.db.query(CEL);
    await fill(3000);
    expect(await copy()).toMatchObject({ rows: 3001, copied: 3001, unproved: 0, left: [] });
    await fill(1);
    expect(await copy()).toMatchObject({ rows: 3002, copied: 1, unproved: 0 });
    expect(
      await one(
        "SELECT COUNT(*) FROM asteriskcdrdb.cel n JOIN old.cel o ON n.uniqueid = o.uniqueid AND n.eventtime = o.eventtime AND n.eventtype = o.eventtype AND n.cid_name = 'Иванов' AND n.extra IS NULL AND o.id <= 3000",
      ),
    ).toBe(3001);
  });

  test('of a live server without a key over their time are left, and told', async () => {
    await makeOldCdr(server);
    await server.db.query(CEL);
    await fill(20_001);
    expect((await copy()).left).toMatchObject([{ table: 'cel', rows: 20_001, why: expect.stringContaining('no key over eventtime') }]);
  });
});

test('call records of a live server without a key over their time are refused, so that calls do not wait', async () => {
  await makeOldCdr(server);
  await server.db.query('ALTER TABLE old.cdr DROP KEY calldate');
  await fillOldCdr(server, 20_001);
  await expect(copy()).rejects.toMatchObject({ code: 'E_NO_KEY', hint: expect.stringContaining('dump') });
});

test('a dump of a table without that key is copied: it gets the key when it is loaded', async () => {
  const insert = Array.from({ length: 20_010 }, (_, i) => `('2013-06-03 10:00:${String(i % 60).padStart(2, '0')}','1.${i}')`);
  const dump = join(out, 'keyless.sql');
  await writeFile(dump, `CREATE TABLE cdr (calldate datetime, uniqueid varchar(32));\nINSERT INTO cdr VALUES ${insert.join(',')};\n`);
  expect(await copy({}, dump)).toMatchObject({ rows: 20_010, copied: 20_010, unproved: 0 });
});

test('tables that nobody knows are told with their rows', async () => {
  await makeOldCdr(server);
  await addOldRow(server, call);
  await server.db.query('CREATE TABLE old.my_calls (a int); INSERT INTO old.my_calls VALUES (1), (2)');
  expect((await copy()).left).toEqual([{ table: 'my_calls', rows: 2, why: 'nobody knows the table' }]);
});

test('a box that takes calls while it is copied loses none of them', async () => {
  await makeOldCdr(server);
  await fillOldCdr(server, 12_000);
  const copying = copy({ rate: 10_000 });
  for (let n = 0; n < 200; n++) await fillOldCdr(server, 1, 12_001 + n * 3);
  const first = await copying;
  expect(first.unproved).toBe(0);
  const second = await copy();
  expect(first.copied + second.copied).toBe(12_200);
  expect(second).toMatchObject({ rows: 12_200, unproved: 0 });
});

describe('a new database', () => {
  test('that the bare client brought to the schema is taken as it is', async () => {
    await makeOldCdr(server);
    await addOldRow(server, call);
    const client = ['mariadb', '--no-defaults', '--socket=/run/mysqld/mysqld.sock', 'asteriskcdrdb'];
    for (const name of (await readdir('migrations')).filter((file) => file.endsWith('.sql')).sort()) {
      for (const _ of ['once', 'and again without harm']) {
        expect(await server.container.exec(client, { stdin: await readFile(join('migrations', name)) })).toMatchObject({
          code: 0,
          err: '',
        });
      }
    }
    expect(await copy()).toMatchObject({ copied: 1, unproved: 0 });
  });

  test('that refuses rows is told as such, and not as a defect of the kit', async () => {
    await makeOldCdr(server);
    await addOldRow(server, call);
    await copy();
    await addOldRow(server, { ...call, dst: '103' });
    await server.db.query(
      "USE asteriskcdrdb; CREATE TRIGGER full BEFORE INSERT ON cdr FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no room'",
    );
    await expect(copy()).rejects.toMatchObject({ code: 'E_SQL_TARGET', why: 'no room', exit: 3 });
    await server.db.query('DROP TRIGGER full');
    expect(await copy()).toMatchObject({ copied: 1, unproved: 0 });
  });

  test('that a later release made is refused', async () => {
    await makeOldCdr(server);
    await fillOldCdr(server, 1);
    await copy();
    await server.db.query("INSERT INTO asteriskcdrdb.history_migration VALUES ('0999-later.sql', NOW())");
    await expect(copy()).rejects.toMatchObject({ code: 'E_SCHEMA_NEWER' });
  });

  test('of another name is refused before anything is written', async () => {
    await expect(
      copyCdr(server.from, server.to.replace('asteriskcdrdb', 'old'), { targetPassword: server.password, out }, silentContext()),
    ).rejects.toMatchObject({ code: 'E_TARGET' });
  });

  test('whose account may not log in is told without its password', async () => {
    const failed = copyCdr(server.from, server.to, { targetPassword: 'wrong-Horse-7', out }, silentContext());
    await expect(failed).rejects.toMatchObject({ code: 'E_SQL_CONNECT', message: expect.not.stringContaining('wrong-Horse-7') });
  });
});

test('the password of the old server may stand in a file', async () => {
  await makeOldCdr(server);
  await addOldRow(server, call);
  const passwordFile = join(out, 'password');
  await writeFile(passwordFile, `${server.password}\n`, { mode: 0o600 });
  expect(await copy({ sourcePassword: 'wrong', passwordFile })).toMatchObject({ copied: 1 });
});

test('a folder without a dump of the call records is no source, and says what would be', async () => {
  await expect(copy({}, 'migrations')).rejects.toMatchObject({ code: 'E_SOURCE', hint: expect.stringContaining('asteriskcdrdb.sql') });
  await expect(copy({}, '/nowhere')).rejects.toMatchObject({ code: 'E_SOURCE' });
});
