import { dirname, join } from 'node:path';
import { parseConf } from '../../asterisk/conf.ts';
import type { OldBox } from './old-box.ts';

const READ = ['etc/asterisk/extensions.conf', 'etc/asterisk/sip.conf'];

/** What keeps Asterisk from reading the box's dialplan, a sentence; null where nothing does. @param box null: a source without a dialplan */
export function whatLacks(box: Pick<OldBox, 'files'> | null): string | null {
  const missing = box === null ? ['extensions.conf'] : missingIncludes(box.files);
  if (missing.length === 0) return null;
  return `the source lacks ${missing.slice(0, 5).join(', ')} of its /etc/asterisk, without which Asterisk reads no dialplan`;
}

/** Files that the box's dialplan and telephones need and that are not there: for one of them Asterisk refuses the whole (main/config.c). Globs may match nothing. */
function missingIncludes(files: ReadonlyMap<string, string>): string[] {
  const missing = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = files.get(path);
    if (text === undefined) {
      missing.add(path.replace(/^etc\/asterisk\//, ''));
      return;
    }
    for (const include of parseConf(text, path).includes) {
      if (include.try || /[*?[]/.test(include.path)) continue;
      visit(include.path.startsWith('/') ? include.path.slice(1) : join(dirname(READ[0] ?? ''), include.path));
    }
  };
  for (const path of READ) visit(path);
  return [...missing];
}
