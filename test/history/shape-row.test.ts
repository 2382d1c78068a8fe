import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cdr } from '../../src/history/cdr.ts';
import { isLocalTime, localSeconds, localText } from '../../src/history/local-time.ts';
import { RowShaper, textLiteral } from '../../src/history/shape-row.ts';

const COLUMNS = ['calldate', 'clid', 'duration', 'userfield', 'site_column'];

function shape(cells: (string | null)[]) {
  const shaper = new RowShaper(cdr, COLUMNS);
  const whole = Buffer.from(cells.map((cell) => cell ?? '\x1e').join('\x1f'));
  const shaped = shaper.shape(whole, null);
  const cell = (column: string): string | undefined => shaped?.cells[shaper.layout.at.get(column) ?? -1];
  return { shaped, cell };
}

describe('a row of call records', () => {
  it('with NULL where the new column takes none has an empty text or 0', () => {
    const { shaped, cell } = shape(['2013-06-03 10:00:00', null, null, null, null]);
    expect(shaped).toMatchObject({ rejected: null, extra: null });
    expect([cell('clid'), cell('duration')]).toEqual(['', '']);
  });

  it('keeps userfield where it names another recording than the column for it', () => {
    const shaper = new RowShaper(cdr, ['userfield', 'recordingfile']);
    expect(shaper.shape(Buffer.from('audio:a.wav\x1fb.wav'), null)?.cells.slice(0, 2)).toEqual(['audio:a.wav', 'b.wav']);
    expect(shaper.shape(Buffer.from('audio:b.wav\x1fb.wav'), null)?.cells.slice(0, 2)).toEqual(['', 'b.wav']);
  });

  it.each(['2013-02-29 10:00:00', '2013-13-01 10:00:00', '2013-06-03 24:00:00', '2013-06-03', 'yesterday'])(
    'of %s has no date that exists',
    (calldate) => {
      expect(shape([calldate, '', '0', '', '']).shaped?.rejected).toBe('calldate: there is no such date');
    },
  );

  it('is found to have no date that exists after one that has, on the same day', () => {
    const shaper = new RowShaper(cdr, ['calldate']);
    expect(shaper.shape(Buffer.from('2013-06-03 10:00:00'), null)?.rejected).toBeNull();
    for (const bad of ['2013-06-03 24:00:00', '2013-06-03 10:60:00', '2013-06-03 10:00:61', '2013-06-03 ']) {
      expect(shaper.shape(Buffer.from(bad), null)?.rejected).toBe('calldate: there is no such date');
    }
  });

  it('has the cells that were put together, whatever they hold but separators', () => {
    const text = fc.string({ unit: 'grapheme-ascii', maxLength: 300 });
    fc.assert(
      fc.property(text, text, (clid, extra) => {
        const { shaped, cell } = shape(['2013-06-03 10:00:00', clid, '5', '', extra]);
        const isShort = clid.length <= 255;
        expect(cell('clid')).toBe(clid);
        expect(shaped?.rejected === null).toBe(isShort);
        expect(shaped?.extra).toBe(extra === '' ? null : JSON.stringify({ site_column: extra }));
      }),
    );
  });
});

it('a text as SQL ends nowhere but at its own end', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("'", '\\', '\0', '"', ';', 'a', '\n', 'я') }), (text) => {
      const inner = textLiteral(text).slice(1, -1);
      expect(inner.replace(/\\./gs, '')).not.toMatch(/['\\\0]/);
      expect(inner.replace(/\\(.)/gs, (_, c: string) => (c === '0' ? '\0' : c))).toBe(text);
    }),
  );
});

it('local times count forth and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -2_000_000_000, max: 4_000_000_000 }), (seconds) => {
      const text = localText(seconds);
      expect(isLocalTime(text)).toBe(true);
      expect(localSeconds(text)).toBe(seconds);
    }),
  );
});
