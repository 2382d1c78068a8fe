import { finding } from '../finding.ts';
import { droppedWithModule } from './module-off.ts';
import { defineReader } from './reader.ts';

const TABLES = ['hotelwakeup', 'hotelwakeup_calls'];

/** Wake-up calls (hotelwakeup): one row of how often and how long they ring; those that were asked for wait as call files on the old machine. */
export default defineReader({
  kind: null,
  tables: TABLES,
  astdb: [],
  files: [],
  dead: {
    hotelwakeup: [
      'maxretries',
      'waittime',
      'retrytime',
      'extensionlength',
      'cnam',
      'cid',
      'operator_mode',
      'operator_extensions',
      'application',
      'data',
    ],
  },
  read: (source, notes) => {
    if (droppedWithModule(source, notes, 'hotelwakeup', { tables: TABLES })) return {};
    for (const table of TABLES) for (const row of source.rows(table)) notes.dropped(row, 'the new box has no wake-up calls of its own');
    const code = source.rows('featurecodes').find((row) => row.text('modulename').trim() === 'hotelwakeup' && row.flag('enabled'));
    if (code === undefined) return {};
    const means =
      'Nobody can order a wake-up call by telephone: who dials the code hears that the number is not in service. Those ordered on the old box ring there.';
    notes.finding(finding('WAKE_UP_NOT_CARRIED', { where: `featurecodes ${code.key}`, means }));
    return {};
  },
});
