import { dialledEntries, foundBy, keysOf } from '../../model/directory.ts';
import { ref, refText } from '../../model/ref.ts';
import type { Draft, PlanContext } from './define.ts';
import { callsOfEach, type Drafted } from './each-object.ts';
import { byWay } from './ways.ts';

/** Every directory: who keys nothing goes elsewhere, a name that is there is put through, one that nobody has is told. */
export const directoryScenarios = callsOfEach('directory', (context) => (id) => drafts(context, id));

/** Letters on no key: nobody's name begins so. */
const NOBODY = '111';

function drafts(context: PlanContext, id: string): Drafted {
  const about = ref('directory', id);
  const held = context.model.directory[id];
  const way = byWay(context, about);
  if (way === null || held === undefined)
    return { drafts: [], skipped: [{ id: refText(about), why: 'no call that the lab places reaches it' }] };
  const call = (what: string, keys: readonly string[], o: Partial<Draft> = {}): Draft => ({
    ...way,
    id: `${refText(about)}/${what}`,
    about: [about],
    keys: [...(way.keys ?? []), ...keys],
    does: () => 'answer',
    goes: 'through',
    impatient: true,
    ...o,
  });
  const list = [call('nothing', [], { goes: { past: about } })];
  if (held.ofMailboxes) return { drafts: list, skipped: [] };
  const entry = dialledEntries(held).find(({ name }) => /^[A-Za-z0-9 ]+$/.test(name) && keysOf(name.slice(name.indexOf(' ') + 1)) !== null);
  const digits = entry === undefined ? null : keysOf(held.matches === 'first' ? entry.name : entry.name.slice(entry.name.indexOf(' ') + 1));
  if (entry !== undefined && digits !== null) {
    const before = foundBy(held, digits).findIndex((f) => f.number === entry.number);
    if (before >= 0) list.push(call('found', [digits, ...Array.from({ length: before }, () => '*'), '1']));
  }
  list.push(call('not-found', [NOBODY]));
  return { drafts: list, skipped: [] };
}
