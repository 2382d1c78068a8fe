import { finding } from '../finding.ts';
import { destinationText } from '../model/destination.ts';
import type { Model } from '../model/kinds.ts';
import { opensChannel } from '../model/numbering.ts';
import { type Ref, ref } from '../model/ref.ts';
import type { RingGroup } from '../model/ring-group.ts';
import { codeOf } from './code.ts';
import { hookAt } from './custom-hook.ts';
import { hasAlerts, trimmed } from './extension.ts';
import { musicKnown, musicOf } from './music.ts';
import { placeOf } from './place.ts';
import { recordsCalls, recordsLater, recordsOutside } from './recording.ts';
import { soundFile } from './sound.ts';
import { defineView, type Notes } from './view.ts';

/** What a group needs to say how it rings. */
export type Ringing = Omit<RingGroup, 'description' | 'allowsPickup' | 'recording'>;

/** extensions.d/ring-group.conf. The view decides which steps a group takes; the template writes them out. */
export const ringGroupView = defineView({
  file: 'etc/asterisk/extensions.d/ring-group.conf',
  data: (model, notes) => {
    const ids = Object.keys(model['ring-group']);
    if (ids.length === 0) return null;
    notes.from(...ids.map((id) => ref('ring-group', id)));
    return { groups: ids.map((id) => group(model, id, model['ring-group'][id] as RingGroup, notes)) };
  },
});

function group(model: Model, id: string, g: RingGroup, notes: Notes): object {
  if (g.allowsPickup && codeOf(model, 'core/pickup') === null)
    notes.finding(
      finding('OPTION_NOT_CARRIED', {
        about: ref('ring-group', id),
        where: 'allowsPickup',
        means: `calls of ring group ${id} can be picked up by pickup group only, not by the group's number`,
      }),
    );
  return {
    ...ringing(model, g, ref('ring-group', id), `ring group ${id}`, notes),
    id,
    description: g.description,
    records: recordsCalls(model) && g.recording === 'always',
    recordsLater: recordsLater(model),
    settles: recordsOutside(model) && g.recording !== 'always',
  };
}

/** The steps that a ring group and follow me have in common. `what` is how findings call it. */
export function ringing(model: Model, g: Ringing, about: Ref, what: string, notes: Notes): object {
  report(model, g, about, what, notes);
  const strategy = effectiveStrategy(g);
  const members = dialledMembers(model, g, strategy);
  const alone = ringsAlone(strategy);
  const primary = g.firstMemberIsPrimary && members[0] !== undefined && members[0] === g.members[0] && !members[0].outside;
  const asks = g.confirms && members.some((m) => m.outside);
  return {
    how: howText(g, strategy),
    members: members.map((m, i) => member(g, strategy, m, { primary: primary && i === 0, last: i === members.length - 1 })),
    together: strategy === 'ringall' || alone,
    alone,
    primary: primary ? members[0]?.number : '',
    seconds: g.ringSeconds,
    music: g.musicClass === null ? '' : musicOf(model, g.musicClass),
    prefix: g.callerNamePrefix,
    callerId: groupCallerId(g),
    alertInfo: g.alertInfo,
    announcement: soundFile(model, g.announcement),
    confirmPrompt: asks ? soundFile(model, g.confirmPrompt) : null,
    tooLatePrompt: asks ? soundFile(model, g.tooLatePrompt) : null,
    alerts: hasAlerts(model),
    hook: hookAt(model, 'before-group'),
    nextText: destinationText(g.noAnswer),
    next: placeOf(model, g.noAnswer),
  };
}

/** Those that can be dialled. A number rings once; but who hunts comes to a member again that is listed twice (dialparties.agi of FreePBX). */
function dialledMembers(model: Model, g: Ringing, strategy: RingGroup['strategy']): Ringing['members'] {
  const can = g.members.filter((m) =>
    m.outside ? isDialled(m.number) && opensChannel(model, m.number) : model.extension[m.number] !== undefined,
  );
  return can.filter((m, i) => {
    const before = can.slice(0, i).find((other) => other.number === m.number);
    return before === undefined || (strategy !== 'ringall' && before.outside === m.outside);
  });
}

/** The group rings one alone: the first that is as the strategy has it. */
function ringsAlone(strategy: RingGroup['strategy']): boolean {
  return strategy === 'firstavailable' || strategy === 'firstnotonphone';
}

