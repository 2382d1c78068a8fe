import { finding } from '../finding.ts';
import { canonical } from '../model/dial-pattern.ts';
import type { OutboundRoute } from '../model/outbound-route.ts';
import { type Ref, ref, refText } from '../model/ref.ts';
import { inSequence } from './in-sequence.ts';
import { keepPins, pinFile } from './pin-set.ts';
import { isUsable } from './readable-pattern.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { withRecordingRules } from './route-recording.ts';

type Pattern = NonNullable<OutboundRoute['patterns']>[number];

/** Routes of FreePBX 2.8 and later (ELASTIX.md, section 4): their order is outbound_route_sequence's, not that of their ids. */
export default defineReader({
  kind: 'outbound-route',
  tables: ['outbound_routes', 'outbound_route_patterns', 'outbound_route_sequence', 'outbound_route_trunks'],
  astdb: [],
  files: [],
  read: (source, notes) => {
    const positions = sequence(source);
    const routes: Record<string, OutboundRoute> = {};
    const inert = new Set<string>();
    for (const row of source.rows('outbound_routes')) {
      const id = row.text('route_id');
      const position = positions.get(id);
      if (position === undefined) {
        inert.add(id);
        tellInert(notes, row, id);
        continue;
      }
      routes[id] = readRoute(source, notes, row, id, position);
      notes.carried(row, ref('outbound-route', id));
    }
    accountRest(source, notes, routes, inert);
    if (!source.hasTable('outbound_routes') || !source.hasTable('trunks')) {
      notes.finding(
        finding('GENERATION_OLD', {
          where: 'outbound_routes',
          means: 'The box is of FreePBX 2.7 or older, whose outbound routes are not carried: nobody can call out.',
        }),
      );
    }
    return withRecordingRules(source, notes, 'outbound-route', routes, (row) => row.text('extension').trim());
  },
});

/**
 * Place of each route from 0. FreePBX joins the two tables when it writes the dialplan (core_routing_list, 2.8 to 2.11 and Issabel): a route without a row of
 * order is in none. Where the source has no order at all, that of the ids stands for it.
 */
function sequence(source: Source): Map<string, number> {
  const seq = new Map(source.rows('outbound_route_sequence').map((row) => [row.text('route_id'), row.int('seq') ?? 0]));
  const ids = source.rows('outbound_routes').map((row) => row.text('route_id'));
  const placed = seq.size === 0 ? ids : ids.filter((id) => seq.has(id));
  placed.sort((a, b) => (seq.get(a) ?? 0) - (seq.get(b) ?? 0) || Number(a) - Number(b));
  return new Map(placed.map((id, i) => [id, i]));
}

const INERT = 'it has no place in the order of routes, so the old dialplan leaves it out';

function tellInert(notes: Notes, row: Row, id: string): void {
  notes.dropped(row, INERT);
  const means = `Route '${row.text('name')}' has no place in the order of routes, so that the old dialplan leaves it out: nobody calls through it, here as there.`;
  notes.finding(finding('ROUTE_INERT', { about: ref('outbound-route', id), where: `${row.table} ${row.key}`, means }));
}

function readRoute(source: Source, notes: Notes, row: Row, id: string, position: number): OutboundRoute {
  const about = ref('outbound-route', id);
  const dest = row.text('dest').trim();
  const route: OutboundRoute = {
    name: row.text('name'),
    position,
    patterns: patternsOf(source, notes, id),
    trunks: trunksOf(source, notes, id),
    callerId: row.text('outcid').trim(),
    overridesExtension: row.text('outcid_mode').trim() === 'override_extension',
    asksPassword: password(source, notes, row, about),
    emergency: row.flag('emergency_route'),
    intraCompany: row.flag('intracompany_route'),
    musicClass: row.text('mohclass') === 'default' ? '' : row.text('mohclass'),
    recording: 'as-usual',
    timeGroup: timeGroup(source, notes, row, about),
    pinSet: pinSet(source, notes, row, about),
    onFailure: dest === '' ? null : source.destination(dest, row, about),
  };
  return route;
}

/** One password, or the path of a file of the site with a PIN a line: Authenticate() takes either. True: there is one. */
function password(source: Source, notes: Notes, row: Row, about: Ref): boolean {
  const held = row.text('password').trim();
  const name = `${refText(about)}/password`;
  const where = `${row.table} ${row.key}`;
  if (held === '') return false;
  if (!held.startsWith('/')) {
    notes.secret(name, held);
    return true;
  }
  const pins = pinFile(source, notes, held, about);
  if (pins !== null) keepPins(notes, about, name, pins, where);
  else {
    const means = `Callers of route '${row.text('name')}' key a PIN that stands in ${held}, which the source does not hold: nobody passes.`;
    notes.finding(finding('PIN_FILE_MISSING', { about, where, means }));
  }
  return true;
}

