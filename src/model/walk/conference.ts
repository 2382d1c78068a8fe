import type { Conference } from '../conference.ts';
import { promptsOf } from '../recording.ts';
import { type Ref, ref } from '../ref.ts';
import { type Call, hangUp, mayGoOn, type Run } from './call.ts';
import { nextKeys } from './keys.ts';
import { musicFor } from './music.ts';
import { recordConference } from './recording.ts';
import { saidNumber } from './say-number.ts';
import type { Ending, Step } from './step.ts';

/** PINs that are asked for at most (old: PINCOUNT). */
const MOST_PINS = 4;
/** Seconds for the first digit of a PIN: Asterisk's own. */
const PIN_SECONDS = 10;
/** Seconds to say one's name. */
const NAME_SECONDS = 10;

type Role = 'user' | 'leader';

/** The caller enters a room: ext-meetme and ConfBridge(). */
export function joinConference(run: Run, call: Call, id: string, room: Conference): Ending {
  const by = ref('conference', id);
  if (!mayGoOn(run, call, id)) return 'congestion';
  call.steps.push({ do: 'enter', ref: by });
  // answers and waits even where the call is answered already
  call.steps.push({ do: 'wait', seconds: 1, answers: true });
  const role = askPin(run, call, by, room);
  if (role === null) {
    hangUp(call);
    return 'answered';
  }
  const welcome = promptsOf(run.model, room.joinAnnouncement);
  if (welcome.length > 0) call.steps.push({ do: 'play', prompts: welcome, early: false });
  const { people = 0, leader = false } = run.at.state.conferences?.[id] ?? {};
  if (room.maxUsers > 0 && people >= room.maxUsers) {
    call.steps.push({ do: 'play', prompts: ['im-sorry', 'conf-full', 'goodbye'], early: false });
    hangUp(call);
    return 'answered';
  }
  if (room.announcesNames && !room.quiet) askName(call, by);
  recordConference(run, call, id, room.records);
  call.steps.push(inside(run, call, by, room, { role, people, leader }));
  return 'answered';
}

/** Who the caller is by the PIN that he keys; null: none of his tries was right. An empty PIN is right for all where only the leader has one. */
function askPin(run: Run, call: Call, by: Ref, room: Conference): Role | null {
  if (!room.asksUserPin && !room.asksLeaderPin) return 'user';
  const pinOf = (of: 'user-pin' | 'leader-pin'): string | undefined => run.model.secrets[`conference/${by.id}/${of}`];
  const userPin = room.asksUserPin ? pinOf('user-pin') : '';
  const leaderPin = room.asksLeaderPin ? pinOf('leader-pin') : undefined;
  for (let tries = 1; tries <= MOST_PINS; tries++) {
    const pin = readPin(call, by);
    if (pin === userPin) return 'user';
    if (pin === leaderPin) return 'leader';
    if (tries < MOST_PINS) call.steps.push({ do: 'play', prompts: ['conf-invalidpin'], early: false });
  }
  return null;
}

/** Reads up to '#', or until no further digit comes. */
function readPin(call: Call, by: Ref): string {
  const keys = nextKeys(call);
  const end = keys.indexOf('#');
  const settleSeconds = keys !== '' && end < 0 ? call.menus.digitSeconds : 0;
  call.elapsed += keys === '' ? PIN_SECONDS : settleSeconds;
  call.steps.push({ do: 'ask', by, prompts: ['enter-conf-pin-number'], keys, seconds: PIN_SECONDS, settleSeconds, early: false });
  return end < 0 ? keys : keys.slice(0, end);
}

/** He says his name, and any key ends that. */
function askName(call: Call, by: Ref): void {
  call.steps.push({
    do: 'ask',
    by,
    prompts: ['vm-rec-name', 'beep'],
    keys: nextKeys(call),
    seconds: NAME_SECONDS,
    settleSeconds: 0,
    early: false,
  });
}

interface Comes {
  readonly role: Role;
  /** In the room already. */
  readonly people: number;
  readonly leader: boolean;
}

function inside(run: Run, call: Call, by: Ref, room: Conference, { role, people, leader }: Comes): Step {
  const waits = room.waitsForLeader && role === 'user' && !leader;
  const alone = waits || people === 0;
  if (room.musicClass !== null) call.musicClass = room.musicClass;
  return {
    do: 'conference',
    by,
    prompts: told(room, waits, people),
    musicClass: alone && room.musicWhenAlone ? musicFor(run, call) : null,
  };
}

/**
 * What he hears on entering (app_confbridge: CONF_SOUND_WAIT_FOR_LEADER, _ONLY_PERSON, announce_user_count). Who was asked for his name is thanked for it first, also where he said
 * none until his time was up (main/app.c of 22, __ast_play_and_record).
 */
function told(room: Conference, waits: boolean, people: number): string[] {
  if (room.quiet) return [];
  return [...(room.announcesNames ? ['auth-thankyou'] : []), ...toldOfOthers(room, waits, people)];
}

function toldOfOthers(room: Conference, waits: boolean, people: number): string[] {
  if (waits) return ['conf-waitforleader'];
  if (people === 0) return ['conf-onlyperson'];
  if (!room.announcesCount) return [];
  return people === 1 ? ['conf-onlyone'] : ['conf-thereare', ...saidNumber(people), 'conf-otherinparty'];
}

/** A number as English is said, up to 99; who counts more people hears it in other pieces. */
