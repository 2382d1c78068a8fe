import { describe, expect, test } from 'vitest';
import { readOldLink } from '../../../src/history/serve/old-link.ts';

const NAME = 'OUT101-20130603-100310-1370253790.1210.wav';

describe('a link of the old box', () => {
  test.each([
    [`/cdr_static/${NAME}`, NAME],
    [`/cdr_static/2013/06/03/${NAME}`, `2013/06/03/${NAME}`],
    [`/monitor/${NAME}`, NAME],
    [`/${NAME}`, NAME],
    ['/old/a.WAV', 'old/a.WAV'],
  ])('%s names a recording', (path, file) => {
    expect(readOldLink(path, {})).toEqual({ by: 'path', path: file });
  });

  test('of the recordings portal names it by its whole path', () => {
    const recording = `/var/spool/asterisk/monitor/${NAME}`;
    expect(readOldLink('/recordings/misc/audio.php', { recording })).toEqual({ by: 'path', path: NAME });
  });

  test('of the monitoring module names a call by its uniqueid, to hear it or to keep it', () => {
    const query = { menu: 'monitoring', id: '1370253790.1210', rawmode: 'yes' };
    const call = { by: 'uniqueid', uniqueid: '1370253790.1210' };
    expect(readOldLink('/index.php', { ...query, action: 'display_record' })).toEqual({ ...call, name: '', isDownload: false });
    expect(readOldLink('/', { ...query, action: 'download', namefile: NAME })).toEqual({ ...call, name: NAME, isDownload: true });
  });

  test.each([
    ['/', {}],
    ['/', { number: '101' }],
    ['/index.php', { menu: 'sysinfo', action: 'download', id: '1.1' }],
    ['/index.php', { menu: 'monitoring', action: 'delete', id: '1.1' }],
    ['/index.php', { menu: ['monitoring'], action: 'download', id: '1.1' }],
    ['/etc/passwd', {}],
    ['/cdr_static/', {}],
    ['/cdr_static/list.php', {}],
  ])('is not what %s %j is', (path, query) => {
    expect(readOldLink(path, query)).toBeNull();
  });
});
