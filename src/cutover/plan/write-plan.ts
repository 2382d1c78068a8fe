import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, findingsFile } from '../../finding.ts';
import { readBuild } from '../../model/build.ts';
import { OutputFolder } from '../../model/output-folder.ts';
import { type Plan, planOf } from './plan.ts';
import { planText } from './plan-text.ts';
import { readTimes } from './times.ts';
import { readVerified } from './verified.ts';

const MARKER = '.cutover.json';

/**
 * Writes OUT/CUTOVER.md and OUT/cutover.json for a build, by what its last verification found.
 * @param report folder that verify wrote; it need not be there
 * @throws MigrateError E_BUILD_*, E_MODEL_*, E_REPORT, E_FOLDER_*.
 */
export async function writePlan(buildDir: string, o: { readonly report: string; readonly out: string }): Promise<Plan> {
  const build = await readBuild(buildDir);
  const read = await readVerified(join(o.report, 'report.json'), build);
  const findings = read?.findings ?? (await findingsOf(buildDir));
  const { modelSha256 } = build.manifest;
  const plan = planOf(build.model, { modelSha256, verified: read?.verified ?? null, findings, times: await readTimes(buildDir) });
  await OutputFolder.fill({ path: o.out, marker: MARKER }, async (folder) => {
    await folder.write('CUTOVER.md', planText(plan));
    await folder.write('cutover.json', `${JSON.stringify(plan, null, 2)}\n`);
  });
  return plan;
}

/** Where nothing was verified: those of extract, beside the copy of the model, and of render. */
async function findingsOf(build: string): Promise<Finding[]> {
  const files = [join(build, '.model', 'findings.json'), join(build, 'findings.json')];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '[]')));
  return texts.flatMap((text) => findingsFile.parse(JSON.parse(text)));
}
