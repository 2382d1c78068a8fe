import { ref } from '../../model/ref.ts';
import type { Codes } from './codes.ts';
import { dials } from './codes.ts';
import type { Draft } from './define.ts';

/** Speaking to an extension at once: it takes the call, it does not, and its owner has forbidden it, for all or for one caller. */
export function intercomCodes(codes: Codes): Draft[] {
  const id = 'paging/intercom-prefix';
  const code = codes.code(id);
  const speaks = (what: string, does: Draft['does'], more: (own: string, other: string) => Partial<Draft> = () => ({})): Draft[] => {
    const pair = codes.pair();
    if (pair === null || code === null) return [];
    const { own, other } = pair;
    // who is in another call is not spoken to
    const owns = [ref('device', other.device), ref('extension', other.extension)];
    const call = codes.uses(id, what, own, { dial: `${code}${other.extension}`, does, notCalling: [other.extension], owns });
    return [{ ...call, ...more(own.extension, other.extension) }];
  };
  return [
    ...speaks('answered', () => 'answer'),
    ...speaks('unanswered', () => 'ignore'),
    ...speaks(
      'refused',
      () => 'answer',
      (_own, other) => ({ astdb: { [`AMPUSER/${other}/intercom`]: 'disabled' } }),
    ),
    ...speaks(
      'refused-to-one',
      () => 'answer',
      (own, other) => ({ astdb: { [`AMPUSER/${other}/intercom/${own}`]: 'deny' } }),
    ),
    ...speaks(
      'allowed-to-one',
      () => 'answer',
      (own, other) => ({
        astdb: { [`AMPUSER/${other}/intercom`]: 'disabled', [`AMPUSER/${other}/intercom/${own}`]: 'allow' },
      }),
    ),
    ...switches(codes),
  ];
}

/** *54 and *55: for all, for one, for one who is not there, and obeyed. */
function switches(codes: Codes): Draft[] {
  const speak = codes.code('paging/intercom-prefix');
  return ['paging/intercom-on', 'paging/intercom-off'].flatMap((id) => {
    const code = codes.code(id);
    // each has its own two, or they would wait for one another
    const [first, second, third] = [codes.pair(), codes.pair(), codes.pair()];
    if (code === null || first === null || second === null || third === null) return [];
    const one = codes.uses(id, 'one', second.own, { dial: `${code}${second.other.extension}` });
    const obeyed = {
      ...codes.obeyed(id, third.own.extension, dials(third.own, code)),
      dial: `${speak ?? ''}${third.own.extension}`,
      from: { inside: [third.other] },
      alone: true,
    };
    const nobody = codes.uses(id, 'nobody', first.own, { dial: `${code}0` });
    return [codes.uses(id, 'all', first.own), one, nobody, ...(speak === null ? [] : [obeyed])];
  });
}
