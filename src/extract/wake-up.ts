import { finding } from '../finding.ts';
import { ref } from '../model/ref.ts';
import { WAKE_UP_CODE, type WakeUp, wakeUp } from '../model/wake-up.ts';
import { droppedWithModule } from './module-off.ts';
import { fits } from './readable-pattern.ts';
import { defineReader, type Row } from './reader.ts';

const TABLES = ['hotelwakeup', 'hotelwakeup_calls'];

/**
 * Wake-up calls (module hotelwakeup): one row of how often and how long they ring, and who orders them for others. Those that were asked for wait as call files on the old
 * machine. Source: hotelwakeup/agi-bin/{wakeupphp,wake.inc.php} and install.php of IssabelPBX, which has them as FreePBX 2.9 to 2.11 had.
 */
export default defineReader({
  kind: 'wake-up',
  tables: TABLES,
  astdb: [],
  files: [],
  dead: {
    // wake.inc sets both, whatever stands there
    hotelwakeup: ['application', 'data'],
    hotelwakeup_calls: [
      'time',
      'ext',
      'maxretries',
      'retrytime',
      'waittime',
      'cid',
      'cnam',
      'application',
      'data',
      'tempdir',
      'outdir',
      'filename',
      'frequency',
    ],
  },
  read: (source, notes) => {
    const found: Record<string, WakeUp> = {};
    if (droppedWithModule(source, notes, 'hotelwakeup', { tables: TABLES })) return found;
    for (const row of source.rows('hotelwakeup_calls'))
      notes.dropped(row, 'what was ordered rings by call files, which stay on the old machine');
    const [row, ...others] = source.rows('hotelwakeup');
    for (const other of others) notes.twice(other, ref('wake-up', '1'));
    if (row !== undefined) {
      notes.carried(row, ref('wake-up', '1'));
      found['1'] = read(row);
    }
    const code = source.rows('featurecodes').find((r) => `${r.text('modulename').trim()}/${r.text('featurename').trim()}` === WAKE_UP_CODE);
    if (code?.flag('enabled') === true) {
      const means =
        'Wake-up calls that were ordered on the old box wait there, and are not carried: whoever is to be woken after the cutover orders it anew.';
      notes.finding(finding('WAKE_UP_CALLS_STAY', { where: `featurecodes ${code.key}`, means }));
    }
    return found;
  },
});

function read(row: Row): WakeUp {
  const usual = wakeUp.decode({});
  const number = (column: string, least: number, most: number, otherwise: number): number => {
    const held = row.int(column);
    return held === null || held < least ? otherwise : Math.min(held, most);
  };
  const operators = row.text('operator_extensions').replaceAll(' ', '').split(',');
  return {
    ringSeconds: number('waittime', 1, 600, usual.ringSeconds),
    retries: number('maxretries', 0, 100, usual.retries),
    retrySeconds: number('retrytime', 1, 3600, usual.retrySeconds),
    callerName: row.text('cnam').trim(),
    callerNumber: row.text('cid').trim(),
    operators: row.flag('operator_mode') ? operators.filter((o) => o !== '' && fits(o)) : [],
    extensionDigits: number('extensionlength', 1, 20, usual.extensionDigits),
  };
}
