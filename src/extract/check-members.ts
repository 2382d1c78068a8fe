import { type Finding, finding } from '../finding.ts';
import type { Model } from '../model/kinds.ts';
import { numbering, reach } from '../model/numbering.ts';
import { type Ref, ref } from '../model/ref.ts';
import { numberOf } from './feature-code.ts';
import { insideNumbers } from './inside-number.ts';
import type { Source } from './reader.ts';

/** Members of queues and follow me whose number leads nowhere: neither somebody in the house nor an outbound route takes it. */
export function checkMembers(model: Model, source: Source): Finding[] {
  const known = new Set([...insideNumbers(source).map(({ number }) => number), ...source.rows('featurecodes').map(numberOf)]);
  const inside = numbering(model);
  const isDead = (number: string) => !known.has(number) && reach(model, inside, number, '').leads === 'nowhere';
  const dead = (about: Ref, numbers: readonly string[]) =>
    [...new Set(numbers)].filter(isDead).map((number) =>
      finding('MEMBER_MISSING', {
        about,
        where: `member ${number}`,
        means: `${number} is one of its members, but nobody in the house has this number and no route takes it outside: nothing rings there.`,
      }),
    );
  return [
    ...Object.entries(model.queue).flatMap(([id, queue]) =>
      dead(
        ref('queue', id),
        [...queue.members, ...queue.loggedIn].filter((m) => m.kind === 'number').map((m) => m.number),
      ),
    ),
    ...Object.entries(model['follow-me']).flatMap(([id, followMe]) =>
      dead(
        ref('follow-me', id),
        followMe.members.map((m) => m.number),
      ),
    ),
  ];
}
