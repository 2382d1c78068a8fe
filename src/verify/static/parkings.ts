import { ref } from '../../model/ref.ts';
import { setting } from './asked.ts';
import { defineCheck, differing, missing } from './mismatch.ts';

/** Parking lots with their slots, times and who may do what. */
export const parkingCheck = defineCheck(async ({ list, config }, model) => {
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
      'who may transfer': [lot.transfers, option('parkedcalltransfers')],
      'who may park again': [lot.reparking, option('parkedcallreparking')],
    });
  });
});
