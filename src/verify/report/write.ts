import { OutputFolder } from '../../model/output-folder.ts';
import { junit } from './junit.ts';
import { page } from './page.ts';
import { callCounts, cannotJudge, type Report, sentence } from './report.ts';

/** Marker of a report folder. */
const REPORT_MARKER = '.report.json';

/** Writes report.json, junit.xml and index.html. @throws MigrateError E_FOLDER_NOT_OURS. */
export async function writeReport(report: Report, dir: string): Promise<void> {
  const { ways: _, ...said } = report;
  const counts = report.calls === null ? null : callCounts(report.calls);
  await OutputFolder.fill({ path: dir, marker: REPORT_MARKER }, async (folder) => {
    await folder.write(
      'report.json',
      `${JSON.stringify({ schema: 1, sentence: sentence(report), cannotJudge: cannotJudge(report), counts, ...said }, null, 2)}\n`,
    );
    await folder.write('junit.xml', junit(report));
    await folder.write('index.html', await page(report));
  });
}
