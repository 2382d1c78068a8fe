import { describe, expect, it } from 'vitest';
import { comparison, comparisonText, isSame } from '../../src/way/compare.ts';
import { aHouse } from './a-house.ts';

const before = aHouse();

describe('what differs between two models, for callers', () => {
  it('nothing, where they are the same', () => {
    expect(isSame(comparison(before, aHouse()))).toBe(true);
    expect(comparisonText(comparison(before, aHouse()))).toBe('the two models are the same\n');
  });

  it('calls of the night ring longer, and those of a key; the day is as it was', () => {
    const night = { description: 'Night', strategy: 'ringall', ringSeconds: '33', members: [{ number: '101' }, { number: '102' }] };
    const { calls, objects } = comparison(before, aHouse({ 'ring-group': { '600': night } }));
    expect(objects).toEqual({ added: [], removed: [], changed: ['ring-group/600'] });
    expect(calls.map((c) => c.what)).toEqual(['did 7495', 'did 7495', 'number 600']);
    expect(calls.map((c) => c.lines.filter((l) => l.sign !== ' ').map((l) => l.text.replace(/^.* for /, '')))).toEqual([
      ['20 s: nobody answers', '33 s: nobody answers'],
      ['20 s: nobody answers', '33 s: nobody answers'],
      ['20 s: nobody answers', '33 s: nobody answers'],
    ]);
    expect(calls.at(2)?.times).toEqual([]);
  });

  it('a number that is new, and one that is gone', () => {
    const { calls, objects } = comparison(
      before,
      aHouse({ 'inbound-route': { '7812/any': { did: '7812', destination: { to: 'ivr', id: '2' } } } }),
    );
    expect(objects).toEqual({ added: ['inbound-route/7812/any'], removed: ['inbound-route/7495/any'], changed: [] });
    expect([...new Set(calls.map((c) => c.what))]).toEqual(['did 7495', 'did 7812']);
  });

  it('what shows only where everybody is busy is told of that', () => {
    const away = (id: string): object => ({ to: 'extension', id, by: 'direct' });
    const house = (busy: object): Parameters<typeof aHouse>[0] => ({
      extension: { '101': { name: 'A', devices: ['101'], busy }, '102': { name: 'B', devices: ['102'] } },
    });
    const { calls } = comparison(aHouse(house({ to: 'end', how: 'hangup' })), aHouse(house(away('102'))));
    expect(calls.map((c) => [c.what, c.phones])).toEqual([['number 101', 'busy']]);
  });

  it('of a secret that differs its name alone', () => {
    const secrets = (value: string) => ({ ...before, secrets: { 'device/101/sip': value } });
    const found = comparison(secrets('old-word'), secrets('new-word'));
    expect(comparisonText(found)).toBe('no call goes another way\nchanged: secret device/101/sip\n');
  });
});
