import { finding } from '../finding.ts';
import { destinationText } from '../model/destination.ts';
import type { Model } from '../model/kinds.ts';
import type { Parking } from '../model/parking.ts';
import { ref } from '../model/ref.ts';
import { codeOf } from './code.ts';
import { hasAlerts } from './extension.ts';
import { musicKnown } from './music.ts';
import { idsOf, place, placeOf } from './place.ts';
import { soundFile } from './sound.ts';
import { defineView } from './view.ts';

/** res_parking.conf: the lots. Their numbers and what happens to calls that nobody took back stand in extensions.d/parking.conf. */
export const parkingLotView = defineView({
  file: 'etc/asterisk/res_parking.conf',
  data: (model, notes) => {
    const lots = parkingLots(model);
    if (lots.length === 0) return null;
    notes.from(...lots.map(({ id }) => ref('parking', id)));
    for (const { id, lot } of lots) {
      if (musicKnown(model, lot.musicClass)) continue;
      notes.finding(
        finding('MUSIC_NOT_CARRIED', {
          about: ref('parking', id),
          where: lot.musicClass,
          means: `calls parked in ${lot.name} hear the default music instead of '${lot.musicClass}'`,
        }),
      );
    }
    return { lots: lots.map((l) => section(model, l)) };
  },
});

/** extensions.d/parking.conf. */
export const parkingView = defineView({
  file: 'etc/asterisk/extensions.d/parking.conf',
  data: (model) => {
    const lots = parkingLots(model);
    if (lots.length === 0) return null;
    const [first] = lots;
    return {
      lots: lots.map((l) => ({ ...section(model, l), ...way(model, l) })),
      code: codeOf(model, 'parking/parkedcall'),
      firstLot: first?.section ?? '',
      allSlots: lots.flatMap((l) => slotsOf(l).map((s) => s.hint)).join('&'),
    };
  },
});

interface Lot {
  readonly id: string;
  readonly lot: Parking;
  /** Its name in res_parking.conf: one is always 'default', as Asterisk would otherwise make one of its own. */
  readonly section: string;
  readonly context: string;
}

/** The lots, the one that is used by default first. */
export function parkingLots(model: Model): Lot[] {
  const all = idsOf(model, 'parking')
    .map((id) => ({ id, lot: model.parking[id] as Parking }))
    .filter(({ lot }) => /^\d+$/.test(lot.extension) && /^\d+$/.test(lot.firstSlot) && lot.slots > 0)
    .sort((a, b) => Number(b.lot.isDefault) - Number(a.lot.isDefault));
  return all.map((l, i) => ({
    ...l,
    section: i === 0 ? 'default' : `parkinglot_${l.id}`,
    context: i === 0 ? 'parkedcalls' : `parkedcalls-${l.id}`,
  }));
}

function slotsOf(l: Lot): { slot: string; hint: string; section: string }[] {
  const first = Number(l.lot.firstSlot);
  return Array.from({ length: l.lot.slots }, (_, i) => {
    const slot = String(first + i).padStart(l.lot.firstSlot.length, '0');
    return { slot, hint: `park:${slot}@${l.context}`, section: l.section };
  });
}

function section(model: Model, l: Lot): object {
  const { lot } = l;
  const slots = slotsOf(l);
  return {
    section: l.section,
    context: l.context,
    name: lot.name,
    extension: lot.extension,
    slots: `${slots[0]?.slot}-${slots.at(-1)?.slot}`,
    seconds: lot.seconds,
    timeout: l.section === 'default' ? 'parkedcallstimeout' : `parkedcallstimeout-${l.id}`,
    findSlot: lot.findSlot,
    music: musicKnown(model, lot.musicClass) ? lot.musicClass : 'default',
    tone: lot.tone,
    transfers: lot.transfers,
    reparking: lot.reparking,
  };
}

function way(model: Model, l: Lot): object {
  const { lot } = l;
  const next = lot.next ?? ({ to: 'end', how: 'hangup' } as const);
  return {
    list: lot.slotsAreDialled || lot.hasHints ? slotsOf(l).map((s) => ({ ...s, lamp: lot.hasHints, dialled: lot.slotsAreDialled })) : [],
    returns: lot.returnsToParker,
    alertInfo: lot.alertInfo,
    alerts: hasAlerts(model),
    prefix: lot.callerNamePrefix,
    announcement: soundFile(model, lot.announcement),
    next: lot.next === null ? place('app-blackhole', 'hangup') : placeOf(model, lot.next),
    nextText: destinationText(next),
  };
}
