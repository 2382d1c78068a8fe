import { connectAmi } from '../../src/asterisk/ami.ts';
import type { Container } from '../../src/engine/container.ts';
import type { Build } from '../../src/model/build.ts';
import { refText } from '../../src/model/ref.ts';
import { logLines } from '../../src/verify/static/log.ts';
import { checkStatic } from '../../src/verify/static/static.ts';

/** By whom the lab asks an installed PBX what it has. */
export const LAB_USER = {
  path: 'etc/asterisk/manager.d/lab.conf',
  text: '[general](+)\nbindaddr = 0.0.0.0\n[lab]\nsecret = for-the-test\nread = all\nwrite = all\n',
};

/** The static layer of verify on an installed PBX: lines of its log that nobody can explain, and what it has otherwise than the model; the lab's own user of AMI apart. */
export async function heldBy(machine: Container, build: Build): Promise<{ unexplained: string[]; differs: string[] }> {
  const unexplained = (await logLines([machine], build.model)).filter((line) => line.because === null);
  const { port } = await machine.forward({ port: 5038 });
  const ami = await connectAmi({ host: '127.0.0.1', port, user: 'lab', secret: 'for-the-test' });
  const { mismatches } = await checkStatic({ ami, container: machine }, build);
  await ami.close();
  const differs = mismatches.filter((m) => m.about?.id !== 'lab').map((m) => `${refText(m.about)} ${m.what}`);
  return { unexplained: unexplained.map((line) => line.text), differs: differs.sort() };
}
