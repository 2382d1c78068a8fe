import type { Context } from '../../context.ts';
import { readBuild } from '../../model/build.ts';
import { Journal } from '../move/journal.ts';
import type { Machine } from '../move/machine.ts';
import { diagnose } from './diagnose.ts';
import { askFacts } from './facts.ts';
import type { Symptom } from './symptom.ts';

/**
 * Looks at a running PBX and says how it does, compared with the build that it was made of. It only reads.
 * @throws MigrateError E_BUILD_*, E_MACHINE, E_JOURNAL
 */
export async function doctor(buildDir: string, machine: Machine, c: Context): Promise<Symptom[]> {
  c.progress({ step: `ask ${machine.name}` });
  const [build, journal] = await Promise.all([readBuild(buildDir), Journal.open(buildDir)]);
  const { contacts, seen, liveAt } = journal.state;
  return diagnose(await askFacts(machine), build, {
    now: new Date(),
    before: liveAt === null ? null : { atGo: contacts.map((contact) => contact.device), seen },
  });
}
