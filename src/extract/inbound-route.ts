import { finding } from '../finding.ts';
import { canonical } from '../model/dial-pattern.ts';
import type { InboundRoute } from '../model/inbound-route.ts';
import { ref } from '../model/ref.ts';
import { droppedWithModule } from './module-off.ts';
import { isUsable } from './readable-pattern.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { withRecordingRules } from './route-recording.ts';

/** What happens to calls from outside, by called number and caller (ELASTIX.md, section 5). */
export default defineReader({
  kind: 'inbound-route',
  tables: ['incoming', 'language_incoming', 'callrecording_module'],
  astdb: [],
  files: [],
  // fax and answer moved to the fax module in 2.7 and are dead since
  dead: { incoming: ['faxexten', 'faxemail', 'answer', 'wait', 'channel'] },
  read: (source, notes) => {
    const routes: Record<string, InboundRoute> = {};
    const seen = new Set<string>();
    for (const row of source.rows('incoming')) {
      const id = idOf(row.text('extension'), row.text('cidnum'));
      if (row.text('destination').trim() === '') tellInert(notes, row, id);
      else if (bare(row.text('cidnum')).toLowerCase() === 'any') tellNobody(notes, row);
      else if (routes[id] !== undefined || seen.has(alike(row))) tellDuplicate(notes, row, id);
      else if (isUsable(notes, row, ref('inbound-route', id), numbersOf(row))) {
        seen.add(alike(row));
        routes[id] = { ...readRoute(source, row, id), nameLookup: nameLookup(source, notes, row, id) };
        notes.carried(row, ref('inbound-route', id));
      }
    }
    for (const row of source.moduleOff('cidlookup') ? [] : source.rows('cidlookup_incoming')) {
      const id = idOf(row.text('extension'), row.text('cidnum'));
      if (routes[id] === undefined) notes.ownerless(row, ref('inbound-route', id));
    }
    tellSatellites(source, notes, routes);
    const ruled = withRecordingRules(source, notes, 'inbound-route', routes, (row) => idOf(row.text('extension'), row.text('cidnum')));
    return withLanguages(source, notes, ruled);
  },
});

/** The word stands for the caller's number itself, 's/any', and nobody has it: such a row takes no call. */
function tellNobody(notes: Notes, row: Row): void {
  notes.dropped(row, 'no caller has its number');
  const means = `The row for '${row.text('extension')}' waits for a caller with the number 'any', whom nobody is: it takes no call, here as on the old box.`;
  notes.finding(finding('PATTERN_BROKEN', { where: `${row.table} ${row.key}`, means }));
}

/** Patterns are stored with and without their '_'. */
function bare(text: string): string {
  return text.trim().replace(/^_/, '');
}

/** One for all rows whose patterns Asterisk takes for one. */
function alike(row: Row): string {
  return `${canonical(bare(row.text('extension')))}/${canonical(bare(row.text('cidnum')))}`;
}

function numbersOf(row: Row): Record<string, string> {
  return { 'The called number': bare(row.text('extension')), 'The caller': bare(row.text('cidnum')) };
}

function idOf(did: string, callerId: string): string {
  return `${bare(did) || 'any'}/${bare(callerId) || 'any'}`;
}

function readRoute(source: Source, row: Row, id: string): Omit<InboundRoute, 'nameLookup'> {
  return {
    description: row.text('description'),
    did: bare(row.text('extension')),
    callerId: bare(row.text('cidnum')),
    destination: source.destination(row.text('destination'), row, ref('inbound-route', id)),
    callerIdFirst: row.flag('pricid'),
    ringsFirst: row.flag('ringing'),
    waitSeconds: Math.max(0, row.int('delay_answer') ?? 0),
    privacyManager: privacyManager(row),
    alertInfo: row.text('alertinfo').trim(),
    musicClass: row.text('mohclass').trim() || 'default',
    language: '',
    recording: 'as-usual',
    callerNamePrefix: row.text('grppre'),
  };
}

