import { slotsOf } from '../../model/feature-claims.ts';
import type { Parking } from '../../model/parking.ts';
import { ref } from '../../model/ref.ts';
import { setting } from './asked.ts';
import type { HeldDialplan } from './held-dialplan.ts';
import { defineCheck, differing, missing, yes } from './mismatch.ts';
import { setTo } from './step-data.ts';

/** Parking lots with their slots, times and who may do what. */
export const parkingCheck = defineCheck(async ({ list, config, dialplan }, model) => {
  const held = await list('Parkinglots');
  const file = await config('res_parking.conf');
  return Object.entries(model.parking).flatMap(([id, lot]) => {
    const about = ref('parking', id);
    const name = [...file.keys()].find((section) => setting(file, section, 'parkext') === lot.extension);
    const there = held.find((e) => e['Name'] === name);
    if (name === undefined || there === undefined) return [missing(about, `parking lot at ${lot.extension}`)];
    const option = (key: string): string => setting(file, name, key) ?? 'no';
    return differing(about, {
      'first slot': [Number(lot.firstSlot), there['StartSpace']],
      'last slot': [Number(lot.firstSlot) + lot.slots - 1, there['StopSpace']],
      seconds: [lot.seconds, there['Timeout']],
      music: [lot.musicClass, setting(file, name, 'parkedmusicclass') ?? 'default'],
      'which slot is taken': [lot.findSlot, setting(file, name, 'findslot') ?? 'first'],
      'who hears the tone': [lot.tone, option('parkedplay')],
      'the tone': ['beep', setting(file, name, 'courtesytone')],
      'who may transfer': [lot.transfers, option('parkedcalltransfers')],
      'who may park again': [lot.reparking, option('parkedcallreparking')],
      'its number parks here and nowhere else': [true, option('parkext_exclusive')],
      ...afterwards(dialplan, lot, setting(file, name, 'comebackcontext') ?? ''),
      ...slots(dialplan, lot),
    });
  });
});

/** What happens to a call that nobody took back. */
function afterwards(dialplan: HeldDialplan, lot: Parking, context: string): Record<string, readonly [string | boolean, string]> {
  const steps = dialplan.stepsIn(context);
  if (steps.length === 0) return {};
  const dials = steps.some((s) => s.application.toLowerCase() === 'dial' && s.data.includes('PARKER'));
  return {
    'goes back to who parked it': [lot.returnsToParker, yes(dials)],
    'put before the name': [lot.callerNamePrefix, setTo(steps, 'PREFIX') ?? ''],
    // nobody hears it where the parker is not rung
    ...(lot.returnsToParker ? { 'ring tone of telephones': [lot.alertInfo, setTo(steps, 'ALERT_INFO') ?? ''] as const } : {}),
  };
}

/** A slot can be dialled and has a lamp. One that is somebody's number as well is his. */
function slots(dialplan: HeldDialplan, lot: Parking): Record<string, readonly [string, string]> {
  const numbers = slotsOf(lot);
  const takes = (slot: string): boolean =>
    dialplan.extensionsFor('park-hints', slot).some((s) => s[0]?.application === 'ParkedCall' && !s[0].extension.startsWith('_'));
  const hasLamp = (slot: string): boolean => dialplan.hint(slot, 'park-hints')?.includes(`park:${slot}@`) === true;
  return {
    'slots that can be dialled': [lot.slotsAreDialled ? numbers.join(', ') : '', numbers.filter(takes).join(', ')],
    'slots with a lamp': [lot.hasHints ? numbers.join(', ') : '', numbers.filter(hasLamp).join(', ')],
  };
}
