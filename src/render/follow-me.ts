import { destinationText } from '../model/destination.ts';
import type { FollowMe } from '../model/follow-me.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { tracesCalls } from './code.ts';
import { calledPolicy, hasAlerts, trimmed } from './extension.ts';
import { recordsOutside } from './recording.ts';
import { type Ringing, ringing } from './ring-group.ts';
import { defineView, type Notes } from './view.ts';

/** extensions.d/follow-me.conf. Who follows is written out; whether is asked at each call, as users switch it by telephone. */
export const followMeView = defineView({
  file: 'etc/asterisk/extensions.d/follow-me.conf',
  data: (model, notes) => {
    const all = followed(model);
    if (all.length === 0) return null;
    notes.from(...all.map(([id]) => ref('follow-me', id)));
    const list = all.map(([id, f]) => block(model, id, f, notes));
    return {
      followed: list,
      ringsAll: all.some(([, f]) => f.strategy === 'ringallv2'),
      alerts: hasAlerts(model),
      traces: tracesCalls(model),
    };
  },
});

/** Follow me of extensions that exist. */
export function followed(model: Model): [string, FollowMe][] {
  return Object.entries(model['follow-me']).filter(([id]) => model.extension[id] !== undefined);
}

function block(model: Model, id: string, f: FollowMe, notes: Notes): object {
  const together = f.strategy === 'ringallv2';
  const e = model.extension[id];
  // Elastix rings the extension itself with the others where it is among them or has no time of its own, else for the first seconds only (dialparties.agi)
  const isAmong = f.members.some((m) => m.number === id);
  const ownSeconds = together && (isAmong || f.preRingSeconds === 0) ? f.preRingSeconds + f.ringSeconds : f.preRingSeconds;
  const others = together ? f.members.filter((m) => m.number !== id) : f.members;
  const own = (seconds: number): string[] =>
    trimmed([String(seconds), 'always', e === undefined || e.forwardRingSeconds === 0 ? '' : String(e.forwardRingSeconds)]);
  const steps = ringing(model, asRinging(f, others), ref('follow-me', id), `follow me of ${id}`, notes);
  return {
    ...steps,
    id,
    name: e?.name ?? '',
    ringsAll: together,
    own: own(ownSeconds),
    again: together || f.preRingSeconds > 0 || isAmong ? own(f.preRingSeconds + f.ringSeconds) : null,
    ringsOwn: ownSeconds > 0,
    heldBack: !together && ownSeconds > 0,
    waits: together ? f.preRingSeconds : 0,
    // where the extension is busy, nobody else is called
    onlyIfFree: together && f.firstMemberIsPrimary,
    seconds: f.ringSeconds,
    allSeconds: f.preRingSeconds + f.ringSeconds,
    howText: howText(f),
    records: e === undefined ? null : calledPolicy(model, e),
    settles: recordsOutside(model),
    asksStatus: f.noAnswer.to === 'extension' && f.noAnswer.by === 'unanswered',
    nextText: destinationText(f.noAnswer),
  };
}

function asRinging(f: FollowMe, members: FollowMe['members']): Ringing {
  const { strategy } = f;
  return {
    ...f,
    strategy: strategy === 'ringallv2' ? 'ringall' : strategy,
    firstMemberIsPrimary: strategy !== 'ringallv2' && f.firstMemberIsPrimary,
    members,
    skipsBusy: false,
    ignoresForwards: false,
  };
}

function howText(f: FollowMe): string {
  const members = f.members.map((m) => m.number).join(', ');
  const first = f.preRingSeconds > 0 ? `its own telephone for ${f.preRingSeconds} s, then ` : '';
  return `${first}${members} for ${f.ringSeconds} s${f.strategy === 'hunt' ? ' each' : ''}`;
}
