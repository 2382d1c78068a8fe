import { type Directory, type DirectoryEntry, foundBy, keysOf, namesIn, partsOf } from '../../model/directory.ts';
import { ref, refText } from '../../model/ref.ts';
import type { Draft, PlanContext } from './define.ts';
import { callsOfEach, type Drafted } from './each-object.ts';
import { byWay, keysOnTheWay } from './ways.ts';

/** Every directory: who keys nothing goes elsewhere, a name that is there is put through, one that nobody has is told. */
export const directoryScenarios = callsOfEach('directory', (context) => (id) => drafts(context, id));

/** On no key with letters: hardly anybody's name begins so. */
const NOBODY = '111';

function drafts(context: PlanContext, id: string): Drafted {
  const about = ref('directory', id);
  const held = context.model.directory[id];
  const way = byWay(context, about);
  if (way === null || held === undefined)
    return { drafts: [], skipped: [{ id: refText(about), why: 'no call that the lab places reaches it' }] };
  const before = keysOnTheWay(context, way, about);
  const call = (what: string, keys: readonly string[], o: Partial<Draft> = {}): Draft => ({
    ...way,
    id: `${refText(about)}/${what}`,
    about: [about],
    keys: [...before, ...keys],
    does: () => 'answer',
    goes: 'through',
    impatient: true,
    ...o,
  });
  const list = [call('nothing', [], { goes: { past: about } }), call('not-found', [NOBODY])];
  const ways = waysIn(context, held);
  const [found] = ways.filter((w) => w.place === 0);
  const [second] = ways.filter((w) => w.place === 1);
  if (found !== undefined) list.push(call('found', found.keys));
  if (second !== undefined) list.push(call('second', second.keys));
  return { drafts: list, skipped: found === undefined ? [{ id: `${refText(about)}/found`, why: 'it has no name that can be keyed' }] : [] };
}

/** A way to somebody: in which place he is offered, what is keyed, and how much is spelled until he is taken. */
interface Found {
  readonly place: number;
  readonly keys: readonly string[];
  readonly spelled: number;
}

/** Ways to all whose names can be keyed, the shortest first: the beginning of a name, those who come before him passed over, and him taken. */
function waysIn({ model }: PlanContext, held: Directory): Found[] {
  const names = namesIn(model, held);
  const digits = new Set(names.flatMap(({ name }) => [keysOf(name), keysOf(partsOf(name)[1])]).filter((d) => d !== null));
  return [...digits]
    .flatMap((keyed) => offered(foundBy(names, held.matches, keyed), keyed))
    .filter(({ number }) => !held.ofMailboxes || number in model.extension)
    .toSorted((a, b) => a.spelled - b.spelled);
}

function offered(found: readonly DirectoryEntry[], digits: string): (Found & { readonly number: string })[] {
  let spelled = 0;
  return found.map(({ name, number }, place) => {
    spelled += name.length;
    return { number, place, keys: [digits, ...Array<string>(place).fill('*'), '1'], spelled };
  });
}
