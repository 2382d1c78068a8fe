import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallTies, type Leg } from '../../src/box/call-ties.ts';

function leg(start: number, uniqueid: string, o: Partial<Leg> = {}): Leg {
  return { start, end: start + 30, uniqueid, linkedid: '', channel: 'SIP/1-a', dstchannel: 'SIP/2-b', ...o };
}

describe('rows of one call', () => {
  it('are those that share a uniqueid', () => {
    expect(new CallTies().tie([leg(1, '1.1'), leg(5, '1.1'), leg(6, '6.2')])).toEqual(['1.1', '1.1', '6.2']);
  });

  it('are those that name the two halves of one Local channel, through any number of them', () => {
    const legs = [
      leg(1, '1.1', { dstchannel: 'Local/600@x-0001;1' }),
      leg(2, '2.3', { channel: 'Local/600@x-0001;2', dstchannel: 'Local/101@y-0002;1' }),
      leg(2, '2.5', { channel: 'Local/101@y-0002;2' }),
    ];
    expect(new CallTies().tie(legs)).toEqual(['1.1', '1.1', '1.1']);
  });

  it('are not two calls that had a Local channel of the same name, an hour apart', () => {
    const legs = [leg(1, '1.1', { dstchannel: 'Local/600@x-0001;1' }), leg(3600, '3600.3', { channel: 'Local/600@x-0001;2' })];
    expect(new CallTies().tie(legs)).toEqual(['1.1', '3600.3']);
  });

  it('are one call from one batch of rows to the next', () => {
    const ties = new CallTies();
    ties.tie([leg(1, '1.1', { dstchannel: 'Local/600@x-0001;1' })]);
    expect(ties.tie([leg(20, '20.4', { channel: 'Local/600@x-0001;2' }), leg(25, '20.4')])).toEqual(['1.1', '1.1']);
  });

  it('begin with the lower number of two channels of one second', () => {
    const local = { dstchannel: 'Local/600@x-0001;1' };
    expect(new CallTies().tie([leg(1, 'pbx-1.10', local), leg(1, 'pbx-1.9', { channel: 'Local/600@x-0001;2' })])).toEqual([
      'pbx-1.9',
      'pbx-1.9',
    ]);
  });

  it('keep a linkedid that the old table has', () => {
    expect(new CallTies().tie([leg(1, '1.2', { linkedid: '1.1' })])).toEqual(['1.1']);
  });

  it('are the same however the rows are cut into batches', () => {
    const calls = fc.array(fc.record({ local: fc.nat(5), gap: fc.nat(40), half: fc.constantFrom('1', '2') }), { maxLength: 30 });
    fc.assert(
      fc.property(calls, fc.nat(30), (told, cut) => {
        let start = 0;
        const legs = told.map(({ local, gap, half }, i) => {
          start += gap;
          const name = `Local/6@x-${local};${half}`;
          return leg(start, `${start}.${i}`, half === '1' ? { dstchannel: name } : { channel: name });
        });
        const ties = new CallTies();
        const whole = new CallTies().tie(legs);
        expect([...ties.tie(legs.slice(0, cut)), ...ties.tie(legs.slice(cut))]).toEqual(whole);
      }),
    );
  });
});
