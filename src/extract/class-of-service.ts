import { finding } from '../finding.ts';
import type { ClassOfService } from '../model/class-of-service.ts';
import type { Destination } from '../model/destination.ts';
import { type Ref, ref } from '../model/ref.ts';
import { droppedWithModule } from './module-off.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';

const CLASSES = 'customcontexts_contexts';
const PARTS = 'customcontexts_includes';

/** Contexts with lamps and turns alone, in which nobody dials. */
const NOTHING_TO_DIAL = /^(?:ext-(?:cf|dnd)-hints|grps|fmgrps|findmefollow-ringallv2|ext-local-confirm|from-internal-noxfer.*)$/;

/** What telephones may dial (customcontexts). Source: customcontexts_get_config(): the includes in the order of `sort`, each within the hours of a time group. */
export default defineReader({
  kind: 'class-of-service',
  tables: [CLASSES, PARTS],
  astdb: [],
  files: [],
  dead: { [CLASSES]: ['failpincdr', 'featurefailpincdr'] },
  read: (source, notes) => {
    const found: Record<string, ClassOfService> = {};
    if (droppedWithModule(source, notes, 'customcontexts', { tables: [CLASSES, PARTS] })) return found;
    for (const row of source.rows(CLASSES)) {
      const id = row.text('context').trim();
      if (id === '' || found[id] !== undefined) notes.dropped(row, id === '' ? 'it has no name' : 'a second row of the same name');
      else found[id] = readClass(source, notes, row, id);
    }
    for (const row of source.rows(PARTS)) {
      const owner = row.text('context').trim();
      if (found[owner] === undefined) notes.ownerless(row, ref('class-of-service', owner));
    }
    return found;
  },
});

function readClass(source: Source, notes: Notes, row: Row, id: string): ClassOfService {
  const about = ref('class-of-service', id);
  notes.carried(row, about);
  if (row.text('dialrules').trim() !== '') {
    const means = `Class '${id}' has dial rules, by which some of its parts hold for some numbers alone. They are not carried: parts that are for numbers of a rule are left out.`;
    notes.finding(finding('CLASS_RULES_NOT_CARRIED', { about, where: `${CLASSES} ${row.key}`, means }));
  }
  const rows = source
    .rows(PARTS)
    .filter((part) => part.text('context').trim() === id)
    .sort((a, b) => (a.int('sort') ?? 0) - (b.int('sort') ?? 0));
  const parts = rows.flatMap((part) => readPart(source, notes, part, about));
  const last = row.text('faildestination').includes('${EXTEN}') ? openEnd(notes, row, about) : [];
  return {
    description: row.text('description'),
    parts: [...parts, ...last],
    onFailure: last.length > 0 ? null : failure(source, notes, row, 'faildestination', 'failpin', about),
    onFailedCode: failure(source, notes, row, 'featurefaildestination', 'featurefailpin', about),
  };
}

function readPart(source: Source, notes: Notes, row: Row, about: Ref): ClassOfService['parts'] {
  const context = row.text('include').trim().split(',')[0] ?? '';
  const rules = row.text('userules').trim();
  if (NOTHING_TO_DIAL.test(context)) {
    notes.dropped(row, 'lamps and turns of the old dialplan: nobody dials there');
    return [];
  }
  // for numbers that match a rule alone
  if (rules === 'allowmatch') {
    notes.dropped(row, 'it holds for numbers of the dial rules alone, which are not carried');
    return [];
  }
  notes.carried(row, about);
  const hours = row.text('timegroupid').trim();
  if (hours !== '' && !source.rows('timegroups_groups').some((g) => g.text('id').trim() === hours)) {
    const means = `The class lets its telephones use '${context}' within the hours of time group ${hours}, which does not exist: it is left open, as the old box did.`;
    notes.finding(finding('TIME_GROUP_MISSING', { about, where: `${PARTS} ${row.key}`, means }));
    return [{ context, timeGroup: null }];
  }
  return [{ context, timeGroup: hours === '' ? null : hours }];
}

/** Where numbers go that no part has. Behind a PIN it would stand open, since the kit asks for none there. */
function failure(source: Source, notes: Notes, row: Row, column: string, pin: string, about: Ref): Destination | null {
  const text = row.text(column).trim();
  if (text === '' || text.includes('${EXTEN}')) return null;
  if (row.text(pin).trim() === '') return source.destination(text, row, about);
  tellPin(notes, row, about);
  return null;
}

/** 'from-internal,${EXTEN},1': the number is dialled there after all. */
function openEnd(notes: Notes, row: Row, about: Ref): ClassOfService['parts'] {
  if (row.text('failpin').trim() === '') return [{ context: row.text('faildestination').split(',')[0]?.trim() ?? '', timeGroup: null }];
  tellPin(notes, row, about);
  return [];
}

function tellPin(notes: Notes, row: Row, about: Ref): void {
  const means = 'Numbers that the class forbids could be dialled by a PIN on the old box. Here they are refused: the PIN is not carried.';
  notes.finding(finding('CLASS_PIN_NOT_CARRIED', { about, where: `${CLASSES} ${row.key}`, means }));
}
