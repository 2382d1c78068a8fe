import type { FeatureUse } from '../feature-claims.ts';
import { slotsOf } from '../feature-claims.ts';
import { naturalOrder } from '../kinds.ts';
import type { Parking } from '../parking.ts';
import { promptsOf } from '../recording.ts';
import { ref } from '../ref.ts';
import { saidAll, say, spelled } from './ask.ts';
import { type Call, hangUp, mayGoOn, putPrefix, type Run } from './call.ts';
import { goTo } from './go-on.ts';
import { ring } from './ring.ts';
import type { Ending } from './step.ts';
import { telephonesOf } from './telephones.ts';

/** Seconds that the telephone of who parked a call rings when nobody took it back (old: park-dial). */
const COMEBACK_SECONDS = 15;

/**
 * Who dials the lot's number parks himself: he is told the slot, waits, comes back to his own telephone, and then goes on. Old box: Park(), park-return-routing,
 * park-orphan-routing (golden: parking/park-myself-70).
 */
export function park(run: Run, call: Call, id: string, lot: Parking): Ending {
  const by = ref('parking', id);
  if (!mayGoOn(run, call, id)) return 'congestion';
  call.steps.push({ do: 'enter', ref: by });
  const slot = slotsOf(lot).find((s) => run.at.state.parked?.[s] === undefined);
  if (slot === undefined) {
    say(call, ['pbx-parkingfailed']);
    return saidAll(call);
  }
  call.elapsed += lot.seconds;
  call.steps.push({ do: 'park', by, slot, prompts: spelled(slot), musicClass: lot.musicClass, seconds: lot.seconds });
  const { extension } = call.from;
  if (lot.returnsToParker && extension !== null) {
    putPrefix(run, call, lot.callerNamePrefix);
    const result = ring(run, call, { by, targets: telephonesOf(run.model, extension), seconds: COMEBACK_SECONDS });
    if (result === 'answered' || result === 'endless' || result === 'cut') return result;
  }
  const prompts = promptsOf(run.model, lot.announcement);
  if (prompts.length > 0) say(call, prompts);
  if (lot.next === null) return hangUp(call);
  return goTo(run, call, by, lot.next);
}

/** A slot's number takes the call back that waits there, the code alone the first that waits anywhere. */
export function retrieve(run: Run, call: Call, use: FeatureUse): Ending {
  const parked = run.at.state.parked ?? {};
  const slot = use.given ?? Object.keys(parked).sort(naturalOrder)[0] ?? '';
  const found = Object.entries(run.model.parking).find(([, lot]) => slotsOf(lot).includes(slot));
  if (parked[slot] === undefined || found === undefined) {
    say(call, ['pbx-invalidpark']);
    return saidAll(call);
  }
  const [id, lot] = found;
  if (lot.tone === 'caller' || lot.tone === 'both') say(call, ['beep']);
  call.steps.push({ do: 'retrieve', by: ref('parking', id), slot });
  return 'answered';
}
