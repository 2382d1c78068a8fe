import type { HistoryServer } from './history-server.ts';

const BASE = [
  "calldate datetime NOT NULL default '0000-00-00 00:00:00'",
  "clid varchar(80) NOT NULL default ''",
  "src varchar(80) NOT NULL default ''",
  "dst varchar(80) NOT NULL default ''",
  "dcontext varchar(80) NOT NULL default ''",
  "channel varchar(80) NOT NULL default ''",
  "dstchannel varchar(80) NOT NULL default ''",
  "lastapp varchar(80) NOT NULL default ''",
  "lastdata varchar(80) NOT NULL default ''",
  "duration int(11) NOT NULL default '0'",
  "billsec int(11) NOT NULL default '0'",
  "disposition varchar(45) NOT NULL default ''",
  "amaflags int(11) NOT NULL default '0'",
  "accountcode varchar(20) NOT NULL default ''",
  "uniqueid varchar(32) NOT NULL default ''",
  "userfield varchar(255) NOT NULL default ''",
];
const LATER = ['recordingfile', 'cnum', 'cnam', 'outbound_cnum', 'outbound_cnam', 'dst_cnam'];

/** Columns that each generation adds. */
const GENERATIONS = {
  'Elastix 2.3': BASE,
  'Elastix 2.4': [...BASE, ...LATER.map((name) => `${name} varchar(255) NOT NULL default ''`)],
  'Elastix 2.5': [...BASE, ...['did', ...LATER].map((name) => `${name} varchar(255) NOT NULL default ''`)],
} as const;
export type Generation = keyof typeof GENERATIONS;

/** Makes `old`.`cdr`, as MySQL 5.0 had it: MyISAM, latin1, no primary key. */
export async function makeOldCdr({ db }: HistoryServer, generation: Generation = 'Elastix 2.3'): Promise<void> {
  const keys = 'KEY calldate (calldate), KEY dst (dst), KEY accountcode (accountcode), KEY IDX_UNIQUEID (uniqueid)';
  await db.query(`CREATE TABLE old.cdr (${GENERATIONS[generation].join(', ')}, ${keys}) ENGINE=MyISAM DEFAULT CHARSET=latin1`);
}

/** Rows as a busy box writes them, made by the server: one each 31 seconds from the first of 2013 on. @param from number of the first */
export async function fillOldCdr({ db }: HistoryServer, rows: number, from = 1): Promise<void> {
  await db.query('USE old');
  await db.query(`INSERT INTO old.cdr (calldate, clid, src, dst, dcontext, channel, dstchannel, lastapp, lastdata, duration, billsec, disposition,
      amaflags, uniqueid, userfield)
    SELECT '2013-01-01' + INTERVAL seq * 31 SECOND, CONCAT('"Name ', seq % 100, '" <7495', 1000000 + seq * 7 % 9000000, '>'),
      CONCAT('7495', 1000000 + seq * 7 % 9000000), 100 + seq % 300, 'from-did-direct', CONCAT('SIP/carrier-', LPAD(HEX(seq), 8, '0')),
      CONCAT('SIP/', 100 + seq % 300, '-', LPAD(HEX(seq + 1), 8, '0')), 'Dial', CONCAT('SIP/', 100 + seq % 300, ',,trWw'), seq % 600, seq % 500,
      IF(seq % 3 = 0, 'NO ANSWER', 'ANSWERED'), 3, CONCAT(1356998400 + seq * 31, '.', seq * 3),
      IF(seq % 4 = 0, CONCAT('audio:20130603-', seq, '-', 1356998400 + seq * 31, '.wav'), '')
    FROM seq_${from}_to_${from + rows - 1}`);
}

/** One row of the old table; bytes go in as they are. */
export async function addOldRow({ db }: HistoryServer, row: Readonly<Record<string, string | number | Buffer>>): Promise<void> {
  const value = (v: string | number | Buffer): string =>
    typeof v === 'number' ? String(v) : `x'${Buffer.from(v as string).toString('hex')}'`;
  await db.query(`INSERT INTO old.cdr (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).map(value).join(', ')})`);
}
