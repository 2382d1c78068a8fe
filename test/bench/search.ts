import { type ServedPbx, startServedPbx } from '../history/serve/a-served-pbx.ts';
import { type Figure, figureOf } from './figure.ts';

/** ROWS= calls in the table; the ten-thousandth page of fifty begins in the middle of a million. */
const ROWS = Number(process.env['ROWS'] || 1_000_000);
const ROUNDS = Number(process.env['ROUNDS'] || 3);
const REQUESTS = 200;
const ROWS_OF_A_PAGE = 50;
const DEEP_PAGE = Math.min(10_000, Math.floor(ROWS / ROWS_OF_A_PAGE / 2));
/** Searches whose pages are compared: all calls, and those of half the table by a number's key. */
const SEARCHES = ['', 'number=400', 'disposition=ANSWERED'];

/** A page of the search as a browser asks for it: the first, and the ten-thousandth. */
export async function searchFigures(say: (line: string) => void): Promise<Figure[]> {
  const pbx = await startServedPbx();
  try {
    await fill(pbx);
    const ratios: number[] = [];
    for (const search of SEARCHES) {
      const page = search === '' ? DEEP_PAGE : Math.floor(DEEP_PAGE / 2);
      const deep = `${search}&older=${await beginOf(pbx, page, conditionOf(search))}`;
      for (let round = 0; round < ROUNDS; round++) {
        const p95 = await timed(pbx, [search, deep]);
        say(
          `${search || 'all calls'}: p95 of the first page ${p95[0]?.toFixed(1)} ms, of page ${page} ${p95[1]?.toFixed(1)} ms (${ROWS} calls)`,
        );
        ratios.push((p95[1] ?? Number.NaN) / (p95[0] ?? Number.NaN));
      }
    }
    return [figureOf('search.deepPageRatio', ratios, 1.5, 'lower')];
  } finally {
    await pbx.close();
  }
}

async function fill({ server }: ServedPbx): Promise<void> {
  await server.db.query(`USE asteriskcdrdb; INSERT INTO cdr (calldate, clid, src, dst, channel, dstchannel, duration, billsec, disposition, uniqueid)
    SELECT '2013-01-01' + INTERVAL seq * 31 SECOND, CONCAT('"Name ', seq % 100, '" <7495', 1000000 + seq * 7 % 9000000, '>'),
      CONCAT('7495', 1000000 + seq * 7 % 9000000), IF(seq % 2, '400', 100 + seq % 300), CONCAT('SIP/carrier-', LPAD(HEX(seq), 8, '0')),
      CONCAT('SIP/', 100 + seq % 300, '-', LPAD(HEX(seq + 1), 8, '0')), seq % 600, seq % 500, IF(seq % 3 = 0, 'NO ANSWER', 'ANSWERED'),
      CONCAT(1356998400 + seq * 31, '.', seq * 3) FROM seq_1_to_${ROWS}; ANALYZE TABLE cdr`);
}

function conditionOf(search: string): string {
  return search === '' ? 'TRUE' : search.startsWith('number') ? "dst = '400'" : "disposition = 'ANSWERED'";
}

/** The cursor that the link to this page holds. */
async function beginOf({ server }: ServedPbx, page: number, condition: string): Promise<string> {
  const [rows] = await server.db.query(
    `SELECT DATE_FORMAT(calldate, '%Y%m%d%H%i%s') AS time, id FROM asteriskcdrdb.cdr WHERE ${condition}
      ORDER BY calldate DESC, id DESC LIMIT 1 OFFSET ${(page - 1) * ROWS_OF_A_PAGE - 1}`,
  );
  const [row] = rows as { time: string; id: number }[];
  return `${row?.time}.${row?.id}`;
}

/** Milliseconds in which 95 of 100 answers were whole; the searches take turns. */
async function timed(pbx: ServedPbx, searches: readonly string[]): Promise<number[]> {
  const taken = searches.map((): number[] => []);
  for (let i = 0; i < REQUESTS; i++) {
    for (const [which, search] of searches.entries()) {
      const start = performance.now();
      const answer = await pbx.get(`/?${search}`);
      const page = await answer.text();
      taken[which]?.push(performance.now() - start);
      if (answer.status !== 200 || page.split('<tr>').length !== ROWS_OF_A_PAGE + 2) throw new Error(`a page of '${search}' is not full`);
    }
  }
  return taken.map((times) => times.sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN);
}
