import { type Model, naturalOrder } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { type Codes, dials } from './codes.ts';
import type { Draft } from './define.ts';
import { OUTSIDE_NAME, wayFromOutside } from './ways.ts';

type Drafts = readonly (Draft | null)[];

/** A short number that is tried; few people have one there. */
const PLACE = '47';

/** The blacklist by its codes: somebody is put on it and turned away, and taken off; the last caller is. */
export function blacklistCodes(codes: Codes): Drafts {
  const [add, remove, last] = ['blacklist/blacklist_add', 'blacklist/blacklist_remove', 'blacklist/blacklist_last'];
  const [first = '', second = '', third = ''] = freshNumbers(codes.context.model);
  return [
    one(codes, add, (own) => codes.uses(add, 'added', own, { keys: [`${first}#`, '1'] })),
    one(codes, remove, (own) => codes.uses(remove, 'removed', own, { keys: [`${second}#`, '1'], astdb: { [`blacklist/${second}`]: '1' } })),
    lastCaller(codes, last, 'added', ['1']),
    lastCaller(codes, 'infoservices/calltrace', 'called-back', ['1']),
    turnedAway(codes, add, third),
  ];
}

/** Three numbers of nobody; of few digits, for each is read back. */
function freshNumbers(model: Model): string[] {
  return ['5550', '6660', '7770', '44401', '55501', '66601', '77701'].filter((n) => !(n in model.extension) && !(n in model.blacklist));
}

function turnedAway(codes: Codes, id: string, number: string): Draft | null {
  const code = codes.code(id);
  const pair = codes.pair();
  const way = wayFromOutside(codes.context);
  if (code === null || pair === null || way === null) return null;
  return {
    ...way,
    id: `code/${id}/obeyed`,
    about: [ref('feature-code', id)],
    from: { ...way.from, number, name: OUTSIDE_NAME },
    does: () => 'answer',
    earlier: [dials(pair.own, code, { keys: [`${number}#`, '1'] })],
  };
}

/** Somebody has just called, and the code is about him. */
function lastCaller(codes: Codes, id: string, what: string, keys: readonly string[]): Draft | null {
  const pair = codes.code(id) === null ? null : codes.pair();
  if (pair === null) return null;
  const { own, other } = pair;
  return codes.uses(id, what, own, {
    keys,
    does: () => 'answer',
    earlier: [dials(other, own.extension, { does: () => 'busy' })],
    given: { lastCallers: { [own.extension]: other.extension } },
    owns: [ref('extension', own.extension), ref('device', own.device)],
  });
}

/** Short numbers: one's own and everybody's are called, one's own is kept. */
export function speedDialCodes(codes: Codes): Drafts {
  const { model, limit } = codes.context;
  const [calls, keeps] = ['speeddial/callspeeddial', 'speeddial/setspeeddial'];
  const prefix = codes.code(calls);
  const own = one(codes, calls, (phone, other) =>
    codes.uses(calls, 'own', phone, {
      dial: `${prefix}${PLACE}`,
      does: () => 'answer',
      astdb: { [`AMPUSER/${phone.extension}/speeddials/${PLACE}`]: other.extension },
    }),
  );
  const kept = one(codes, keeps, (phone, other) => codes.uses(keeps, 'kept', phone, { keys: [`${PLACE}#`, `${other.extension}#`] }));
  const everybodys = Object.keys(model['speed-dial'])
    .sort(naturalOrder)
    .slice(0, limit)
    .map((place) =>
      one(codes, calls, (phone) => ({
        ...codes.uses(calls, `everybodys-${place}`, phone, { dial: `${prefix}${place}`, does: () => 'answer' }),
        about: [ref('speed-dial', place)],
      })),
    );
  return [own, kept, ...everybodys];
}

type Pair = NonNullable<ReturnType<Codes['pair']>>;

function one(codes: Codes, id: string, make: (own: Pair['own'], other: Pair['other']) => Draft): Draft | null {
  const pair = codes.code(id) === null ? null : codes.pair();
  return pair === null ? null : make(pair.own, pair.other);
}
