import { finding } from '../finding.ts';
import type { Conference } from '../model/conference.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import { promptsOf } from '../model/recording.ts';
import { ref } from '../model/ref.ts';
import { playable } from '../model/sounds.ts';
import { musicOf } from './music.ts';
import { idsOf } from './place.ts';
import { recordingSuffix, recordsLater } from './recording.ts';
import { soundFile } from './sound.ts';
import { defineView, type Notes } from './view.ts';

type Role = 'user' | 'leader';

/** extensions.d/conference.conf: how one comes into a room. */
export const conferenceView = defineView({
  file: 'etc/asterisk/extensions.d/conference.conf',
  data: (model, notes) => {
    const rooms = roomsOf(model);
    if (rooms.length === 0) return null;
    notes.from(...rooms.map(([id]) => ref('conference', id)));
    const say = (...words: string[]): string[] => playable(words, settingsOf(model).language);
    return {
      rooms: rooms.map(([id, c]) => entry(model, id, c, notes)),
      pins: rooms.some(([, c]) => asksPin(c)),
      records: rooms.some(([, c]) => recordsRoom(model, c)),
      suffix: recordingSuffix(model),
      question: say('enter-conf-pin-number'),
      wrong: say('conf-invalidpin'),
      full: say('im-sorry', 'conf-full', 'goodbye'),
    };
  },
});

/** extensions.d/conference-pin.conf: who is who by his PIN. */
export const conferencePinView = defineView({
  file: 'etc/asterisk/extensions.d/conference-pin.conf',
  secret: true,
  data: (model, notes) => {
    const rooms = roomsOf(model).filter(([, c]) => asksPin(c));
    if (rooms.length === 0) return null;
    notes.from(...rooms.map(([id]) => ref('conference', id)));
    return { rooms: rooms.map(([id, c]) => ({ id, name: c.description, ...pins(model, id, c, notes) })) };
  },
});

/** confbridge.conf: what holds in each room, and for each who is in it. */
export const confbridgeView = defineView({
  file: 'etc/asterisk/confbridge.conf',
  data: (model, notes) => {
    const rooms = roomsOf(model);
    notes.from(...rooms.map(([id]) => ref('conference', id)));
    return {
      rooms: rooms.map(([id, c]) => ({
        id,
        language: settingsOf(model).language,
        name: c.description,
        records: recordsRoom(model, c),
        people: [profile(model, id, c, 'user'), ...(c.asksLeaderPin ? [profile(model, id, c, 'leader')] : [])],
      })),
      menus: rooms.some(([, c]) => c.hasMenu),
    };
  },
});

/** Whether some room asks for a PIN: then there is a file for them. */
export function asksPins(model: Model): boolean {
  return roomsOf(model).some(([, c]) => asksPin(c));
}

function roomsOf(model: Model): [string, Conference][] {
  return idsOf(model, 'conference').map((id) => [id, model.conference[id] as Conference]);
}

function asksPin(c: Conference): boolean {
  return c.asksUserPin || c.asksLeaderPin;
}

function recordsRoom(model: Model, c: Conference): boolean {
  return c.records && settingsOf(model).recordingAllowed;
}

function entry(model: Model, id: string, c: Conference, notes: Notes): object {
  report(model, id, c, notes);
  return {
    id,
    name: c.description,
    pin: asksPin(c),
    maxUsers: c.maxUsers > 0 ? c.maxUsers : null,
    join: soundFile(model, c.joinAnnouncement),
    records: recordsRoom(model, c),
    recordsLater: recordsLater(model),
    menu: c.hasMenu,
  };
}

/** What stays away from the leader: waiting for himself, and being muted. Source: FreePBX's conferences. */
function profile(model: Model, id: string, c: Conference, role: Role): object {
  const leader = role === 'leader';
  const options: [string, boolean][] = [
    ['admin', leader],
    ['marked', leader],
    ['wait_marked', c.waitsForLeader && !leader],
    ['end_marked', c.waitsForLeader && !leader],
    ['startmuted', c.startsMuted && !leader],
    ['quiet', c.quiet],
    ['announce_user_count', c.announcesCount],
    ['announce_join_leave', c.announcesNames],
    ['dsp_drop_silence', c.talkerOptimization],
    ['talk_detection_events', c.talkDetection],
    ['music_on_hold_when_empty', c.musicWhenAlone],
  ];
  return {
    name: `${role}-${id}`,
    role,
    options: options.filter(([, holds]) => holds).map(([name]) => name),
    music: c.musicClass === null ? '' : musicOf(model, c.musicClass),
  };
}

/** A room without a PIN for its users takes who keys none. A PIN that is not known, or that no telephone can key, lets nobody in. */
function pins(model: Model, id: string, c: Conference, notes: Notes): { user: string[]; leader: string[] } {
  const asked: [Role, boolean][] = [
    ['user', c.asksUserPin],
    ['leader', c.asksLeaderPin],
  ];
  const found: { user: string[]; leader: string[] } = { user: c.asksUserPin ? [] : [''], leader: [] };
  for (const [role] of asked.filter(([, asks]) => asks)) {
    const pin = model.secrets[`conference/${id}/${role}-pin`] ?? '';
    if (/^[0-9*]+$/.test(pin)) found[role].push(pin);
    else
      notes.finding(
        finding('SECRET_MISSING', {
          about: ref('conference', id),
          where: `conference/${id}/${role}-pin`,
          means: `nobody gets into room ${id} as ${role}: its PIN is not known, or no telephone can key it`,
        }),
      );
  }
  return found;
}

function report(model: Model, id: string, c: Conference, notes: Notes): void {
  const about = ref('conference', id);
  if (c.joinAnnouncement !== null && promptsOf(model, c.joinAnnouncement).length === 0) {
    const means = `who comes into room ${id} does not hear its announcement: there is no file of it`;
    notes.finding(finding('SOUND_MISSING', { about, where: `recording ${c.joinAnnouncement}`, means }));
  }
  if (c.musicClass !== null && musicOf(model, c.musicClass) !== c.musicClass) {
    const means = `who is alone in room ${id} hears the default music instead of '${c.musicClass}'`;
    notes.finding(finding('MUSIC_NOT_CARRIED', { about, where: c.musicClass, means }));
  }
  if (c.waitsForLeader && !c.asksLeaderPin) {
    const means = `room ${id} waits for a leader, and nobody can be one: it has no PIN for him`;
    notes.finding(finding('CONFERENCE_WITHOUT_LEADER', { about, means }));
  }
  const [userPin, leaderPin] = ['user-pin', 'leader-pin'].map((pin) => model.secrets[`conference/${id}/${pin}`]);
  if (c.asksLeaderPin && leaderPin !== undefined && leaderPin === userPin) {
    const means = `nobody is ever the leader of room ${id}: his PIN is everybody's${c.waitsForLeader ? ', and so it waits for ever' : ''}`;
    notes.finding(finding('CONFERENCE_WITHOUT_LEADER', { about, means }));
  }
}
