import { text } from 'node:stream/consumers';
import { connectAmi } from '../../../asterisk/ami.ts';
import type { PanelJob } from './job.ts';

/** A panel of old as a program of its own: it is sent every event, and asks for all channels again and again. A PanelJob on stdin. It ends by itself. */
async function main(): Promise<void> {
  const job = JSON.parse(await text(process.stdin)) as PanelJob;
  const panels = await Promise.all(Array.from({ length: job.panels }, () => connectAmi(job.pbx)));
  for (const panel of panels) await panel.action({ Action: 'Events', EventMask: 'on' });
  const until = performance.now() + job.seconds * 1000;
  while (performance.now() < until) {
    await Promise.all(panels.map((panel) => panel.list({ Action: 'CoreShowChannels' }).catch(() => [])));
    await new Promise((resolve) => setTimeout(resolve, job.everyMs));
  }
  await Promise.allSettled(panels.map((panel) => panel.close()));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
