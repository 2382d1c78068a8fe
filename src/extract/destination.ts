import type { Box } from '../box/box.ts';
import { finding } from '../finding.ts';
import { type Destination, destinationText } from '../model/destination.ts';
import { PHONE_BOOK } from '../model/directory.ts';
import type { Ref } from '../model/ref.ts';
import { type Place, readForm } from './destination-form.ts';
import { definedContexts } from './dialplan-context.ts';
import { handMadeSections, leadsToPage } from './dialplan-page.ts';
import { hasOldDirectory, hasPhoneBook } from './directory.ts';
import { numberOf } from './feature-code.ts';
import type { Notes, Row, Source } from './reader.ts';
import { mailboxOf } from './voicemail-conf.ts';

export type DestinationReader = (text: string, row: Row, about: Ref) => Destination;

/** Which module makes a kind's dialplan, and where its objects are listed. */
const HOLDERS: Readonly<
  Record<
    string,
    { module: string; in: readonly (readonly [table: string, column: string, where?: readonly [column: string, value: string]])[] }
  >
> = {
  extension: { module: 'core', in: [['users', 'extension']] },
  trunk: { module: 'core', in: [['trunks', 'trunkid']] },
  'ring-group': { module: 'ringgroups', in: [['ringgroups', 'grpnum']] },
  queue: {
    module: 'queues',
    in: [
      ['queues_config', 'extension'],
      ['queues', 'id'],
    ],
  },
  ivr: {
    module: 'ivr',
    in: [
      ['ivr_details', 'id'],
      ['ivr', 'ivr_id'],
    ],
  },
  'time-condition': { module: 'timeconditions', in: [['timeconditions', 'timeconditions_id']] },
  'call-flow': { module: 'daynight', in: [['daynight', 'ext', ['dmode', 'fc_description']]] },
  announcement: { module: 'announcement', in: [['announcement', 'announcement_id']] },
  'misc-destination': { module: 'miscdests', in: [['miscdests', 'id']] },
  conference: { module: 'conferences', in: [['meetme', 'exten']] },
  'page-group': {
    module: 'paging',
    in: [
      ['paging_config', 'page_group'],
      ['paging_groups', 'page_number'],
    ],
  },
  disa: { module: 'disa', in: [['disa', 'disa_id']] },
  callback: { module: 'callback', in: [['callback', 'callback_id']] },
  language: { module: 'languages', in: [['languages', 'language_id']] },
  'set-cid': { module: 'setcid', in: [['setcid', 'cid_id']] },
  'queue-priority': { module: 'queueprio', in: [['queueprio', 'queueprio_id']] },
  'recording-rule': { module: 'callrecording', in: [['callrecording', 'callrecording_id']] },
  'voicemail-blast': { module: 'vmblast', in: [['vmblast', 'grpnum']] },
  directory: { module: 'directory', in: [['directory_details', 'id']] },
  fax: { module: 'fax', in: [['fax_users', 'user']] },
  'dynamic-route': { module: 'dynroute', in: [['dynroute', 'dynroute_id']] },
};

/**
 * Reads destinations of every generation (ELASTIX.md, section 13) and asks whether they lead anywhere. What they lead to stays in
 * the database when its module is removed or the object deleted; the old box then hangs up in silence.
 */
export function destinationReader(box: Box, source: Source, notes: Notes, kinds: ReadonlySet<string>): DestinationReader {
  const contexts = definedContexts(source);
  const ids = objectIds(box);
  const custom = new Set(kinds.has('custom-dialplan') ? handMadeSections(source).map((s) => s.name) : []);
  const isCarried = (d: Destination): boolean =>
    d.to === 'custom' ? custom.has(d.context) : kinds.has(d.to) || d.to === 'number' || d.to === 'end';
  return (text, row, about) => {
    if (text.trim() === '') return { to: 'end', how: 'hangup' };
    const place = readForm(text);
    const found = place === null ? missing(text, 'unreadable') : check(place, source, ids, contexts);
    tell(found, row, about, notes, isCarried(found));
    return found;
  };
}

type Ids = (kind: string) => ReadonlySet<string> | null;

