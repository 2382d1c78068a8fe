import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planOf } from '../../src/cutover/plan/plan.ts';
import { planText } from '../../src/cutover/plan/plan-text.ts';
import { timesOf } from '../../src/cutover/plan/times.ts';
import { writePlan } from '../../src/cutover/plan/write-plan.ts';
import { finding } from '../../src/finding.ts';
import { readBuild } from '../../src/model/build.ts';
import { houseWith, pbx, smallHouse } from '../render/some-pbx.ts';
import { aBuild } from './a-build.ts';

const nothing = { modelSha256: '0', verified: null, findings: [], times: timesOf('') };

/** A report of verify, as far as a cutover reads it. */
async function reportOf(build: string, o: { failed?: number; modelSha256?: string } = {}): Promise<string> {
  const { manifest } = await readBuild(build);
  const dir = join(dirname(build), 'report');
  await mkdir(dir, { recursive: true });
  const counts = { passed: 9, failed: o.failed ?? 0 };
  const said = { at: '2026-11-28T20:00:00Z', sentence: 'In the lab all went well.', modelSha256: o.modelSha256 ?? manifest.modelSha256 };
  await writeFile(
    join(dir, 'report.json'),
    JSON.stringify({ ...said, editedFiles: [], findings: [], static: { lines: [], mismatches: [] }, counts }),
  );
  return dir;
}

describe('the plan of a cutover', () => {
  test('tells of each carrier whether it must be told something', () => {
    const plan = planOf(pbx(houseWith('trunk', '2', { technology: 'sip', name: 'By address', peer: 'fixed', host: '192.0.2.9' })), nothing);
    const [registering, fixed] = plan.carriers;
    expect(registering?.registers).toEqual(['house@sip.carrier.example']);
    expect(registering?.tell).toContain('whoever registered last gets the calls');
    expect(fixed?.tell).toContain('192.0.2.9 knows this PBX by its address');
  });

  test('names the telephones that must be looked at, and none where name and password stay', () => {
    expect(planOf(pbx(smallHouse), nothing).telephones).toMatchObject({ sip: 2, iax2: 0, changed: [] });
    const changed = planOf(pbx(houseWith('device', '102', { host: '192.0.2.50' })), nothing).telephones.changed;
    expect(changed.map((c) => c.id)).toEqual(['102']);
    const confined = planOf(pbx(houseWith('device', '101', { context: 'no-city' })), nothing).telephones.changed;
    expect(confined).toEqual([{ id: '101', what: expect.stringContaining('a class of service of its own') }]);
  });

  test('names what the old machine did beside, the lines that programs must change, and the ports', () => {
    const findings = [
      finding('JOB_STAYS_BEHIND', { where: 'crontab root', means: 'A job at night.' }),
      finding('AMI_CLIENT_DIFFERS', { where: 'Action: SIPpeers', means: 'none', hint: 'Send instead: Action: PJSIPShowEndpoints' }),
    ];
    const plan = planOf(pbx(houseWith('ami-user', 'dialer', { permit: ['10.0.0.5/255.255.255.255'] })), { ...nothing, findings });
    expect(plan.beside.map((b) => b.code)).toEqual(['JOB_STAYS_BEHIND']);
    expect(plan.lines).toEqual([{ says: 'Action: SIPpeers', instead: 'Action: PJSIPShowEndpoints' }]);
    expect(plan.ports.map((p) => `${p.port}/${p.protocol}`)).toEqual(['5060/udp', '10000-20000/udp', '5038/tcp', '80/tcp']);
    const text = planText(plan);
    for (const told of ['A job at night.', '`Action: SIPpeers` → Action: PJSIPShowEndpoints', '10.0.0.5/255.255.255.255', '5038/tcp'])
      expect(text).toContain(told);
  });

  test('says how long each step took when it was last done, and of the others that nobody has measured it', () => {
    const line = (phase: string, step: string, seconds: number): string =>
      JSON.stringify({ at: '2026-11-28T20:00:00Z', phase, step, seconds, result: '5 copied' });
    const journal = [line('sync', 'call-records', 90), '{"phase":"sync","begins":true}', line('sync', 'call-records', 2.5), '{"broken', ''];
    const text = planText(planOf(pbx(smallHouse), { ...nothing, times: timesOf(journal.join('\n')) }));
    expect(text).toContain('| sync | call records that came since the last copy | 2.5 | 2026-11-28T20:00:00Z: 5 copied |');
    expect(text).toContain('| sync | voicemail that came since the last copy | not measured | |');
    expect(text).toContain('Nobody can call: not measured here');
    const went = timesOf('').filter(({ phase }) => phase === 'go');
    const whole = went.map(({ phase, step }) => line(phase, step, 1)).join('\n');
    expect(planText(planOf(pbx(smallHouse), { ...nothing, times: timesOf(whole) }))).toContain(
      `Nobody can call: ${went.length} seconds, at the last \`go\``,
    );
  });

  test('is ready where the last verification is green, of this model and of these files', async () => {
    const build = await aBuild(smallHouse);
    const out = join(dirname(build), 'cutover');
    expect((await writePlan(build, { report: join(dirname(build), 'report'), out })).verified).toBeNull();
    const report = await reportOf(build);
    expect((await writePlan(build, { report, out })).verified).toMatchObject({ isGreen: true, but: [] });
    expect(await readFile(join(out, 'CUTOVER.md'), 'utf8')).toContain('In the lab all went well.');
    await reportOf(build, { failed: 2 });
    expect((await writePlan(build, { report, out })).verified).toMatchObject({ isGreen: false, but: ['2 calls failed'] });
    await reportOf(build, { modelSha256: 'another' });
    expect((await writePlan(build, { report, out })).verified?.but).toEqual(['it is older than the build: the model has changed since']);
  });

  test('is not ready where a file was edited after the verification', async () => {
    const build = await aBuild(smallHouse);
    const report = await reportOf(build);
    await writeFile(join(build, 'etc/asterisk/rtp.conf'), '[general]\n');
    const plan = await writePlan(build, { report, out: join(dirname(build), 'cutover') });
    expect(plan.verified?.but).toEqual(['edited by hand since: etc/asterisk/rtp.conf']);
  });
});
