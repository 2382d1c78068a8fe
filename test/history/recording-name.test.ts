import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecordingName } from '../../src/history/recording-name.ts';

const of = (path: string) => readRecordingName(Buffer.from(path));

describe('the name of a recording', () => {
  it.each([
    ['20130603-100310-1370253790.1210.wav', '2013/06/03', '1370253790.1210'],
    ['OUT101-20130603-100310-1370253790.1210.wav', '2013/06/03', '1370253790.1210'],
    ['IN-79161234567-101-20130603-100310-1370253790.1210.WAV', '2013/06/03', '1370253790.1210'],
    ['q400-20130603-100310-1370253790.1210.wav', '2013/06/03', '1370253790.1210'],
    ['g600-20130603-100310-1370253790.1210.gsm', '2013/06/03', '1370253790.1210'],
    ['exten-101-unknown-20130603-100310-1370253790.1210.wav', '2013/06/03', '1370253790.1210'],
    ['external-101-79161234567-20130603-100310-1370253790.1210.wav', '2013/06/03', '1370253790.1210'],
    ['rg-600-79161234567-20130603-100310-1370253790.1210.wav', '2013/06/03', '1370253790.1210'],
    ['force-101-102-20130603-100310-pbx-1370253790.1210.wav', '2013/06/03', 'pbx-1370253790.1210'],
    ['2013/06/03/out-9161234567-101-20130603-100310-1370253790.1210.wav', '2013/06/03', '1370253790.1210'],
    ['2013/06/04/auto.wav', '2013/06/04', ''],
    ['auto-1370253790-101-102.wav', null, ''],
    ['20139999-100310-1.wav', null, ''],
    ['2013/02/30/x.wav', null, ''],
  ])('%s tells the day and the call', (path, day, uniqueid) => {
    expect(of(path)).toMatchObject({ day, uniqueid });
  });

  it('is looked for in call records bare, with its day and with its whole path', () => {
    const { namedAs } = of('2013/06/03/a-20130603-100310-1.2.wav');
    expect(namedAs).toEqual(expect.arrayContaining(['a-20130603-100310-1.2.wav', '2013/06/03/a-20130603-100310-1.2.wav']));
    expect(namedAs).toContain('/var/spool/asterisk/monitor/2013/06/03/a-20130603-100310-1.2.wav');
  });

  it('may be of any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => void readRecordingName(Buffer.from(bytes))));
  });
});
