import { type Finding, finding } from '../finding.ts';
import type { Model } from '../model/kinds.ts';
import { numbering } from '../model/numbering.ts';
import { type Ref, refText } from '../model/ref.ts';

/** Numbers that several objects have, so that only one of them can be dialled. Two feature codes with one number are told where they are read. */
export function checkNumbers(model: Model): Finding[] {
  return numbering(model).collisions.flatMap(({ number, wins, loses }) =>
    once(loses)
      .filter((other) => !(wins.kind === 'feature-code' && other.kind === 'feature-code'))
      .map((other) =>
        finding('NUMBER_TAKEN', {
          about: other,
          where: `number ${number}`,
          means: `Whoever dials ${number} reaches ${refText(wins)}: ${refText(other)} has the same number, and nobody can dial it.`,
        }),
      ),
  );
}

function once(refs: readonly Ref[]): Ref[] {
  return [...new Map(refs.map((r) => [refText(r), r])).values()];
}
