import type { Device } from '../../model/device.ts';
import { isKeyable } from '../../model/feature-code.ts';
import { ref } from '../../model/ref.ts';
import { isOperator, isWoken, WAKE_UP_CODE, wakeUpOf } from '../../model/wake-up.ts';
import { defineCheck, differing } from './mismatch.ts';

const TELEPHONE: Partial<Record<Device['technology'], string>> = { sip: 'PJSIP', iax2: 'IAX2' };

/** Wake-up calls: which telephones ring for whom, how long, and who orders them for others. */
export const wakeUpCheck = defineCheck(async ({ dialplan }, model) => {
  const code = model['feature-code'][WAKE_UP_CODE];
  if (code?.enabled !== true || !isKeyable(code.code)) return [];
  const { ringSeconds } = wakeUpOf(model);
  return Object.entries(model.extension)
    .filter(([id]) => isWoken(model, id))
    .flatMap(([id, { devices }]) => {
      const dial = dialplan.stepsOf('wake-up-ring', id).find((s) => s.application.toLowerCase() === 'dial');
      const [rung = '', seconds = ''] = (dial?.data ?? '').split(',');
      const own = devices.flatMap((device) => {
        const technology = TELEPHONE[model.device[device]?.technology ?? 'dahdi'];
        return technology === undefined ? [] : [`${technology}/${device}`];
      });
      const held = rung.split('&').filter((dial) => /^(?:PJSIP|IAX2)\//.test(dial));
      return differing(ref('extension', id), {
        'telephones that a wake-up call rings': [own.sort().join(', '), held.sort().join(', ')],
        ...(rung === '' ? {} : { 'seconds that a wake-up call rings': [ringSeconds, seconds] as const }),
        'orders wake-up calls for others': [isOperator(model, id), dialplan.stepsOf('wake-up-operator', id).length > 0 ? 'yes' : 'no'],
      });
    });
});
