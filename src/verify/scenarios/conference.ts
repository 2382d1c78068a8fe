import { ref, refText } from '../../model/ref.ts';
import { spread } from './callers.ts';
import type { Draft, EarlierDraft, PlanContext } from './define.ts';
import { callsOfEach, type Drafted } from './each-object.ts';
import { byWay } from './ways.ts';

/** Every room: its PINs, wrong ones until it gives up, alone and with somebody there already. */
export const conferenceScenarios = callsOfEach('conference', (context) => (id) => drafts(context, id));

function drafts(context: PlanContext, id: string): Drafted {
  const about = ref('conference', id);
  const way = byWay(context, about);
  if (way === null) return { drafts: [], skipped: [{ id: refText(about), why: 'no call that the lab places reaches it' }] };
  const [userPin, leaderPin] = ['user-pin', 'leader-pin'].map((pin) => context.model.secrets[`${refText(about)}/${pin}`]);
  const call = (what: string, pin: string | undefined, o: Partial<Draft> = {}): Draft => ({
    ...way,
    id: `${refText(about)}/${what}`,
    about: [about],
    keys: [...(way.keys ?? []), ...(pin === undefined ? [] : [`${pin}#`])],
    does: () => 'ignore',
    goes: 'through',
    ...o,
  });
  const asks = userPin !== undefined || leaderPin !== undefined;
  const list = [call(userPin === undefined ? 'alone' : 'user-pin', userPin ?? (asks ? '' : undefined))];
  if (leaderPin !== undefined) list.push(call('leader-pin', leaderPin));
  const wrong = Array.from({ length: MOST_PINS }, () => `${wrongPin([userPin, leaderPin])}#`);
  if (asks) list.push(call('wrong-pin', undefined, { keys: [...(way.keys ?? []), ...wrong] }));
  if ('inside' in way.from && way.from.inside.length > 1) list.push(second(call, way, { id, asks, userPin, leaderPin }));
  return { drafts: list, skipped: [] };
}

/** More than a room asks for. */
const MOST_PINS = 6;

interface Room {
  readonly id: string;
  readonly asks: boolean;
  readonly userPin: string | undefined;
  readonly leaderPin: string | undefined;
}

/** Somebody comes to a room where the leader, or whoever may be there without one, is already. */
function second(
  call: (what: string, pin: string | undefined, o: Partial<Draft>) => Draft,
  way: Pick<Draft, 'dial' | 'from'>,
  room: Room,
): Draft {
  const inside = 'inside' in way.from ? way.from.inside : [];
  // another one for each room
  const host = inside[spread(room.id, inside.length)];
  const there = room.leaderPin ?? room.userPin ?? (room.asks ? '' : undefined);
  const first: EarlierDraft = {
    dial: way.dial,
    from: host === undefined ? way.from : { inside: [host] },
    keys: there === undefined ? [] : [`${there}#`],
    does: () => 'ignore',
    goes: 'through',
    until: 'there',
  };
  return call('second', room.userPin ?? (room.asks ? '' : undefined), {
    ...(host === undefined ? {} : { from: { inside: inside.filter((p) => p !== host) } }),
    earlier: [first],
    given: { conferences: { [room.id]: { people: 1, leader: room.leaderPin !== undefined && room.leaderPin !== room.userPin } } },
  });
}

/** Digits that are none of these. */
function wrongPin(pins: readonly (string | undefined)[]): string {
  return ['0000', '1357', '2468'].find((pin) => !pins.includes(pin)) ?? '97531';
}
