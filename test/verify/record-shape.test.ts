import { describe, expect, it } from 'vitest';
import { emptyModel, type Model } from '../../src/model/kinds.ts';
import type { CallRow } from '../../src/verify/call-row.ts';
import { isApart, recordsOf, shapeDifferences, shapesOf } from '../../src/verify/old/record-shape.ts';
import { pbx, smallHouse } from '../render/some-pbx.ts';

const HOUSE = pbx(smallHouse);
const empty = { did: '', accountcode: '', userfield: '', recordingfile: '', linkedid: '' };
let next = 0;

/** A row of the call that began at a second; `call` its own uniqueid. */
function row(channel: string, dstchannel: string, dst: string, o: Partial<CallRow> = {}): CallRow {
  const start = ++next * 1000;
  const own = { start, end: start + 10, uniqueid: `${start}.1`, channel, dstchannel, dst };
  return { ...empty, dcontext: 'from-internal', lastapp: 'Dial', disposition: 'ANSWERED', ...own, ...o };
}

/** So many rows of one call to group 600, one a telephone, as Asterisk writes them since 12. */
function toGroup(rows: number, tech: string): CallRow[] {
  const first = row(`${tech}/101-0000001`, `${tech}/102-0000002`, '600', { dcontext: 'ext-group' });
  return Array.from({ length: rows }, () => first);
}

const kinds = (rows: readonly CallRow[], model: Model = HOUSE): string[] => shapesOf(rows, model).map((s) => `${s.calls} ${s.kind}`);

describe('what calls leave in the call records', () => {
  it('is told by who began the call and whom it came to, by whichever channel driver', () => {
    expect(kinds([row('SIP/101-00000001', 'SIP/102-00000002', '102')])).toEqual([
      '1 from inside to a number of the kind extension, somebody answers',
    ]);
    expect(kinds([row('PJSIP/carrier-00000001', 'PJSIP/101-00000002', '600')])).toEqual([
      '1 from outside to a number of the kind ring-group, somebody answers',
    ]);
    expect(kinds([row('SIP/101-00000001', 'SIP/carrier-00000002', '94951234567', { disposition: 'BUSY' })])).toEqual([
      '1 from inside to the outside, nobody answers',
    ]);
  });

  it('is nothing where neither a telephone nor a trunk of the model began it', () => {
    expect(kinds([row('SIP/stranger-00000001', 'SIP/102-00000002', '102'), row('SIP/101-00000001', '', '102')], emptyModel())).toEqual([]);
  });

  it('is counted by call, whose rows share a uniqueid or the two halves of a Local channel', () => {
    const first = row('SIP/carrier-00000001', 'Local/101@from-queue-0001;1', '600');
    const second = { ...first, uniqueid: 'other', channel: 'Local/101@from-queue-0001;2', dstchannel: 'SIP/101-00000003', dst: '101' };
    expect(shapesOf([first, second], HOUSE)).toMatchObject([{ calls: 1, rows: { 2: 1 } }]);
  });

  it('is set apart for transferred and parked calls, which the lab does not place', () => {
    const rows = [
      row('AsyncGoto/SIP/101-00000001', 'SIP/102-00000002', '102'),
      row('SIP/101-00000003', 'SIP/102-00000004', '102', { dcontext: 'from-internal-xfer' }),
      row('SIP/101-00000005', '', '70', { lastapp: 'Park' }),
    ];
    expect(kinds(rows)).toEqual(['2 transferred', '1 parked']);
    expect(shapesOf(rows, HOUSE).every(isApart)).toBe(true);
  });
});

describe('a report of calls', () => {
  const told = (old: readonly CallRow[], is: readonly CallRow[]): string[] =>
    shapeDifferences(shapesOf(old, HOUSE), shapesOf(is, HOUSE)).map((d) => `${d.was} -> ${d.is}`);
  const three = (make: () => CallRow[]): CallRow[] => [1, 2, 3].flatMap(make);

  it('finds more rows of a group where each telephone has one', () => {
    expect(
      told(
        three(() => toGroup(1, 'SIP')),
        three(() => toGroup(3, 'PJSIP')),
      ),
    ).toEqual(['one row a call -> mostly 3, at most 3 rows a call']);
    expect(
      told(
        three(() => toGroup(1, 'SIP')),
        three(() => toGroup(1, 'PJSIP')),
      ),
    ).toEqual([]);
  });

  it('finds another context, and a column that is empty now; a recording may be named in either of two', () => {
    const inside = (o: Partial<CallRow>) => three(() => [row('SIP/101-00000001', 'SIP/102-00000002', '102', o)]);
    expect(told(inside({}), inside({ dcontext: 'ext-local' }))).toEqual(["dcontext is mostly 'from-internal' -> 'ext-local'"]);
    expect(told(inside({ accountcode: 'A1' }), inside({}))).toEqual(['accountcode is filled in 100 % of them -> in none']);
    expect(told(inside({ userfield: 'audio:a.wav' }), inside({ recordingfile: 'a.wav' }))).toEqual([]);
    expect(told(inside({ userfield: 'audio:a.wav' }), inside({}))).toHaveLength(1);
  });

  it('finds nothing where what was usual is usual still, whatever else the lab has tried', () => {
    const inside = (dcontext: string) => row('SIP/101-00000001', 'SIP/102-00000002', '102', { dcontext });
    const [did, local] = ['from-did-direct', 'ext-local'];
    expect(told([did, did, did].map(inside), [did, local, local].map(inside))).toEqual([]);
    expect(told([did, did, did].map(inside), [local, local, local].map(inside))).toHaveLength(1);
  });

  it('finds nothing in what is rare, nor in kinds that only one side has', () => {
    expect(
      told(
        toGroup(1, 'SIP'),
        three(() => toGroup(3, 'PJSIP')),
      ),
    ).toEqual([]);
    expect(
      told(
        three(() => toGroup(1, 'SIP')),
        [],
      ),
    ).toEqual([]);
  });

  it('is told why there is nothing to compare', () => {
    expect(recordsOf('the source holds no call records', toGroup(1, 'PJSIP'), HOUSE).untold).toBe('the source holds no call records');
    expect(recordsOf([row('SIP/x-1', '', '1')], [], HOUSE).untold).toMatch(/none of them/);
  });
});
