import { finding } from '../finding.ts';
import { isKeyed, type PinSet } from '../model/pin-set.ts';
import { type Ref, ref, refText } from '../model/ref.ts';
import { droppedWithModule } from './module-off.ts';
import { defineReader, type Notes, type Source } from './reader.ts';

/** Sets of PINs that guard outbound routes (ELASTIX.md, section 11). Which route has which is the route's. */
export default defineReader({
  kind: 'pin-set',
  tables: ['pinsets', 'pinset_usage'],
  astdb: [],
  files: [],
  dead: { pinsets: ['deptname'] },
  read: (source, notes) => {
    const sets: Record<string, PinSet> = {};
    if (droppedWithModule(source, notes, 'pinsets', { tables: ['pinsets', 'pinset_usage'] })) return sets;
    for (const row of source.rows('pinsets')) {
      const id = row.text('pinsets_id');
      const about = ref('pin-set', id);
      // up to 2.7 the routes that use a set stood in it; routes of that age are not carried
      if (row.has('used_by')) row.text('used_by');
      sets[id] = { description: row.text('description'), recordsPin: row.flag('addtocdr') };
      keepPins(notes, about, `${refText(about)}/pin`, pinsIn(row.text('passwords')), `pinsets ${row.key}`);
      notes.carried(row, about);
    }
    const routes = new Set(source.rows('outbound_routes').map((row) => row.text('route_id')));
    for (const row of source.rows('pinset_usage')) {
      const route = row.text('foreign_id');
      if (row.text('dispname') === 'routing' && !routes.has(route)) notes.ownerless(row, ref('outbound-route', route));
    }
    return sets;
  },
});

/** A PIN a line, as Authenticate() reads a file: a line that is empty would let in whoever keys nothing, and is left out. */
export function pinsIn(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** Puts PINs into the secrets, and says of those that no telephone can key, without showing them. */
export function keepPins(notes: Notes, about: Ref, name: string, pins: readonly string[], where: string): void {
  pins.forEach((pin, i) => {
    notes.secret(`${name}/${i + 1}`, pin);
  });
  const lost = pins.filter((pin) => !isKeyed(pin)).length;
  if (lost === 0 && pins.length > 0) return;
  const means =
    pins.length === 0
      ? `${refText(about)} has no PIN: nobody passes it, here as on the old box.`
      : `${lost} of ${pins.length} PINs of ${refText(about)} hold what no telephone can key: whoever has one does not pass.`;
  notes.finding(finding('PIN_NOT_KEYED', { about, where, means }));
}

/** The file of the site that a route names instead of a password: '/etc/asterisk/pins.txt'; null: the source does not hold it. */
export function pinFile(source: Source, notes: Notes, path: string, to: Ref): string[] | null {
  const file = source.file(path.replace(/^\/etc\/asterisk\/+/, ''));
  if (file === null) return null;
  notes.carried(file, to);
  return pinsIn(file.text);
}
