import { finding } from '../finding.ts';
import type { ClassOfService } from '../model/class-of-service.ts';
import type { Destination } from '../model/destination.ts';
import { type Ref, ref } from '../model/ref.ts';
import { droppedWithModule } from './module-off.ts';
import { fits } from './readable-pattern.ts';
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
  const rows = source
    .rows(PARTS)
    .filter((part) => part.text('context').trim() === id)
    .sort((a, b) => (a.int('sort') ?? 0) - (b.int('sort') ?? 0));
  const parts = rows.flatMap((part) => readPart(source, notes, part, about));
  const last = row.text('faildestination').includes('${EXTEN}') ? [openEnd(row)] : [];
  const onFailure = failure(source, row, 'faildestination', about);
  const onFailedCode = failure(source, row, 'featurefaildestination', about);
  const [pin, codePin] = [row.text('failpin').trim(), row.text('featurefailpin').trim()];
  if (pin !== '') notes.secret(`class-of-service/${id}/pin`, pin);
  if (codePin !== '') notes.secret(`class-of-service/${id}/code-pin`, codePin);
  return {
    description: row.text('description'),
    parts: [...parts, ...last],
    dialRules: dialRules(notes, row, about),
    onFailure,
    asksPinOnFailure: onFailure !== null && pin !== '',
    onFailedCode,
    asksPinOnFailedCode: onFailedCode !== null && codePin !== '',
  };
}

function readPart(source: Source, notes: Notes, row: Row, about: Ref): ClassOfService['parts'] {
  const context = row.text('include').trim().split(',')[0] ?? '';
  const rules = row.text('userules').trim();
  if (NOTHING_TO_DIAL.test(context)) {
    notes.dropped(row, 'lamps and turns of the old dialplan: nobody dials there');
    return [];
  }
  notes.carried(row, about);
  const numbers = rules === 'allowmatch' ? 'of-rules' : rules === 'denymatch' ? 'others' : 'any';
  const hours = row.text('timegroupid').trim();
  if (hours !== '' && !source.rows('timegroups_groups').some((g) => g.text('id').trim() === hours)) {
    const means = `The class lets its telephones use '${context}' within the hours of time group ${hours}, which does not exist: it is left open, as the old box did.`;
    notes.finding(finding('TIME_GROUP_MISSING', { about, where: `${PARTS} ${row.key}`, means }));
    return [{ context, timeGroup: null, numbers, asksPin: false }];
  }
  return [{ context, timeGroup: hours === '' ? null : hours, numbers, asksPin: false }];
}

/** A line a rule: '9|NXX' takes the 9 away of what it takes (customcontexts_get_config). */
function dialRules(notes: Notes, row: Row, about: Ref): ClassOfService['dialRules'] {
  const lines = row
    .text('dialrules')
    .split(/[\r\n]+/)
    .map((line) => line.trim().replace(/^_/, ''));
  return [...new Set(lines)].flatMap((line) => {
    if (line === '') return [];
    const bar = line.indexOf('|');
    const [prefix, match] = bar < 0 ? ['', line] : [line.slice(0, bar), line.slice(bar + 1).replaceAll('|', '')];
    if (fits(`${prefix}${match}`)) return [{ prefix, match }];
    const means = `The dial rule '${line}' can fit no number: Asterisk cannot read it, here as on the old box.`;
    notes.finding(finding('PATTERN_BROKEN', { about, where: `${CLASSES} ${row.key}`, means }));
    return [];
  });
}

/** Where numbers go that no part has. */
function failure(source: Source, row: Row, column: 'faildestination' | 'featurefaildestination', about: Ref): Destination | null {
  const text = row.text(column).trim();
  return text === '' || text.includes('${EXTEN}') ? null : source.destination(text, row, about);
}

/** 'from-internal,${EXTEN},1': the number is dialled there after all. */
function openEnd(row: Row): ClassOfService['parts'][number] {
  const context = row.text('faildestination').split(',')[0]?.trim() ?? '';
  return { context, timeGroup: null, numbers: 'any', asksPin: row.text('failpin').trim() !== '' };
}
