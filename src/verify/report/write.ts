import { MigrateError } from '../../error.ts';
import { OutputFolder } from '../../model/output-folder.ts';
import { junit } from './junit.ts';
import { page } from './page.ts';
import { CANNOT_JUDGE, callCounts, type Report, sentence } from './report.ts';

/** Marker of a report folder. */
const REPORT_MARKER = '.report.json';

/** Writes report.json, junit.xml and index.html. @throws MigrateError E_FOLDER_NOT_OURS. */
export async function writeReport(report: Report, dir: string): Promise<void> {
  const folder = await OutputFolder.open(dir, REPORT_MARKER).catch((error: unknown) => {
    throw error instanceof MigrateError
      ? error
      : new MigrateError({ code: 'E_REPORT', where: dir, why: 'the report cannot be written', hint: 'Check the folder.', cause: error });
  });
  const counts = report.calls === null ? null : callCounts(report.calls);
  await folder.write(
    'report.json',
    `${JSON.stringify({ schema: 1, sentence: sentence(report), cannotJudge: CANNOT_JUDGE, counts, ...report }, null, 2)}\n`,
  );
  await folder.write('junit.xml', junit(report));
  await folder.write('index.html', await page(report));
  await folder.finish();
}
