import { finding } from '../finding.ts';
import type { Parking } from '../model/parking.ts';
import { type Ref, ref } from '../model/ref.ts';
import { KeywordRows } from './keyword-rows.ts';
import { findSlot, MOST_SLOTS, parkingSeconds, side } from './parking-word.ts';
import type { Notes, Row, Source } from './reader.ts';
import { recordingNamed } from './recording-of.ts';
import { isOn, wholeNumber } from './source.ts';

const ID = '1';

/** The one lot of FreePBX 2.8 to 2.10. parkingenabled: 's' is on, '' off, and off is no parking at all, whatever else is set. */
export function readOldLot(source: Source, notes: Notes): Record<string, Parking> {
  const about = ref('parking', ID);
  const mine = source.rows('parkinglot').filter((row) => row.text('id') === ID);
  for (const row of source.rows('parkinglot')) if (!mine.includes(row)) notes.dropped(row, 'only lot 1 is read by the old dialplan');
  const o = new KeywordRows(mine);
  if (mine.length === 0) return {};
  if (o.text('parkingenabled') === '') {
    for (const row of mine) notes.dropped(row, 'parking is switched off');
    return {};
  }
  const [extension, slots] = [o.text('parkext'), wholeNumber(o.text('numslots')) ?? 0];
  if (!/^\d{1,15}$/.test(extension) || slots < 1 || slots > MOST_SLOTS) return unreadable(notes, mine, about);
  const lot = readLot(source, notes, o, extension, slots, about);
  account(notes, o, about);
  return { [ID]: lot };
}

function readLot(source: Source, notes: Notes, o: KeywordRows, extension: string, slots: number, about: Ref): Parking {
  const named = (keyword: string) => o.rows.find((row) => row.text('keyword').toLowerCase() === keyword);
  const [goTo, announcement] = [named('goto'), named('parkingannmsg_id')];
  const next = o.text('goto');
  return {
    name: '',
    extension,
    // slots come right after, as wide as the number is
    firstSlot: String(Number(extension) + 1).padStart(extension.length, '0'),
    slots,
    seconds: parkingSeconds(wholeNumber(o.text('parkingtime'))),
    isDefault: true,
    musicClass: o.text('parkedmusicclass') || 'default',
    findSlot: findSlot(o.text('findslot')),
    hasHints: !o.has('parkinghints') || isOn(o.text('parkinghints')),
    slotsAreDialled: true,
    returnsToParker: !o.has('parking_dest') || o.text('parking_dest') === 'device',
    next: next === '' || goTo === undefined ? null : source.destination(next, goTo, about),
    announcement: announcement === undefined ? null : recordingNamed(source, notes, announcement, o.text('parkingannmsg_id'), about),
    alertInfo: o.text('parkalertinfo'),
    callerNamePrefix: o.text('parkcid'),
    tone: side(o.text('parkedplay')),
    transfers: side(o.text('parkedcalltransfers')),
    reparking: side(o.text('parkedcallreparking')),
  };
}

function unreadable(notes: Notes, rows: readonly Row[], about: Ref): Record<string, Parking> {
  for (const row of rows) notes.dropped(row, 'its numbers cannot be read');
  const means = 'The numbers of the parking lot cannot be read: no calls can be parked.';
  notes.finding(finding('PARKING_UNREADABLE', { about, where: 'parkinglot parkext', means }));
  return {};
}

function account(notes: Notes, o: KeywordRows, about: Ref): void {
  for (const row of o.rows) {
    const keyword = row.text('keyword').toLowerCase();
    const data = row.text('data').trim().toLowerCase();
    if (o.wasUsed(row)) notes.carried(row, about);
    else if (keyword === 'parkingcontext') notes.dropped(row, "the context of slots has the build's own name");
    else if (data === '' || data === 'no') notes.dropped(row, 'it is not set');
    else {
      notes.dropped(row, 'the model has no place for it');
      const means = `The option ${keyword} of parking is not carried.`;
      notes.finding(finding('OPTION_NOT_CARRIED', { about, where: `${row.table} ${row.key}`, means }));
    }
  }
}
