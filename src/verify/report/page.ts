import { createHash } from 'node:crypto';
import { pageData } from './page-data.ts';
import { fill } from './page-template.ts';
import type { Report } from './report.ts';

/**
 * The report as one HTML page that needs nothing else: no file and no network. Its one script searches its tables, and is named by its hash.
 * All that comes from the box is taken for untrusted text.
 * @throws MigrateError E_TEMPLATE where a template and the data do not fit: a defect of the kit.
 */
export async function page(report: Report): Promise<string> {
  const scriptHash = createHash('sha256')
    .update(await fill('script', {}))
    .digest('base64');
  return fill('page', { ...pageData(report), scriptHash });
}
