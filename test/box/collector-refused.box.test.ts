import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { changed, type OldMachine, SECRETS, startOldMachine } from './old-machine.ts';

let machine: OldMachine;
beforeAll(async () => {
  machine = await startOldMachine();
});
afterAll(() => machine?.end());
afterEach(() => machine.sh('rm -rf /srv/out; mkdir /srv/out'));

/** A run that cannot be: clear words, a status that is not 0, nothing left, no secret told. */
async function refused(said: Promise<{ code: number; out: string; err: string }>, folder = '/srv/out'): Promise<string> {
  const { code, out, err } = await said;
  expect(code).not.toBe(0);
  expect((await machine.sh(`ls -A ${folder}`)).out).toBe('');
  for (const secret of Object.values(SECRETS)) expect(out + err).not.toContain(secret);
  return `${code}: ${err}`;
}

const RESTORE = 'cp /srv/saved/* /etc/';
const SAVE = 'mkdir -p /srv/saved && cp /etc/elastix.conf /etc/amportal.conf /srv/saved/';

describe('what cannot be is told in clear words, and nothing is left', () => {
  test('a password that MySQL does not take', async () => {
    const before = `${SAVE}; echo mysqlrootpwd=old-guess > /etc/elastix.conf; echo > /etc/amportal.conf`;
    const told = await refused(machine.collect('--yes /srv/out', { before }));
    expect(told).toMatch(/^3: .*Access denied.*using password: YES.*\n {2}next: .*--my-cnf/);
    expect(told).not.toContain('old-guess');
    expect(await machine.collect('--yes --my-cnf /srv/root.cnf /srv/out')).toMatchObject({ code: 0 });
    await machine.sh(RESTORE);
  });

  test('a database that is not there', async () => {
    const before = `${SAVE}; echo AMPDBNAME=pbx >> /etc/amportal.conf`;
    expect(await refused(machine.collect('--yes /srv/out', { before }))).toMatch(/^3: .*no database 'pbx'/);
    await machine.sh(RESTORE);
    const cdr = `${SAVE}; echo CDRDBNAME=calls >> /etc/amportal.conf`;
    expect(await refused(machine.collect('--yes /srv/out', { before: cdr }))).toMatch(/^3: .*no database 'calls'.*\n.*--without cdr/);
    expect(await machine.collect('--yes --without cdr /srv/out')).toMatchObject({ code: 0 });
    await machine.sh(RESTORE);
  });

  test.each(['mysqldump', 'gzip', 'tar'])('the program %s that is not there', async (program) => {
    const before = `rm -rf /srv/few; mkdir /srv/few; ln -s /usr/bin/* /srv/few; rm -f /srv/few/${program} /srv/few/mariadb-dump; PATH=/srv/few`;
    expect(await refused(machine.collect('--yes /srv/out', { before }))).toMatch(new RegExp(`^3: .*${program}`));
  });

  test('a disc with too little room, and one that fills up meanwhile', async () => {
    expect(await refused(machine.collect('--yes /srv/small'), '/srv/small')).toMatch(/^3: .*not enough room/);
    const said = machine.collect('--yes /srv/small', {
      before: 'head -c 2400000 /dev/zero > /srv/small/filler',
      change: (script) => changed(script, '[ "$free" -ge "$needed" ] ||', 'true ||'),
    });
    expect(
      await refused(
        said.finally(() => machine.sh('rm -f /srv/small/filler')),
        '/srv/small',
      ),
    ).toMatch(/^3: .*is full/);
  });

  test('a folder that does not exist, a part that nobody knows, no folder at all', async () => {
    for (const args of ['/srv/nowhere', '--without phones /srv/out', '', '--sip soon /srv/out', '--my-cnf /nowhere /srv/out']) {
      expect(await refused(machine.collect(args))).toMatch(/^2: collect: .*\n {2}next: /);
    }
  });

  test('nobody to ask, and somebody who says no', async () => {
    expect(await refused(machine.collect('/srv/out'))).toMatch(/^2: .*no terminal/);
    const no = await machine.sh("echo n | script -qec 'dash /srv/collect.sh /srv/out' /dev/null");
    expect(no).toMatchObject({ code: 1, out: expect.stringContaining('Nothing was taken.') as string });
    expect(await machine.left()).toEqual([]);
    const yes = await machine.sh("echo y | script -qec 'dash /srv/collect.sh /srv/out' /dev/null");
    expect(yes.code).toBe(0);
    expect(await machine.left()).toHaveLength(1);
  });

  test.each(['TERM', 'HUP'])('a signal %s in the middle of it', async (signal) => {
    await machine.container.put('/usr/bin', [
      { path: 'tcpdump', mode: 0o755, content: Buffer.from('#!/bin/sh\necho packets\nexec sleep 987\n') },
    ]);
    const run = `dash /srv/collect.sh --yes --sip 60 /srv/out > /dev/null 2>&1 & script=$!
      until pgrep -f '[s]leep 987' > /dev/null; do sleep 0.1; done; kill -${signal} $script; wait $script; echo $?; pgrep -f '[s]leep 987'`;
    expect((await machine.sh(run)).out).toBe(signal === 'TERM' ? '143\n' : '129\n');
    expect(await machine.left()).toEqual([]);
  });
});
