import type { RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readSearch, searchStatement } from '../../../src/history/serve/search.ts';
import { type ServedPbx, startServedPbx } from './a-served-pbx.ts';

let pbx: ServedPbx;
beforeAll(async () => {
  pbx = await startServedPbx();
});
afterAll(() => pbx.close());
beforeEach(async () => {
  await pbx.server.db.query('TRUNCATE asteriskcdrdb.cdr');
});

/** Calls of a page, as its rows say. */
async function rowsOf(query: string): Promise<string[]> {
  const answer = await pbx.get(`/?${query}`);
  expect(answer.status).toBe(200);
  return [...(await answer.text()).matchAll(/<time>([^<]*)<\/time><\/td>\s*<td>([^<]*)/g)].map((found) => `${found[1]} ${found[2]}`.trim());
}

describe('a search', () => {
  beforeEach(async () => {
    await pbx.addCall({
      calldate: '2013-06-03 10:00:00',
      src: '101',
      dst: '74951234567',
      channel: 'SIP/101-0000a1',
      dstchannel: 'SIP/trunk-out-0000a2',
    });
    await pbx.addCall({
      calldate: '2013-06-04 23:59:59',
      src: '74951234567',
      dst: '400',
      channel: 'SIP/trunk-out-0000a3',
      dstchannel: 'SIP/102-0000a4',
    });
    await pbx.addCall({
      calldate: '2013-06-05 09:00:00',
      src: '74957654321',
      dst: '600',
      dstchannel: 'Local/101@from-queue-00a1;1',
      disposition: 'NO ANSWER',
    });
    await pbx.addCall({
      calldate: '2013-06-06 09:00:00',
      src: '1015',
      dst: '*97',
      channel: 'SIP/1015-1',
      disposition: 'BUSY',
      recordingfile: 'a.wav',
    });
  });

  test.each([
    ['', ['2013-06-06', '2013-06-05', '2013-06-04', '2013-06-03']],
    ['number=74951234567', ['2013-06-04', '2013-06-03']],
    ['number=7495&match=begins', ['2013-06-05', '2013-06-04', '2013-06-03']],
    ['number=4321&match=ends', ['2013-06-05']],
    ['number=*97', ['2013-06-06']],
    ['number=%25&match=holds', []],
    ['extension=101', ['2013-06-05', '2013-06-03']],
    ['extension=102', ['2013-06-04']],
    ['extension=101&number=74951234567', ['2013-06-03']],
    ['from=2013-06-04&to=2013-06-05', ['2013-06-05', '2013-06-04']],
    ['disposition=NO+ANSWER', ['2013-06-05']],
    ['recorded=1', ['2013-06-06']],
    ['number=1015&disposition=BUSY&recorded=1&from=2013-06-06', ['2013-06-06']],
    [`number=${encodeURIComponent("' OR '1'='1")}`, []],
    [`extension=${encodeURIComponent("101' UNION SELECT 1,2 -- ")}`, []],
    [`number=${encodeURIComponent("1'; DROP TABLE cdr; -- ")}&match=holds`, []],
  ])('for %s finds those calls and no other', async (query, days) => {
    expect((await rowsOf(query)).map((row) => row.slice(0, 10))).toEqual(days);
  });

  test('that makes no sense is told, and asks the database nothing', async () => {
    expect((await pbx.get("/?from=2013-01-01'")).status).toBe(400);
    expect((await pbx.get('/calls.csv?older=1')).status).toBe(400);
  });

  test.each([
    ['', ['calldate']],
    ['older=20130105000000.20000', ['calldate']],
    ['from=2013-01-02&to=2013-01-03', ['calldate']],
    ['number=74951234567', ['src_time', 'dst_time']],
    ['number=102&older=20130105000000.20000', ['src_time', 'dst_time']],
    ['extension=101', ['src_time', 'dst_time', 'caller_device_time', 'called_device_time']],
    ['extension=101&newer=20130105000000.20000', ['src_time', 'dst_time', 'caller_device_time', 'called_device_time']],
    ['disposition=BUSY', ['disposition_time']],
  ])('for %s reads keys in the order of time, and sorts nothing', async (query, keys) => {
    await fillAMonth();
    const search = readSearch(Object.fromEntries(new URLSearchParams(query)));
    if (search === null) throw new Error('the query makes no sense');
    const { sql, values } = searchStatement(search, 51);
    const [plan] = await pbx.server.db.query<RowDataPacket[]>(`EXPLAIN ${sql.replaceAll('FROM cdr', 'FROM asteriskcdrdb.cdr')}`, [
      ...values,
    ]);
    // what puts the parts together sorts them: at most fifty-one of each
    const parts = plan.filter((row) => row['table'] === 'cdr');
    expect(parts.map((row) => row['key'])).toEqual(keys);
    for (const part of parts) expect(part['Extra']).not.toContain('filesort');
  });

  test('has pages that follow each other without a gap, however many calls share a second', async () => {
    await pbx.server.db.query(
      "INSERT INTO asteriskcdrdb.cdr (calldate, src) SELECT '2013-07-01 10:00:00' + INTERVAL (seq DIV 40) SECOND, seq FROM asteriskcdrdb.seq_1_to_230",
    );
    const all = [];
    let query = 'from=2013-07-01';
    const starts = [];
    for (;;) {
      starts.push(query);
      all.push(...(await rowsOf(query)));
      const next = /rel="next" href="\?([^"]*)"/.exec(await (await pbx.get(`/?${query}`)).text())?.[1];
      if (next === undefined) break;
      query = next.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
    }
    expect(starts).toHaveLength(5);
    expect(all).toHaveLength(230);
    expect(new Set(all).size).toBe(230);
    const back = /rel="prev" href="\?([^"]*)"/.exec(await (await pbx.get(`/?${starts[2]}`)).text())?.[1] ?? '';
    expect(await rowsOf(back.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='))).toEqual(all.slice(50, 100));
  });

  test('is exported whole, and is text for a spreadsheet', async () => {
    await pbx.server.db.query("INSERT INTO asteriskcdrdb.cdr (calldate, src) SELECT '2013-08-01', seq FROM asteriskcdrdb.seq_1_to_2500");
    await pbx.addCall({ calldate: '2013-08-02 00:00:00', clid: '"=cmd,1" <5>', src: '=1+1', dst: '+74951234567' });
    const answer = await pbx.get('/calls.csv?from=2013-08-01');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="calls.csv"');
    const lines = (await answer.text()).split('\r\n');
    expect(lines).toHaveLength(2503);
    expect(lines[1]).toBe(`2013-08-02 00:00:00,"""=cmd,1"" <5>",'=1+1,+74951234567,,,,0,0,ANSWERED,,`);
  });
});

