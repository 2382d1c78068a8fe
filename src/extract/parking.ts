import { finding } from '../finding.ts';
import type { Parking } from '../model/parking.ts';
import { type Ref, ref } from '../model/ref.ts';
import { droppedWithModule } from './module-off.ts';
import { readOldLot } from './parking-old.ts';
import { findSlot, MOST_SLOTS, parkingSeconds, side } from './parking-word.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { recordingOf } from './recording-of.ts';

const TABLES = ['parkplus', 'parkinglot'];

/** Parking lots (ELASTIX.md, section 11): a row each in parkplus since 2.11, one lot as (keyword, data) in parkinglot before. */
export default defineReader({
  kind: 'parking',
  tables: TABLES,
  astdb: [],
  files: [],
  // whether somebody may use a lot, and codes of its own, are for modules that cost money
  dead: { parkplus: ['type', 'generatefc'], parkinglot: ['seq'] },
  read: (source, notes) => {
    if (droppedWithModule(source, notes, 'parking', { tables: TABLES })) return {};
    const lots: Record<string, Parking> = {};
    for (const row of source.rows('parkplus')) {
      const id = row.text('id');
      const lot = readLot(source, notes, row, ref('parking', id));
      if (lot !== null) lots[id] = lot;
    }
    if (source.rows('parkplus').length > 0)
      for (const row of source.rows('parkinglot')) notes.dropped(row, 'left behind when parking got another table');
    else Object.assign(lots, readOldLot(source, notes));
    return lots;
  },
});

function readLot(source: Source, notes: Notes, row: Row, about: Ref): Parking | null {
  const [extension, firstSlot, slots] = [row.text('parkext').trim(), row.text('parkpos').trim(), row.int('numslots') ?? 0];
  if (!/^\d+$/.test(extension) || !/^\d+$/.test(firstSlot) || slots < 1 || slots > MOST_SLOTS) return unreadable(notes, row, about);
  const auto = row.text('autocidpp').trim();
  if (auto === '' || auto === 'none') notes.carried(row, about);
  else {
    const how = `the name of a call that comes back is not prefixed by its ${auto === 'slot' ? 'slot' : 'parker'}`;
    notes.approximated(row, about, how);
    notes.finding(finding('OPTION_NOT_CARRIED', { about, where: `${row.table} ${row.key}`, means: `On the new box ${how}.` }));
  }
  const dest = row.text('dest').trim();
  return {
    name: row.text('name'),
    extension,
    firstSlot,
    slots,
    seconds: parkingSeconds(row.int('parkingtime')),
    isDefault: row.flag('defaultlot'),
    musicClass: row.text('parkedmusicclass').trim() || 'default',
    findSlot: findSlot(row.text('findslot')),
    hasHints: !row.has('generatehints') || row.flag('generatehints'),
    slotsAreDialled: true,
    returnsToParker: !row.has('comebacktoorigin') || row.flag('comebacktoorigin'),
    next: dest === '' ? null : source.destination(dest, row, about),
    announcement: recordingOf(source, notes, row, 'announcement_id', about),
    alertInfo: row.text('alertinfo').trim(),
    callerNamePrefix: row.text('cidpp'),
    tone: side(row.text('parkedplay')),
    transfers: side(row.text('parkedcalltransfers')),
    reparking: side(row.text('parkedcallreparking')),
  };
}

function unreadable(notes: Notes, row: Row, about: Ref): null {
  notes.dropped(row, 'its numbers cannot be read');
  const means = 'The numbers of the parking lot cannot be read: no calls can be parked there.';
  notes.finding(finding('PARKING_UNREADABLE', { about, where: `${row.table} ${row.key}`, means }));
  return null;
}
