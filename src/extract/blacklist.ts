import { finding } from '../finding.ts';
import type { Blacklisted } from '../model/blacklist.ts';
import { ref } from '../model/ref.ts';
import { droppedWithModule } from './module-off.ts';
import { defineReader } from './reader.ts';

/**
 * Callers who are turned away: AstDB's blacklist/<number>, whatever it holds (func_blacklist.c asks whether the key is there, for the caller's number
 * and for his name), and blacklist/blocked, which turns away who has no number while it is '1' (blacklist_get_config).
 */
export default defineReader({
  kind: 'blacklist',
  tables: [],
  astdb: ['blacklist'],
  files: [],
  read: (source, notes) => {
    const found: Record<string, Blacklisted> = {};
    if (droppedWithModule(source, notes, 'blacklist', { astdb: ['blacklist'] })) return found;
    for (const entry of source.astdb('blacklist')) {
      const value = entry.value.trim();
      if (entry.key === 'dest') notes.dropped(entry, 'where FreePBX 12 and later send such callers; no older dialplan reads it');
      else if (entry.key === '' || (entry.key === 'blocked' && value !== '1')) notes.dropped(entry, 'it turns nobody away');
      else if (/[^\w+*#.@ -]/.test(entry.key)) {
        notes.dropped(entry, 'no caller has such a number');
        const means = `The blacklist holds '${entry.key}', which no carrier sends as a number: it turns nobody away.`;
        notes.finding(finding('BLACKLIST_UNUSABLE', { where: `blacklist ${entry.key}`, means }));
      } else {
        notes.carried(entry, ref('blacklist', entry.key));
        // '1' is what the feature codes write
        found[entry.key] = { description: value === '1' ? '' : value };
      }
    }
    return found;
  },
});
