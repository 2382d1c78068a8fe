import { describe, expect, test } from 'vitest';
import { houseWith, smallHouse, type Tree, treeOf } from './some-pbx.ts';

const read = (tree: Tree, path: string): string => String(tree.files.find((f) => f.path === path)?.content ?? '');
const unit = 'etc/systemd/system/asterisk.service.d/migrate.conf';

describe('the machine', () => {
  test("keeps the old box's clock, which Asterisk reads from /etc/localtime alone", async () => {
    expect(read(await treeOf(smallHouse), unit)).toContain('ExecStartPre=+/bin/ln -sfn /usr/share/zoneinfo/Europe/Moscow /etc/localtime');
  });

  test('keeps its own clock where the zone is unknown or no zone', async () => {
    for (const timeZone of [undefined, '../../etc/passwd', 'Europe/Moscow; rm -rf /']) {
      const tree = await treeOf({ ...smallHouse, settings: { pbx: timeZone === undefined ? {} : { timeZone } } });
      expect(read(tree, unit)).not.toContain('localtime\n');
    }
  });

  test('sends mail by a command that exists, once it is live, and says that the relay is not known', async () => {
    const live = await treeOf(smallHouse, true);
    expect(live.text('voicemail.conf')).toContain('mailcmd = /usr/bin/msmtp --file=/etc/msmtprc --read-recipients\n');
    expect(read(live, 'etc/msmtprc')).toContain('account default : relay');
    expect(live.codes()).toContain('MAIL_RELAY_UNKNOWN');
    expect((await treeOf(smallHouse)).text('voicemail.conf')).toContain('mailcmd = /bin/sh /etc/migrate/mail.sh\n');
  });

  test('has no mail to send where no mailbox has an address', async () => {
    const tree = await treeOf(houseWith('mailbox', '102@default', { email: '' }));
    expect(read(tree, 'etc/msmtprc')).toBe('');
  });

  test('looks at the hours once a minute where lamps show time conditions', async () => {
    const timer = 'etc/systemd/system/asterisk-time-conditions.timer';
    const codes = { 'timeconditions/toggle-mode-1': { code: '*271' } };
    const some = await treeOf({ ...smallHouse, 'time-condition': { '1': { name: 'Hours' } }, 'feature-code': codes });
    expect(read(some, timer)).toContain('OnCalendar=*:*:00');
    expect(some.text('extensions.d/switch-code.conf')).toContain('[tc-maint]');
    expect(read(await treeOf(smallHouse), timer)).toBe('');
  });
});

describe('languages', () => {
  test('what spoken numbers lack in a language is said once, whoever speaks it', async () => {
    const house = { ...houseWith('extension', '101', { language: 'ru' }), settings: { pbx: { language: 'ru_RU' } } };
    const found = (await treeOf(house)).findings.filter((f) => f.code === 'SPOKEN_NUMBERS_INCOMPLETE');
    expect(found.map((f) => f.where)).toEqual([expect.stringContaining('ru/digits/100')]);
    expect((await treeOf({ ...smallHouse, settings: { pbx: { language: 'en' } } })).codes()).not.toContain('SPOKEN_NUMBERS_INCOMPLETE');
  });

  test('a language that Debian has no sounds of is heard in English, and said', async () => {
    expect((await treeOf({ ...smallHouse, settings: { pbx: { language: 'pl' } } })).codes()).toContain('LANGUAGE_NOT_INSTALLED');
  });
});

describe('music', () => {
  const classes = (music: object) => treeOf({ ...smallHouse, 'music-class': music as never });

  test('a class plays its files, in its order, and MP3 needs its module', async () => {
    const tree = await classes({ evening: { files: ['a.wav', 'b.mp3', 'd.ogg'] } });
    expect(tree.text('musiconhold.conf')).toContain('[evening]\nmode = files\ndirectory = /var/lib/asterisk/moh/evening\n');
    expect(tree.text('modules.conf')).toContain('load = format_mp3.so');
    expect(tree.codes()).toContain('MUSIC_MP3');
    const lost = tree.findings.filter((f) => f.code === 'MUSIC_NOT_CARRIED').map((f) => f.where);
    expect(lost).toEqual(['d.ogg']);
  });

  test('a class without files, or of a stream, is the default music; a silent one is a file of silence', async () => {
    const tree = await classes({ lost: {}, radio: { mode: 'stream', application: '/usr/bin/mpg123 http://x' }, none: { mode: 'silence' } });
    const text = tree.text('musiconhold.conf');
    for (const name of ['lost', 'radio']) expect(text).toContain(`[${name}]\nmode = files\ndirectory = /usr/share/asterisk/moh\n`);
    expect(text).not.toContain('mpg123');
    const silence = tree.files.find((f) => f.path === 'var/lib/asterisk/moh/none/silence.ulaw');
    expect(new Set(silence?.content as Uint8Array)).toEqual(new Set([0xff]));
  });
});
