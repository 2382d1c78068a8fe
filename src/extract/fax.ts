import { finding } from '../finding.ts';
import { ref } from '../model/ref.ts';
import { droppedWithModule } from './module-off.ts';
import { defineReader } from './reader.ts';

const TABLES = ['fax_users', 'fax_details', 'fax_incoming'];

/** Fax to mail (module fax since 2.7). The new box receives no fax: says whose faxes came by mail, and which numbers listened for a fax tone. */
export default defineReader({
  kind: null,
  tables: TABLES,
  astdb: [],
  files: [],
  dead: {
    fax_users: ['faxattachformat'],
    fax_incoming: ['legacy_email', 'detectionwait', 'detection', 'destination', 'extension', 'cidnum'],
  },
  read: (source, notes) => {
    if (droppedWithModule(source, notes, 'fax', { tables: TABLES })) return {};
    for (const row of source.rows('fax_users')) {
      const user = row.text('user').trim();
      const isOn = row.flag('faxenabled');
      notes.dropped(row, isOn ? 'the new box receives no fax' : 'its faxes were switched off');
      if (!isOn) continue;
      const whose = source.rows('users').some((u) => u.text('extension') === user) ? { about: ref('extension', user) } : {};
      const to = row.text('faxemail').trim() === '' ? 'to nobody' : 'by mail';
      const means = `Faxes for ${user} arrived ${to}: on the new box whoever is sent there hears that the number is not in service.`;
      notes.finding(finding('FAX_NOT_CARRIED', { ...whose, where: `fax_users ${row.key}`, means }));
    }
    for (const row of source.rows('fax_details')) {
      row.text('value');
      notes.dropped(row, 'the new box receives no fax');
    }
    // which calls lose it is told with the inbound routes
    for (const row of source.rows('fax_incoming')) notes.dropped(row, 'no fax tone is listened for: all calls go where voice calls went');
    return {};
  },
});
