import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openBox } from '../../src/box/box.ts';
import { silentContext } from '../../src/context.ts';
import { boxTools } from '../../src/extract/extract.ts';
import { type Reading, readBox } from '../../src/extract/read-box.ts';
import { renderModel } from '../../src/render/render.ts';
import { pathCheck } from '../../src/verify/paths/path-check.ts';
import { plan } from '../../src/verify/plan.ts';
import { falseAlarms, holding } from '../verify/false-alarms.ts';

const HOTEL = join(import.meta.dirname, '../boxes/hotel');

describe("the hotel's box, of FreePBX 2.8", () => {
  let reading: Reading;
  let rendered: Awaited<ReturnType<typeof renderModel>>;
  beforeAll(async () => {
    reading = readBox(await openBox(HOTEL, {}, boxTools({}, silentContext()), silentContext()));
    rendered = await renderModel(reading.model, { live: false }, silentContext());
  });

  it('holds nothing that nobody knows', () => {
    expect(reading.ledger.entries.filter((e) => e.fate === 'unknown').map((e) => `${e.name} ${e.key}`)).toEqual([]);
    expect(reading.findings.filter((f) => f.code.endsWith('NOT_CARRIED')).map((f) => `${f.code} ${f.where}`)).toEqual([
      'MUSIC_NOT_CARRIED /var/lib/asterisk/mohmp3',
    ]);
  });

  it('is rendered as its model says, in every list and in thousands of calls by chance', { timeout: 60_000 }, async () => {
    expect(await falseAlarms(reading.model, rendered)).toEqual([]);
    expect(await pathCheck(holding(reading.model, rendered.files), reading.model)).toEqual([]);
  });

  it('has calls for every route, each with and without a PIN', () => {
    const { scenarios, skipped } = plan(reading.model);
    expect(skipped.filter((s) => !s.why.includes('--patient'))).toEqual([]);
    const ids = scenarios.map((s) => s.id);
    for (const id of Object.keys(reading.model['outbound-route'])) expect(ids.some((s) => s.startsWith(`outbound/${id}/`))).toBe(true);
    expect(ids).toEqual(
      expect.arrayContaining(['outbound/2/9|00X./wrong-pin', 'outbound/2/9|00X./no-pin-needed', 'outbound/6/9|8816XXXX/nothing-keyed']),
    );
  });
});
