import { collapse, split } from '../../asterisk/arguments.ts';
import { patternOf } from '../../asterisk/extension-match.ts';
import type { Conference } from '../../model/conference.ts';
import { type Model, settingsOf } from '../../model/kinds.ts';
import { numbering } from '../../model/numbering.ts';
import { ref } from '../../model/ref.ts';
import { type Config, setting } from './asked.ts';
import type { HeldStep } from './held-dialplan.ts';
import { defineCheck, differing, type Mismatch, missing } from './mismatch.ts';

/** Of any other id there is no room: a finding of render. */
const NUMBER = /^[0-9+*#]+$/;

/** Rooms: each is entered from somewhere, and those in it have the options of the model, leader and others. */
export const conferenceCheck = defineCheck(async ({ config, dialplan }, model) => {
  const file = await config('confbridge.conf');
  const { numbers } = numbering(model);
  const calls = dialplan
    .steps()
    .filter((s) => s.application.toLowerCase() === 'confbridge')
    .map((s) => split(collapse(s.data, { EXTEN: s.extension }), ','));
  return Object.entries(model.conference).flatMap(([id, room]) => {
    const about = ref('conference', id);
    if (!NUMBER.test(id)) return [];
    const call = calls.find(([name]) => name === id);
    if (call === undefined) return [missing(about, 'room')];
    const [, bridge = '', user = '', menu = ''] = call;
    const profiles = [...file.keys()].filter((name) => user !== '' && patternOf(user).test(name) && setting(file, name, 'type') === 'user');
    if (profiles.length === 0) return [missing(about, `options of who is in it (${user})`)];
    return [
      ...profiles.flatMap((name) => optionsOf(model, file, id, room, name)),
      ...differing(about, {
        // where nothing is named, the room's own options are given by the dialplan before (CONFBRIDGE(bridge,template))
        records: [
          room.records && settingsOf(model).recordingAllowed,
          setting(file, bridge === '' ? `room-${id}` : bridge, 'record_conference') ?? 'no',
        ],
        'a menu at *': [room.hasMenu, menu === '' ? 'no' : 'yes'],
        'people at most': [room.maxUsers, mostOf(dialplan.stepsOf('ext-meetme', id))],
      }),
      ...(numbers.get(id)?.to === 'conference' ? hint(dialplan.hint(id, 'from-internal'), id) : []),
    ];
  });
});

/** A class that is not there plays the default one. */
function knownMusic(model: Model, name: string | null): string {
  return name === null || name in model['music-class'] ? (name ?? '') : 'default';
}

/** `$[${CONFBRIDGE_INFO(parties,800)} >= 10]`: ten; none: any number. */
function mostOf(steps: readonly HeldStep[]): string {
  return steps.flatMap((s) => (s.data.includes('CONFBRIDGE_INFO(parties') ? (/>= *(\d+)\]/.exec(s.data)?.[1] ?? []) : []))[0] ?? '0';
}

function optionsOf(model: Model, file: Config, id: string, room: Conference, profile: string): Mismatch[] {
  const held = (key: string): string => setting(file, profile, key) ?? 'no';
  const leads = held('marked') === 'yes';
  const of = leads ? 'leader: ' : '';
  return differing(ref('conference', id), {
    [`${of}music when alone`]: [room.musicWhenAlone, held('music_on_hold_when_empty')],
    [`${of}nobody is told who comes and goes`]: [room.quiet, held('quiet')],
    [`${of}tells how many are there`]: [room.announcesCount, held('announce_user_count')],
    [`${of}tells who comes`]: [room.announcesNames, held('announce_join_leave')],
    [`${of}silence is left out`]: [room.talkerOptimization, held('dsp_drop_silence')],
    [`${of}tells who talks`]: [room.talkDetection, held('talk_detection_events')],
    ...(leads
      ? {}
      : {
          'waits for the leader': [room.waitsForLeader, held('wait_marked')] as const,
          'begins muted': [room.startsMuted, held('startmuted')] as const,
        }),
    [`${of}music class`]: [knownMusic(model, room.musicClass), setting(file, profile, 'music_on_hold_class') ?? ''],
  });
}

/** The lamp of a room: in use while somebody is there. */
function hint(held: string | null, id: string): Mismatch[] {
  return differing(ref('conference', id), { hint: [`confbridge:${id}`, held ?? ''] });
}