function check(place: Place, source: Source, ids: Ids, contexts: ReadonlySet<string> | null): Destination {
  const d = place.destination;
  if (d.to === 'custom') {
    const page = leadsToPage(source, d.context, d.extension);
    if (page !== null) return page === 'is-there' ? d : missing(place.text, page);
    // a box without /etc/asterisk tells nothing about contexts
    const isThere = contexts === null || contexts.has(d.context) || isGenerated(source, d.context);
    return isThere ? d : missing(place.text, 'no-such-object');
  }
  if (d.to === 'mailbox') {
    const mailbox = mailboxOf(source, d.id);
    return mailbox === null ? missing(place.text, 'no-such-object') : { ...d, id: mailbox };
  }
  if (d.to === 'feature-code') {
    const isThere = !source.hasTable('featurecodes') || source.rows('featurecodes').some((row) => numberOf(row) === d.code);
    return isThere ? d : missing(place.text, 'no-such-object');
  }
  if (d.to === 'directory' && d.id === '#') return hasOldDirectory(source) ? d : missing(place.text, 'no-such-object');
  if (d.to === 'directory' && d.id === PHONE_BOOK) return hasPhoneBook(source) ? d : missing(place.text, 'no-such-object');
  if (d.to === 'parking') return parkingOf(source, d.id) ?? missing(place.text, 'no-such-object');
  const holder = HOLDERS[d.to];
  if (holder === undefined || !('id' in d)) return d;
  if (source.moduleOff(holder.module)) return missing(place.text, 'module-off');
  const known = ids(d.to);
  // no table at all: the module was never there, or was removed
  return known?.has(d.id) === true ? d : missing(place.text, 'no-such-object');
}

/** A lot by the number that parks in it; a slot is a number that is dialled to take a call back. */
function parkingOf(source: Source, number: string): Destination | null {
  const lots = source.hasTable('parkplus')
    ? source
        .rows('parkplus')
        .map((row) => ({ id: row.text('id'), number: row.text('parkext'), slots: [row.int('parkpos'), row.int('numslots')] }))
    : source
        .rows('parkinglot')
        .filter((row) => row.text('keyword') === 'parkext')
        .map((row) => ({ id: row.text('id'), number: row.text('data').trim(), slots: [] }));
  const lot = lots.find((one) => one.number === number);
  if (lot !== undefined) return { to: 'parking', id: lot.id };
  const isSlot = lots.some(
    ({ slots: [first, count] }) => Number(number) >= (first ?? Infinity) && Number(number) < (first ?? 0) + (count ?? 0),
  );
  return isSlot ? { to: 'number', context: 'from-internal', number } : null;
}

/** A source without the generated dialplan cannot show the contexts of add-on modules: they are taken to be there. */
function isGenerated(source: Source, context: string): boolean {
  return (
    source.file('extensions_additional.conf') === null &&
    /^(?:app-|ext-|from-|outrt-|outbound-|injection-|tts|macro-|sub-|func-)/.test(context)
  );
}

function missing(was: string, because: 'no-such-object' | 'module-off' | 'unreadable'): Destination {
  return { to: 'missing', was: was.trim(), because };
}

/** Ids of a kind's objects, straight from the tables: asking whether an object is there is not reading it. */
function objectIds(box: Box): Ids {
  const known = new Map<string, ReadonlySet<string> | null>();
  return (kind) => {
    const held = known.get(kind);
    if (held !== undefined) return held;
    const found = (HOLDERS[kind]?.in ?? []).flatMap(([name, column, where]) => {
      const table = box.tables.get(name);
      const placeOf = (wanted: string) => table?.columns.findIndex((c) => c.name === wanted) ?? -1;
      const place = placeOf(column);
      if (table === undefined || place < 0) return [];
      const rows = where === undefined ? table.rows : table.rows.filter((cells) => cells[placeOf(where[0])] === where[1]);
      return [rows.map((cells) => cells[place] ?? '')];
    });
    const ids = found.length === 0 ? null : new Set(found.flat());
    known.set(kind, ids);
    return ids;
  };
}

/** Characters of the columns that hold destinations: MySQL cut a longer one without a word (ELASTIX.md, section 13). */
const WIDTHS: ReadonlySet<number> = new Set([50, 255]);

function tell(d: Destination, row: Row, about: Ref, notes: Notes, isCarried: boolean): void {
  const where = `${row.table} ${row.key}`;
  if (d.to === 'missing') {
    const why = {
      'no-such-object': 'there is no such object',
      'module-off': 'its module is switched off',
      unreadable: 'nobody can read it',
    }[d.because];
    notes.finding(
      finding('DESTINATION_MISSING', {
        about,
        where,
        means: `Calls that come here are sent to '${d.was}', but ${why}${WIDTHS.has(d.was.length) ? ' (it fills its column, and was likely cut there)' : ''}: the old box hangs up on them in silence.`,
      }),
    );
  } else if (!isCarried) {
    notes.finding(
      finding(d.to === 'fax' ? 'FAX_NOT_CARRIED' : 'DESTINATION_NOT_CARRIED', {
        about,
        where,
        means: `Calls that come here go on to ${destinationText(d)}, which is not carried yet: on the new box the caller hears an announcement and the call ends.`,
      }),
    );
  }
}
