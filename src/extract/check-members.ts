import { type Finding, finding } from '../finding.ts';
import type { Model } from '../model/kinds.ts';
import { type Numbering, numbering, reach } from '../model/numbering.ts';
import { type Ref, ref } from '../model/ref.ts';
import { numberOf } from './feature-code.ts';
import { insideNumbers } from './inside-number.ts';
import type { Source } from './reader.ts';

/**
 * Numbers that lead nowhere, where something dials them: neither somebody in the house nor an outbound route takes them. And groups, queues and page groups that
 * have nobody.
 */
export function checkMembers(model: Model, source: Source): Finding[] {
  const known = new Set([...insideNumbers(source).map(({ number }) => number), ...source.rows('featurecodes').map(numberOf)]);
  const inside = numbering(model);
  const isDead: IsDead = (number) => !known.has(number) && reach(model, inside, number, '').leads === 'nowhere';
  return [...deadMembers(model, isDead), ...nobody(model), ...deadNumbers(model, isDead, inside)];
}

type IsDead = (number: string) => boolean;

function deadMembers(model: Model, isDead: IsDead): Finding[] {
  const dead = (about: Ref, numbers: readonly string[]) =>
    [...new Set(numbers)].filter(isDead).map((number) =>
      finding('MEMBER_MISSING', {
        about,
        where: `member ${number}`,
        means: `${number} is one of its members, but nobody in the house has this number and no route takes it outside: nothing rings there.`,
      }),
    );
  const numbers = (members: readonly { readonly number: string }[]) => members.map((m) => m.number);
  return [
    ...Object.entries(model['ring-group']).flatMap(([id, group]) => dead(ref('ring-group', id), numbers(group.members))),
    ...Object.entries(model.queue).flatMap(([id, queue]) =>
      dead(ref('queue', id), numbers([...queue.members, ...queue.loggedIn].filter((m) => m.kind === 'number'))),
    ),
    ...Object.entries(model['follow-me']).flatMap(([id, followMe]) => dead(ref('follow-me', id), numbers(followMe.members))),
    ...Object.entries(model.queue).flatMap(([id, queue]) => deadTelephones(model, ref('queue', id), [...queue.members, ...queue.loggedIn])),
  ];
}

/** Agents who are named by their telephone, 'SIP/203', where no telephone has that name any more. */
function deadTelephones(model: Model, about: Ref, members: readonly Model['queue'][string]['members'][number][]): Finding[] {
  const peers = new Set(Object.values(model.trunk).flatMap((t) => ('peer' in t ? [t.peer] : [])));
  return members.flatMap(({ kind, number }) => {
    const name = kind === 'dial' ? /^(?:pjsip|sip|iax2)\/([^/@]+)$/i.exec(number)?.[1] : undefined;
    if (name === undefined || name in model.device || peers.has(name)) return [];
    const means = `${number} is one of its agents, but no telephone has this name: nothing rings there.`;
    return [finding('MEMBER_MISSING', { about, where: `member ${number}`, means })];
  });
}

function nobody(model: Model): Finding[] {
  const told = (about: Ref, means: string) => finding('NOBODY_RINGS', { about, where: `${about.kind} ${about.id}`, means });
  return [
    ...Object.entries(model['ring-group']).flatMap(([id, { members }]) =>
      members.length > 0
        ? []
        : [told(ref('ring-group', id), `Group ${id} has no members: whoever calls it goes on at once, or is hung up on.`)],
    ),
    ...Object.entries(model.queue).flatMap(([id, { members, loggedIn }]) =>
      members.length + loggedIn.length > 0
        ? []
        : [
            told(
              ref('queue', id),
              `Queue ${id} has no agents of its own, and nobody was logged in to it: callers wait for nobody until somebody does.`,
            ),
          ],
    ),
    ...Object.entries(model['page-group']).flatMap(([id, { devices }]) =>
      devices.length > 0 ? [] : [told(ref('page-group', id), `Page group ${id} has no telephones: whoever calls it speaks to nobody.`)],
    ),
  ];
}

/** A forward that a script or a web page wrote: the old dialplan dialled it as a number of from-internal, whatever it was. */
function unkeyed(about: Ref, text: string): Finding[] {
  if (/^\+?[\d*#]+$/.test(text)) return [];
  const means = `Its calls are forwarded to '${text}', which is no number that can be dialled: such calls end.`;
  return [finding('NUMBER_NOWHERE', { about, where: 'forward', means })];
}

/** What dials a number by itself, and whether that leads anywhere. */
function deadNumbers(model: Model, isDead: IsDead, inside: Numbering): Finding[] {
  const told = (about: Ref, number: string, what: string) => {
    // what no telephone can key is told as such elsewhere
    if (!/^[\d*#+]+$/.test(number) || inside.numbers.has(number) || !isDead(number)) return [];
    const means = `${what} ${number}, but nobody in the house has this number and no route takes it outside: such calls end.`;
    return [finding('NUMBER_NOWHERE', { about, where: `number ${number}`, means })];
  };
  return [
    ...Object.entries(model.extension).flatMap(([id, { state }]) =>
      [state.forwardAlways, state.forwardBusy, state.forwardUnavailable].flatMap((number) =>
        number === null
          ? []
          : [...told(ref('extension', id), number, `Its calls are forwarded to`), ...unkeyed(ref('extension', id), number)],
      ),
    ),
    ...Object.entries(model['misc-destination']).flatMap(([id, { number }]) => told(ref('misc-destination', id), number, 'It dials')),
    ...Object.entries(model.callback).flatMap(([id, { number }]) => (number === null ? [] : told(ref('callback', id), number, 'It calls'))),
  ];
}
