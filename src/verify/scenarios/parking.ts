import type { Parking } from '../../model/parking.ts';
import { ref, refText } from '../../model/ref.ts';
import { Codes, dials } from './codes.ts';
import type { Draft, PlanContext } from './define.ts';
import { callsOfEach, type Drafted } from './each-object.ts';

/** Every parking lot: who dials it is told his slot and waits there; a transfer puts a call there, and a slot's number takes it back; an empty one. */
export const parkingScenarios = callsOfEach('parking', (context) => {
  const codes = new Codes(context);
  return (id) => drafts(context, codes, id);
});

/** Asterisk asks for a number so when somebody transfers a call. */
const WHERE_TO = 'pbx-transfer';
/** Until a transferred call is in its slot. */
const PARKED_MS = 6000;

function drafts(context: PlanContext, codes: Codes, id: string): Drafted {
  const lot = context.model.parking[id] as Parking;
  const about = ref('parking', id);
  const [first, second] = [codes.pair(), codes.pair()];
  if (first === null || second === null)
    return { drafts: [], skipped: [{ id: refText(about), why: 'there are too few telephones that the lab plays' }] };
  const call = (what: string, o: Partial<Draft>): Draft => ({
    id: `${refText(about)}/${what}`,
    about: [about],
    dial: lot.firstSlot,
    from: { inside: [first.own] },
    does: () => 'ignore',
    owns: [about],
    ...o,
  });
  const list = [call('told-the-slot', { dial: lot.extension, goes: { to: about } })];
  if (!lot.slotsAreDialled) return { drafts: list, skipped: [] };
  list.push(call('empty-slot', {}));
  // where slots are given out in turn, the one that the lab gets depends on the calls before
  if (lot.findSlot === 'next')
    return { drafts: list, skipped: [{ id: `${refText(about)}/taken-back`, why: 'slots are given out in turn' }] };
  const parked = { parked: { [lot.firstSlot]: second.own.extension } };
  list.push(call('taken-back', { earlier: [dials(second.own, lot.extension, { goes: { to: about }, until: 'there' })], given: parked }));
  const transfer = transferred(codes, lot, second);
  if (transfer !== null) list.push(call('transferred-and-taken-back', { earlier: [transfer], given: parked }));
  return { drafts: list, skipped: [] };
}

/** The one who is called transfers the call to the lot. */
function transferred(codes: Codes, lot: Parking, { own, other }: NonNullable<ReturnType<Codes['pair']>>): ReturnType<typeof dials> | null {
  const code = codes.code('core/blindxfer');
  const mayTransfer = codes.context.model.settings['pbx']?.dialOptions.includes('t') === true;
  if (code === null || !mayTransfer) return null;
  const who = ref('device', other.device);
  return dials(own, other.extension, {
    does: () => 'answer',
    until: 'answered',
    afterMs: PARKED_MS,
    acts: [
      { who, when: 'answered', afterMs: 1000, do: { keys: code } },
      { who, when: { heard: WHERE_TO }, afterMs: 800, do: { keys: lot.extension } },
    ],
  });
}
