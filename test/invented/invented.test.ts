import { describe, expect, it } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { readBox } from '../../src/extract/read-box.ts';
import { ledgerTotals } from '../../src/model/ledger.ts';
import { refText } from '../../src/model/ref.ts';
import { renderModel } from '../../src/render/render.ts';
import { pathCheck } from '../../src/verify/paths/path-check.ts';
import { plan } from '../../src/verify/plan.ts';
import { boxOf } from '../extract/box-of.ts';
import { falseAlarms, holding } from '../verify/false-alarms.ts';
import { inventBox } from './invented-box.ts';
import { SHAPES } from './shape.ts';

const MOST_MS = 120_000;
const read = (o: { shape: (typeof SHAPES)[number]; seed: number; faults: boolean }) => readBox(boxOf(inventBox({ extensions: 24, ...o })));

describe.each(SHAPES)('a box that nobody has seen, in the shape of %s', (shape) => {
  it('is carried whole, and does what its model says, in every list and in thousands of calls by chance', {
    timeout: MOST_MS,
  }, async () => {
    const { model, ledger } = read({ shape, seed: 1, faults: false });
    expect(ledgerTotals(ledger)).toMatchObject({ unknown: 0, unaccounted: 0 });
    const rendered = await renderModel(model, { live: false }, silentContext());
    expect(await falseAlarms(model, rendered)).toEqual([]);
    expect(await pathCheck(holding(model, rendered.files), model)).toEqual([]);
    expect(plan(model).scenarios.length).toBeGreaterThan(100);
  });

  it('with all that is broken on old boxes loses no row and raises no false alarm', { timeout: MOST_MS }, async () => {
    const { model, ledger, findings } = read({ shape, seed: 2, faults: true });
    expect(ledgerTotals(ledger).unaccounted).toBe(0);
    const rendered = await renderModel(model, { live: false }, silentContext());
    expect(await falseAlarms(model, rendered)).toEqual([]);
    expect(await pathCheck(holding(model, rendered.files), model)).toEqual([]);
    plan(model);
    const about = new Set(findings.map((f) => `${f.code} ${f.about === null ? '' : refText(f.about)}`));
    expect([...about]).toEqual(
      expect.arrayContaining([
        'CALL_CIRCLE ring-group/9600',
        'CALL_CIRCLE announcement/91',
        'OWNER_MISSING extension/9999',
        'CALL_CIRCLE extension/8902',
        'CALL_CIRCLE extension/8903',
        'ROUTE_INERT outbound-route/896',
        'DEVICE_OF_NOBODY device/8901',
        'MEMBERS_CUT ring-group/8960',
      ]),
    );
    expect(model.trunk['896']).toMatchObject({ technology: 'sip', host: '198.51.100.99' });
  });
});
