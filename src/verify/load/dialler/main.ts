import { text } from 'node:stream/consumers';
import { type Ami, connectAmi } from '../../../asterisk/ami.ts';
import { Dialler } from './dialler.ts';
import type { Job, Told } from './job.ts';

/** The dialler as a program of its own, in a container beside the PBX: a Job on stdin, what it Told on stdout. It ends by itself. */

/** Longer than the storm and its end take: whatever hangs, the program does not. */
const GRACE_MS = 30_000;
const LOOP_TICK_MS = 100;

async function main(): Promise<void> {
  const job = JSON.parse(await text(process.stdin)) as Job;
  const deadline = setTimeout(() => process.exit(1), job.seconds * 1000 + job.drainMs + GRACE_MS);
  const [pbx, world] = await Promise.all([listen(job.pbx, 'call'), listen(job.world, 'user')]);
  const lag = loopLag();
  const before = process.cpuUsage();
  const said = await new Dialler(job, { pbx, world }).run(Promise.race([pbx.lost, world.lost]));
  const { user, system } = process.cpuUsage(before);
  const told: Told = { ...said, cpuSeconds: (user + system) / 1e6, loopLagMs: lag() };
  await Promise.allSettled([pbx.close(), world.close()]);
  process.stdout.write(JSON.stringify(told));
  clearTimeout(deadline);
}

/** A manager that is sent these classes of events, whatever else its account may see. */
async function listen(address: Job['pbx'], events: string): Promise<Ami> {
  const ami = await connectAmi(address);
  await ami.action({ Action: 'Events', EventMask: events });
  return ami;
}

/** Tells by how much a tick came late at worst. */
function loopLag(): () => number {
  let last = performance.now();
  let worst = 0;
  setInterval(() => {
    const now = performance.now();
    worst = Math.max(worst, now - last - LOOP_TICK_MS);
    last = now;
  }, LOOP_TICK_MS).unref();
  return () => worst;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
