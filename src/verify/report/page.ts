import { pageData } from './page-data.ts';
import { fill } from './page-template.ts';
import type { Report } from './report.ts';

/**
 * The report as one HTML page that needs nothing else: no file, no network, no script.
 * All that comes from the box is taken for untrusted text.
 * @throws MigrateError E_TEMPLATE where a template and the data do not fit: a defect of the kit.
 */
export function page(report: Report): Promise<string> {
  return fill('page', pageData(report));
}