function rowsOf(source: Source, table: string, id: string): Row[] {
  return source.rows(table).filter((row) => row.text('route_id') === id);
}

/** Of two patterns that are one to Asterisk the first counts. */
function patternsOf(source: Source, notes: Notes, id: string): Pattern[] {
  const seen = new Set<string>();
  return rowsOf(source, 'outbound_route_patterns', id).flatMap((row) =>
    pattern(notes, row, id).filter((p) => {
      const key = `${canonical(p.prefix + p.match)}/${canonical(p.callerId)}`;
      if (seen.has(key)) notes.dropped(row, 'the same pattern once more');
      return !seen.has(key) && seen.add(key);
    }),
  );
}

function pattern(notes: Notes, row: Row, id: string): Pattern[] {
  const about = ref('outbound-route', id);
  const bare = (column: string) => row.text(column).trim().replace(/^_/, '');
  const [prefix, match, callerId] = [bare('match_pattern_prefix'), bare('match_pattern_pass'), bare('match_cid')];
  const prepend = row.text('prepend_digits').trim();
  if (prefix + match === '') {
    notes.dropped(row, 'it says nothing');
    return [];
  }
  if (!isUsable(notes, row, about, { 'The pattern': prefix + match, 'The caller': callerId })) return [];
  notes.carried(row, about);
  return [{ prepend, prefix, match, callerId }];
}

function trunksOf(source: Source, notes: Notes, id: string): string[] {
  const known = new Set(source.rows('trunks').map((row) => row.text('trunkid')));
  const rows = inSequence(rowsOf(source, 'outbound_route_trunks', id), 'seq');
  return rows
    .map((row) => row.text('trunk_id'))
    .filter((trunk, i) => {
      const row = rows[i];
      if (row === undefined) return false;
      if (known.has(trunk)) {
        notes.carried(row, ref('outbound-route', id));
        return true;
      }
      notes.dropped(row, 'there is no such trunk');
      notes.finding(
        finding('TRUNK_MISSING', {
          about: ref('outbound-route', id),
          where: `${row.table} ${row.key}`,
          means: `The route is meant to try trunk ${trunk}, which does not exist.`,
        }),
      );
      return false;
    });
}

/** 2.8 and later bind a PIN set by the route's id; before, pinsets.used_by named it. */
function pinSet(source: Source, notes: Notes, route: Row, about: Ref): string | null {
  const usage = source.rows('pinset_usage').find((row) => row.text('dispname') === 'routing' && row.text('foreign_id') === about.id);
  if (usage === undefined || source.moduleOff('pinsets')) return null;
  const id = usage.text('pinsets_id');
  notes.carried(usage, about);
  if (!source.rows('pinsets').some((row) => row.text('pinsets_id') === id)) {
    const means = `Callers of route '${route.text('name')}' must key a PIN of set ${id}, which does not exist: nobody passes, here as on the old box.`;
    notes.finding(finding('PIN_SET_MISSING', { about, where: `${usage.table} ${usage.key}`, means }));
  }
  return id;
}

/** Its hours are those of the module of time conditions: switched off, the route is open at all times (core_routing in FreePBX 2.8). */
function timeGroup(source: Source, notes: Notes, row: Row, about: Ref): string | null {
  const id = row.text('time_group_id').trim();
  if (id === '' || id === '0' || source.moduleOff('timeconditions')) return null;
  if (!source.rows('timegroups_groups').some((group) => group.text('id') === id)) {
    const means = `The route is open within time group ${id} alone, which does not exist: nobody can dial through it.`;
    notes.finding(finding('TIME_GROUP_MISSING', { about, where: `${row.table} ${row.key}`, means }));
  }
  return id;
}

/** Order rows say where a route stands; rows of deleted routes say nothing. */
function accountRest(source: Source, notes: Notes, routes: Readonly<Record<string, OutboundRoute>>, inert: ReadonlySet<string>): void {
  for (const row of source.rows('outbound_route_sequence')) {
    const id = row.text('route_id');
    if (routes[id] !== undefined) notes.carried(row, ref('outbound-route', id));
    else notes.ownerless(row, ref('outbound-route', id));
  }
  for (const table of ['outbound_route_patterns', 'outbound_route_trunks']) {
    for (const row of source.rows(table)) {
      const id = row.text('route_id');
      if (inert.has(id)) notes.dropped(row, INERT);
      else if (routes[id] === undefined) notes.ownerless(row, ref('outbound-route', id));
    }
  }
}
