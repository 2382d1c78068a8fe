import { ref } from '../model/ref.ts';
import type { SpeedDial } from '../model/speed-dial.ts';
import { keysBelow, keysOf } from './extension-keys.ts';
import { droppedWithModule, MODULE_OFF } from './module-off.ts';
import { defineReader, type Notes, type Source } from './reader.ts';

/** Short numbers of the house: AstDB's sysspeeddials/<n>. Those of an extension are its own (speedDialsOf). */
export default defineReader({
  kind: 'speed-dial',
  tables: [],
  astdb: ['sysspeeddials', 'AMPUSER'],
  files: [],
  read: (source, notes) => {
    const found: Record<string, SpeedDial> = {};
    dropOfNobody(source, notes);
    if (droppedWithModule(source, notes, 'speeddial', { astdb: ['sysspeeddials'] })) return found;
    for (const entry of source.astdb('sysspeeddials')) {
      const number = entry.value.trim();
      if (entry.key === '' || number === '') notes.dropped(entry, 'it leads nowhere');
      else {
        notes.carried(entry, ref('speed-dial', entry.key));
        found[entry.key] = { number };
      }
    }
    return found;
  },
});

/** AMPUSER/<extension>/speeddials/<n>. */
export function speedDialsOf(source: Source, notes: Notes, extension: string): Record<string, string> {
  if (source.moduleOff('speeddial')) return {};
  const start = `${extension}/speeddials/`;
  const found: Record<string, string> = {};
  for (const entry of keysOf(source, extension, 'speeddials')) {
    const number = entry.value.trim();
    if (number === '') notes.dropped(entry, 'it leads nowhere');
    else {
      notes.carried(entry, ref('extension', extension));
      found[entry.key.slice(start.length)] = number;
    }
  }
  return found;
}

function dropOfNobody(source: Source, notes: Notes): void {
  const users = new Set(source.rows('users').map((row) => row.text('extension')));
  for (const [extension, entries] of keysBelow(source, 'speeddials')) {
    for (const entry of entries) {
      if (source.moduleOff('speeddial')) notes.dropped(entry, MODULE_OFF);
      else if (!users.has(extension)) notes.ownerless(entry, ref('extension', extension));
    }
  }
}