describe('what a caller calls himself', () => {
  test('is text on the page, never markup', async () => {
    const id = await pbx.addCall({
      clid: '"<script>alert(1)</script>" <5>',
      src: '"><img src=x onerror=alert(1)>',
      dst: "'><b>",
      recordingfile: '"><script>.wav',
    });
    const answer = await pbx.get('/');
    const page = await answer.text();
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain(`calls/${id}/sound`);
    expect(page).not.toMatch(/<script>|<img|<b>/);
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(page).not.toMatch(/\son\w+=|style=|javascript:/);
  });
});

/** 60,000 calls, as a busy box has them in three weeks. */
async function fillAMonth(): Promise<void> {
  await pbx.server.db.query(`USE asteriskcdrdb; INSERT INTO cdr (calldate, src, dst, channel, dstchannel, disposition)
    SELECT '2013-01-01' + INTERVAL seq * 31 SECOND, CONCAT('7495', 1000000 + seq * 7 % 9000), 100 + seq % 300, CONCAT('SIP/carrier-', HEX(seq)),
      CONCAT('SIP/', 100 + seq % 300, '-', HEX(seq)), ELT(1 + seq % 5, 'BUSY', 'ANSWERED', 'ANSWERED', 'ANSWERED', 'NO ANSWER') FROM seq_1_to_60000; ANALYZE TABLE cdr`);
}