/** Its row in cidlookup_incoming; 0 asks nobody. */
function nameLookup(source: Source, notes: Notes, row: Row, id: string): string | null {
  const own = source.rows('cidlookup_incoming').find((l) => idOf(l.text('extension'), l.text('cidnum')) === id);
  if (own === undefined || source.moduleOff('cidlookup')) return null;
  const lookup = own.text('cidlookup_id').trim();
  if (lookup === '' || lookup === '0') {
    notes.dropped(own, 'it asks nobody');
    return null;
  }
  notes.carried(own, ref('inbound-route', id));
  if (source.rows('cidlookup').some((l) => l.text('cidlookup_id').trim() === lookup)) return lookup;
  const means = `Callers of ${id} are meant to be looked up by source ${lookup}, which does not exist: they are shown as the carrier sends them.`;
  notes.finding(finding('NAME_LOOKUP_MISSING', { about: ref('inbound-route', id), where: `${row.table} ${row.key}`, means }));
  return null;
}

/** 3 tries of 10 digits are what the page offers, and what PrivacyManager() takes in the place of a number below 1; the columns came with 2.6. */
function privacyManager(row: Row): InboundRoute['privacyManager'] {
  const given = (column: string, usual: number): number => Math.max(0, row.int(column) ?? 0) || usual;
  return row.flag('privacyman') ? { retries: given('pmmaxretries', 3), shortest: given('pmminlength', 10) } : null;
}

/** The module languages keeps a route's own beside it, by number and caller. */
function withLanguages(source: Source, notes: Notes, routes: Readonly<Record<string, InboundRoute>>): Record<string, InboundRoute> {
  const found = { ...routes };
  if (droppedWithModule(source, notes, 'languages', { tables: ['language_incoming'] })) return found;
  for (const row of source.rows('language_incoming')) {
    const id = idOf(row.text('extension'), row.text('cidnum'));
    const held = found[id];
    if (held === undefined) notes.ownerless(row, ref('inbound-route', id));
    else {
      found[id] = { ...held, language: row.text('language').trim() };
      notes.carried(row, ref('inbound-route', id));
    }
  }
  return found;
}

function tellInert(notes: Notes, row: Row, id: string): void {
  notes.dropped(row, 'it has no destination, so the old dialplan leaves it out');
  const means = `The row for ${id} has no destination, so that the old dialplan leaves it out: such calls go by the next row that fits, or are told that the number is not in service.`;
  notes.finding(finding('INBOUND_INERT', { about: ref('inbound-route', id), where: `incoming ${row.key}`, means }));
}

function tellDuplicate(notes: Notes, row: Row, id: string): void {
  notes.dropped(row, `a second row for ${id}`);
  notes.finding(
    finding('INBOUND_DUPLICATE', {
      about: ref('inbound-route', id),
      where: `incoming ${row.key}`,
      means: 'Two rows have this number and caller, or patterns that are one to Asterisk; the first is carried.',
    }),
  );
}

/** Tables that hang on a DID by (extension, cidnum), and what calls to it lose with them. */
const SATELLITES: Readonly<Record<string, string>> = {
  fax_incoming: 'fax calls are not told from voice calls',
  superfecta_incoming: "the caller's name is not looked up",
};

function tellSatellites(source: Source, notes: Notes, routes: Readonly<Record<string, InboundRoute>>): void {
  for (const [table, loss] of Object.entries(SATELLITES)) {
    for (const row of source.rows(table)) {
      const id = idOf(row.text('extension'), row.text('cidnum'));
      if (routes[id] === undefined) continue;
      notes.finding(
        finding('INBOUND_EXTRA_NOT_CARRIED', {
          about: ref('inbound-route', id),
          where: `${table} ${row.key}`,
          means: `For calls to ${id}: ${loss}.`,
        }),
      );
    }
  }
}
