import { finding } from '../finding.ts';
import { ref } from '../model/ref.ts';
import { droppedWithModule } from './module-off.ts';
import { defineReader, type Source } from './reader.ts';

const BOSSES = 'bosssecretary_boss';
const SECRETARIES = 'bosssecretary_secretary';
const TABLES = [BOSSES, SECRETARIES, 'bosssecretary_chief', 'bosssecretary_group', 'bosssecretary_group_numbers_free'];
const WHY = "calls for a boss are the boss's own on the new box: told as a finding";

/** Calls for a boss that his secretaries take first (module bosssecretary): reported, not carried. */
export default defineReader({
  kind: null,
  tables: TABLES,
  astdb: [],
  files: [],
  read: (source, notes) => {
    if (droppedWithModule(source, notes, 'bosssecretary', { tables: TABLES })) return {};
    for (const table of TABLES) for (const row of source.rows(table)) notes.dropped(row, WHY);
    for (const row of source.rows(BOSSES)) {
      const boss = row.text('boss_extension').trim();
      const secretaries = secretariesOf(source, row.text('id_group').trim());
      const means = `Calls for ${boss} rang ${secretaries.length === 0 ? 'his secretaries' : secretaries.join(', ')} in his place. Here they ring ${boss} himself.`;
      notes.finding(finding('BOSS_SECRETARY_NOT_CARRIED', { about: ref('extension', boss), where: `${BOSSES} ${boss}`, means }));
    }
    return {};
  },
});

function secretariesOf(source: Source, group: string): string[] {
  return source
    .rows(SECRETARIES)
    .filter((row) => row.text('id_group').trim() === group)
    .map((row) => row.text('secretary_extension').trim())
    .filter((id) => id !== '');
}
