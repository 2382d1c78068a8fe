import { beforeAll, describe, expect, test } from 'vitest';
import { diagnose } from '../../src/cutover/doctor/diagnose.ts';
import { type Facts, factsOf } from '../../src/cutover/doctor/facts.ts';
import type { Symptom } from '../../src/cutover/doctor/symptom.ts';
import { type Build, readBuild } from '../../src/model/build.ts';
import { smallHouse } from '../render/some-pbx.ts';
import { aBuild } from './a-build.ts';

const now = new Date('2026-11-28T20:00:00Z');

describe('the doctor', () => {
  let build: Build;
  beforeAll(async () => {
    build = await readBuild(await aBuild(smallHouse));
  });
  const facts = (some: Partial<Facts>): Facts => ({ ...factsOf(''), ...some });
  const said = (
    about: string,
    some: Partial<Facts>,
    before: string[] | null = null,
    seen: Record<string, string> = {},
  ): Symptom | undefined =>
    diagnose(facts(some), build, { now, before: before === null ? null : { atGo: before, seen } }).find((s) => s.about === about);
  const live = { status: 'state: live\npilots: \n' };

  test('sees that Asterisk does not run, and that another build is installed', () => {
    expect(said('Asterisk', {})?.health).toBe('ill');
    expect(said('Asterisk', { uptime: '12', status: `state: quiet\nbuild: ${build.manifest.modelSha256}` })?.health).toBe('well');
    expect(said('Asterisk', { uptime: '12', status: 'state: quiet\nbuild: other' })?.says).toContain('made of another model');
  });

  test('misses the telephones that were there on the old PBX, and no others', () => {
    const contacts =
      '  Contact:  101/sip:101@192.0.2.7:5060   a294ec7ee0 Avail   3.2\n  Contact:  102/sip:102@192.0.2.8:5060  18a87e914d Unavail  nan';
    expect(said('telephones', { ...live, contacts }, ['101', '102'])).toMatchObject({
      health: 'ill',
      says: expect.stringContaining('at the cutover: 102'),
    });
    expect(said('telephones', { ...live, contacts }, ['101'])?.health).toBe('well');
    expect(said('telephones', { ...live, contacts }, ['101'], { '102': '2026-11-20T09:30:00.000Z' })?.says).toContain(
      '1 of 2 are registered; not: 102 (on the old PBX 2026-11-20T09:30Z)',
    );
    expect(said('telephones', { status: 'state: quiet', contacts: '' }, ['101'])?.health).toBe('well');
  });

  test('wants carriers registered once it is live, and not before', () => {
    const row = (is: string): string => ` carrier-registration/sip:sip.carrier.example   carrier-registration-auth   ${is}   (exp. 6s)`;
    expect(said('carriers', { ...live, registrations: row('Registered') })?.health).toBe('well');
    expect(said('carriers', { ...live, registrations: row('Rejected') })?.says).toContain('carrier-registration: Rejected');
    expect(said('carriers', { status: 'state: quiet', registrations: row('Registered') })?.health).toBe('ill');
  });

  test('hears who is not heard: packets that go one way only', () => {
    const row = (name: string, time: string, received: number, sent: number): string =>
      `          ${name}       ${time} ulaw     ${received}       0    0   0.000   ${sent}       0    0   0.000   0.000`;
    const channelStats = [
      row('101-00000002', '00:01:10', 3500, 3500),
      row('102-00000003', '00:01:10', 0, 3500),
      row('103-00000004', '00:00:02', 0, 0),
    ].join('\n');
    const speech = said('speech', { channelStats, channels: 'a!b\nc!d' });
    expect(speech?.says).toBe('2 channels are up; codecs: 3 x ulaw; one way only: 102-00000003 (nothing comes in)');
  });

  test('sees a database that does not answer, a disc that is nearly full, a clock that is off and a certificate that ends', () => {
    expect(said('call records', {})?.health).toBe('ill');
    expect(said('call records', { records: '12\t2026-11-28 22:00:00', odbc: 'Number of active connections: 1 (out of 5)' })?.health).toBe(
      'well',
    );
    expect(said('disc', { disc: '/dev/sda1 1000 950 50 95% /var' })?.health).toBe('ill');
    const zone = '/usr/share/zoneinfo/Europe/Moscow';
    expect(said('clock', { clock: String(now.getTime() / 1000 + 60), zone })).toMatchObject({
      health: 'watch',
      says: expect.stringContaining('60 s before'),
    });
    expect(said('clock', { clock: String(now.getTime() / 1000), zone: '/usr/share/zoneinfo/Etc/UTC' })?.health).toBe('ill');
    expect(said('certificate', { certificates: '/etc/asterisk/keys/a.crt Dec  5 20:00:00 2026 GMT' })?.says).toBe(
      '/etc/asterisk/keys/a.crt ends in 7 days',
    );
  });

  test('names who is refused often, and who is connected over AMI', () => {
    expect(said('refused', { refused: '    412 203.0.113.9\n      1 192.0.2.7' })?.says).toBe('203.0.113.9 412 times');
    const ami = '  Username         IP Address       Start\n  dialer           10.0.0.5         1764360000  10';
    const taskprocessors = 'stasis/m:manager:core-00000007     5120   4000   4100   450   500   1   1';
    expect(said('programs', { ami, taskprocessors })).toMatchObject({
      health: 'ill',
      says: expect.stringContaining('dialer from 10.0.0.5 is connected'),
    });
  });

  test('tells how many events programs are sent a second', () => {
    const taskprocessors = 'stasis/m:manager:core-00000007     5120   0   4100   450   500   1   1';
    expect(said('programs', { uptime: 'System uptime: 512\nLast reload: 512', taskprocessors })?.says).toContain('(10.0 a second)');
  });

  test('sees a telephone that stands in the files and that Asterisk does not hold', () => {
    const row = (name: string): string => ` Endpoint:  ${name}/${name}        Not in use    0 of inf`;
    expect(said('drift', { endpoints: row('101') })?.says).toContain('telephones that Asterisk does not hold: 102');
    expect(said('drift', { endpoints: [row('101'), row('102')].join('\n') })?.says).not.toContain('does not hold');
  });

  test('sees each file that is not as the build has it', () => {
    const other = '0'.repeat(64);
    const files = `${other}  etc/asterisk/rtp.conf\n${other}  etc/asterisk/mine.conf\n${other}  etc/asterisk/live.d/pjsip.conf`;
    const drift = said('drift', { files })?.says;
    expect(drift).toMatch(/^changed: etc\/asterisk\/rtp\.conf; gone: .*; not of the build: etc\/asterisk\/mine\.conf$/);
  });
});
