import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { buildImage } from '../../src/engine/images.ts';
import { ownerLabel, parseOwner, startField, thisOwner } from '../../src/engine/owner.ts';
import { Run } from '../../src/engine/run.ts';
import { sweep } from '../../src/engine/sweep.ts';
import { CommandSucceeds, PortAnswers } from '../../src/engine/wait.ts';
import { countOf, useLab } from './lab.ts';

const lab = useLab();
const LATER = new Date(Date.now() + 3_600_000).toISOString();

/** A container, a network, a volume and an image with the labels of somebody else's run. */
async function leave(run: string, owner: string, until: string): Promise<void> {
  const Labels = { 'migrate.run': run, 'migrate.owner': owner, 'migrate.until': until };
  const { docker } = lab.engine;
  const Name = `migrate-${run}`;
  await docker.createNetwork({ Name, Internal: true, Labels });
  await docker.createVolume({ Name, Labels });
  const files = [{ path: 'Dockerfile', content: Buffer.from(`ARG BASE\nFROM $BASE\nENV LEFT_BY=${run}\n`), mode: 0o644 }];
  await buildImage(lab.engine, { tag: `${Name}/left`, base: lab.idle.image, files, labels: Labels }, lab.context);
  await docker.createContainer({ name: Name, Image: lab.idle.image, Labels, HostConfig: { NetworkMode: Name } }).then((c) => c.start());
}

test('a killed run is cleaned up by the next; a live one and another host are left alone', async () => {
  // Alive while its things are made: other tests sweep at the same time.
  const killed = spawn('sleep', ['1000']);
  const pid = killed.pid ?? 0;
  const start = startField(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? '';
  const id = (what: string): string => `${what}-${process.pid}`;
  await leave(id('killed'), ownerLabel({ ...thisOwner(), pid, start }), LATER);
  await leave(id('live'), ownerLabel(thisOwner()), LATER);
  await leave(id('other'), 'elsewhere:1:1', LATER);
  try {
    await sweep(lab.engine, lab.context);
    expect(await countOf(lab.engine, id('killed'))).toBe(4);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    await Promise.all([sweep(lab.engine, lab.context), sweep(lab.engine, lab.context)]);
    const left = await Promise.all(['killed', 'live', 'other'].map((what) => countOf(lab.engine, id(what))));
    expect(left).toEqual([0, 4, 4]);
  } finally {
    await removeByHand(['live', 'other'].map(id));
  }
});

async function removeByHand(runs: string[]): Promise<void> {
  const { docker } = lab.engine;
  for (const run of runs) {
    await docker.getContainer(`migrate-${run}`).remove({ force: true });
    await docker.getNetwork(`migrate-${run}`).remove();
    await docker.getVolume(`migrate-${run}`).remove();
    await docker.getImage(`migrate-${run}/left`).remove();
  }
}

test('labels say whose a container is', async () => {
  const box = await lab.run.container({ ...lab.idle, role: 'labelled' });
  const { Config } = await lab.engine.docker.getContainer(box.id).inspect();
  expect(Config.Labels).toMatchObject({
    'migrate.run': lab.run.id,
    'migrate.role': 'labelled',
    'migrate.until': lab.run.until.toISOString(),
  });
  expect(parseOwner(Config.Labels['migrate.owner'] ?? '')?.pid).toBe(process.pid);
});

test('one lab cannot reach another, nor anything outside', async () => {
  const other = await Run.start(lab.engine, lab.context, { longestMs: 60_000 });
  const entrypoint = ['socat', 'TCP-LISTEN:4000,fork,reuseaddr', 'EXEC:cat'];
  const server = await other.container({ ...lab.idle, role: 'server', network: await other.network(), entrypoint });
  const neighbour = await other.container({ ...lab.idle, role: 'neighbour', network: await other.network() });
  const stranger = await lab.run.container({ ...lab.idle, role: 'stranger', network: await lab.run.network() });
  await server.waitFor(new PortAnswers(4000));
  const reach = ['socat', '-u', 'OPEN:/dev/null', `TCP:${server.ip}:4000,connect-timeout=2`];
  expect([(await neighbour.exec(reach)).code, (await stranger.exec(reach)).code]).toEqual([0, 1]);
  await other.end();
});

test('a carrier has an address that the engine never gives out, and a name', async () => {
  const network = await lab.run.network();
  const ip = network.address(5);
  const box = await lab.run.container({ ...lab.idle, role: 'inside', network, ip, aliases: ['carrier.example'] });
  expect(box.ip).toBe(ip);
  expect((await box.exec(['getent', 'hosts', 'carrier.example'])).out).toContain(ip);
});

test('two labs at once have two subnets', async () => {
  const runs = await Promise.all([1, 2, 3, 4].map(() => Run.start(lab.engine, lab.context, { longestMs: 60_000 })));
  const subnets = await Promise.all(runs.map(async (run) => (await run.network()).subnet));
  await Promise.all(runs.map((run) => run.end()));
  expect(new Set(subnets).size).toBe(4);
});

test('an interrupted run leaves nothing, and what it waited for ends as interrupted', async () => {
  const stop = new AbortController();
  const run = await Run.start(lab.engine, silentContext(stop.signal), { longestMs: 60_000 });
  const network = await run.network();
  const box = await run.container({ ...lab.idle, role: 'box', network, volumes: { '/v': await run.volume('data') } });
  const pending = [
    box.exec(['sleep', '1000']),
    box.waitFor(new CommandSucceeds(['false'])),
    run.container({ ...lab.idle, role: 'late', network }),
    run.volume('late'),
  ];
  const settled = Promise.allSettled(pending);
  stop.abort();
  for (const end of await settled) expect(end).toMatchObject({ status: 'rejected', reason: { name: 'Interrupted' } });
  await run.end();
  expect(await countOf(lab.engine, run.id)).toBe(0);
  await expect(run.container({ ...lab.idle, role: 'after' })).rejects.toMatchObject({ name: 'Interrupted' });
});

test('whenever the interruption comes while a container is made, nothing is left', async () => {
  for (const afterMs of [0, 5, 20, 60, 120, 250, 400]) {
    const stop = new AbortController();
    const run = await Run.start(lab.engine, silentContext(stop.signal), { longestMs: 60_000 });
    const files = [{ path: '/etc', entries: [{ path: 'big', content: Buffer.alloc(20_000_000), mode: 0o600 }] }];
    const making = run.network().then((network) => run.container({ ...lab.idle, role: 'box', network, files }));
    making.catch(() => undefined);
    setTimeout(() => stop.abort(), afterMs);
    await once(stop.signal, 'abort');
    await run.end();
    expect(await countOf(lab.engine, run.id)).toBe(0);
  }
});

test('a container ends by itself when the time of its run is over', async () => {
  const run = await Run.start(lab.engine, lab.context, { longestMs: 2_000 });
  const box = await run.container({ ...lab.idle, role: 'box' });
  const { StatusCode } = await lab.engine.docker.getContainer(box.id).wait();
  // timeout(1) says 124 where it was the one that ended the program.
  expect(StatusCode).toBe(124);
  expect(Date.now() - run.until.getTime()).toBeLessThan(5_000);
  await run.end();
});

test('ending twice is ending once', async () => {
  const run = await Run.start(lab.engine, lab.context, { longestMs: 60_000 });
  await run.container({ ...lab.idle, role: 'box' });
  await Promise.all([run.end(), run.end()]);
  await run.end();
  expect(await countOf(lab.engine, run.id)).toBe(0);
});
