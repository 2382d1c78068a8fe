import { settingsOf } from '../kinds.ts';
import type { PageGroup } from '../page-group.ts';
import { type Ref, ref } from '../ref.ts';
import { saidAll, say, spelled } from './ask.ts';
import { type Call, mayGoOn, type Run, shownOf, stateOf, tone } from './call.ts';
import { answerAndWait, byOf, type Feature, keep, userOf } from './feature-call.ts';
import { recordExtension } from './recording.ts';
import { ring } from './ring.ts';
import type { Ending, PartyLeg } from './step.ts';
import { isUnreachable, telephonesOf } from './telephones.ts';

/** A page group is dialled: app-pagegroups. Who dials it is not called himself, and nobody who is busy or not to be disturbed, unless the group calls those as well. */
export function callPageGroup(run: Run, call: Call, id: string, group: PageGroup): Ending {
  const by = ref('page-group', id);
  if (!mayGoOn(run, call, id)) return 'congestion';
  call.steps.push({ do: 'enter', ref: by });
  const legs: PartyLeg[] = [];
  for (const device of group.devices) {
    const owner = run.model.device[device]?.extension ?? null;
    const leg = legTo(run, call, device);
    if (leg === null || (owner !== null && owner === call.from.extension)) continue;
    const { inCall, doNotDisturb } = owner === null ? { inCall: false, doNotDisturb: false } : stateOf(run, owner);
    if (!group.evenBusy && (inCall || doNotDisturb))
      call.steps.push({ do: 'leave-out', who: owner ?? device, because: doNotDisturb ? 'do-not-disturb' : 'in-a-call' });
    else legs.push(leg);
  }
  return page(run, call, by, legs);
}

/** *80 and an extension: its telephone takes the call, unless it is in one, or its owner does not want that of this caller (ext-intercom). */
export const intercom: Feature = (run, call, use) => {
  const id = use.given ?? '';
  const user = userOf(call);
  if (!(id in run.model.extension)) return tone(call, 'busy');
  recordExtension(run, call, id);
  if (run.model.extension[user]?.intercom.calls === false || stateOf(run, id).doNotDisturb) return tone(call, 'busy');
  if (refuses(run, id, user)) {
    say(call, ['intercom', 'for', 'extension', ...spelled(id), 'is', 'disabled']);
    return tone(call, 'congestion');
  }
  const targets = telephonesOf(run.model, id);
  if (stateOf(run, id).inCall || isUnreachable(run, targets)) return tone(call, 'busy');
  if (targets.length > 1) {
    // several are paged, and who pages is not paged himself
    const legs = targets.flatMap((t) => (t.ring === 'device' && !t.dead && id !== user ? (legTo(run, call, t.device.id) ?? []) : []));
    const there = legs.filter((leg) => leg.does !== 'offline');
    return there.length === 0 ? tone(call, 'busy') : page(run, call, byOf(use), there);
  }
  const result = ring(run, call, { by: ref('extension', id), targets, seconds: settingsOf(run.model).autoAnswer.seconds });
  return result === 'answered' || result === 'cut' ? result : tone(call, 'busy');
};

/** *54 and *55: whether one's telephone may be spoken to, by anybody or by the extension that is dialled behind the code. */
export function allowIntercom(takes: boolean): Feature {
  const [word, answer] = takes ? ['enabled', 'allow'] : ['disabled', 'deny'];
  return (run, call, use) => {
    answerAndWait(call);
    const user = userOf(call);
    if (use.given === null) {
      if (user !== '') keep(call, 'AMPUSER', `${user}/intercom`, word);
      say(call, ['intercom', word]);
      return saidAll(call);
    }
    const held = saidOf(run, user, use.given);
    const said = ['intercom', word, ...(held === answer ? ['cancelled'] : []), 'for', 'extension', 'number', ...spelled(use.given)];
    if (held !== answer && !(use.given in run.model.extension)) {
      say(call, ['extension', 'number', ...spelled(use.given), 'is', 'invalid']);
      return saidAll(call);
    }
    if (user !== '') keep(call, 'AMPUSER', `${user}/intercom/${use.given}`, held === answer ? null : answer);
    say(call, said);
    return saidAll(call);
  };
}

/** What was said of one caller; null: nothing. */
function saidOf(run: Run, extension: string, caller: string): string | null {
  const held = run.at.state.intercom?.[`${extension}/${caller}`];
  return held === undefined ? (run.model.extension[extension]?.intercom.from[caller] ?? null) : held;
}

/** What was said of this caller goes before what holds for all. */
function refuses(run: Run, extension: string, caller: string): boolean {
  const own = caller === '' ? null : saidOf(run, extension, caller);
  if (own !== null) return own === 'deny';
  const all = run.at.state.intercom?.[extension];
  return all === undefined ? run.model.extension[extension]?.intercom.takes === false : all === 'disabled';
}

function page(run: Run, call: Call, by: Ref, legs: readonly PartyLeg[]): Ending {
  call.steps.push({ do: 'page', by, legs, seconds: settingsOf(run.model).autoAnswer.seconds });
  return 'answered';
}

/** null: a telephone that this PBX cannot ring by itself. */
function legTo(run: Run, call: Call, device: string): PartyLeg | null {
  const held = run.model.device[device];
  if (held?.technology !== 'sip' && held?.technology !== 'iax2') return null;
  const to = ref('device', device);
  return { kind: 'party', to, dialled: device, shown: shownOf(call), does: run.at.phones(to, device) };
}