/** Elastix rings all at once where outside members are to confirm: memoryhunt cannot ask. */
function effectiveStrategy(g: Ringing): RingGroup['strategy'] {
  return g.strategy === 'memoryhunt' && g.confirms && g.members.some((m) => m.outside) ? 'ringall' : g.strategy;
}

const HOW: Record<RingGroup['strategy'], string> = {
  ringall: 'all at once',
  hunt: 'one after the other',
  memoryhunt: 'the first, the first two, and so on',
  firstavailable: 'the first that is not busy, alone',
  firstnotonphone: 'the first that is in no call, alone',
};

function howText(g: Ringing, strategy: RingGroup['strategy']): string {
  const members = g.members.map((m) => m.number).join(', ');
  return `${members}: ${HOW[strategy]}, ${g.ringSeconds} s${g.firstMemberIsPrimary ? '; nobody else where the first is not free' : ''}`;
}

function member(
  g: Ringing,
  strategy: RingGroup['strategy'],
  m: RingGroup['members'][number],
  at: { primary: boolean; last: boolean },
): object {
  return {
    number: m.number,
    outside: m.outside,
    arguments: trimmed([m.number, skipsOf(g, strategy), g.ignoresForwards ? 'no' : strategy === 'ringall' ? '' : 'hunt']),
    dial: `Local/${m.number}@${g.confirms ? 'confirmed' : 'from-internal'}/n`,
    seconds: g.ringSeconds,
    /** Nobody else rings where the first is not free. */
    primary: at.primary,
    afterFirst: strategy === 'hunt' || strategy === 'memoryhunt' ? 'nobody' : 'ring',
    takesFirst: ringsAlone(strategy) && !at.last,
    ringsNow: strategy === 'hunt' ? 'hunt' : strategy === 'memoryhunt' ? 'memory' : '',
  };
}

/** Which members in a call are left out: an argument of the routine `member`. */
function skipsOf(g: Ringing, strategy: RingGroup['strategy']): string {
  if (g.skipsBusy) return 'busy';
  return strategy === 'firstnotonphone' ? 'free' : strategy === 'firstavailable' ? 'available' : '';
}

/** What outside members see, as variables that the outbound routes look at. */
function groupCallerId(g: Ringing): object | null {
  const { mode, fixed } = g.callerId;
  const number = /^\+?\d+$/.test(fixed) ? fixed : '';
  if ((mode === 'fixed' || mode === 'extern') && number === '') return null;
  return mode === 'default'
    ? null
    : { number, always: mode === 'fixed', outsideOnly: mode === 'extern', did: mode === 'did', forcedDid: mode === 'forcedid' };
}

/** Whether Local can dial it: a comma or an & in it would begin something else. */
function isDialled(number: string): boolean {
  return /^[0-9A-Za-z*#+]+$/.test(number);
}

function report(model: Model, g: Ringing, about: Ref, what: string, notes: Notes): void {
  for (const m of g.members) {
    if (m.outside && !isDialled(m.number)) {
      const means = `${what} does not ring the outside member '${m.number}': nobody could dial that`;
      notes.finding(finding('NUMBER_NOT_RENDERED', { about, where: m.number, means }));
    }
    if (!m.outside && model.extension[m.number] === undefined) {
      notes.finding(
        finding('MEMBER_MISSING', {
          about,
          where: m.number,
          means: `member ${m.number} of ${what} never rings: there is no such extension`,
        }),
      );
    }
  }
  for (const [which, sound] of [
    ['announcement', g.announcement],
    ['question to outside members', g.confirmPrompt],
    ['note that another took the call', g.tooLatePrompt],
  ] as const) {
    if (sound === null || soundFile(model, sound) !== null) continue;
    notes.finding(
      finding('SOUND_NOT_CARRIED', {
        about,
        where: `recording ${sound}`,
        means: `nobody hears the ${which} of ${what}: there is no file of it`,
      }),
    );
  }
  if (g.musicClass !== null && !musicKnown(model, g.musicClass)) {
    notes.finding(
      finding('MUSIC_NOT_CARRIED', {
        about,
        where: g.musicClass,
        means: `callers of ${what} hear the default music instead of '${g.musicClass}'`,
      }),
    );
  }
}
