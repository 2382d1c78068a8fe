import { splitArguments } from '../argument-list.ts';
import type { Call, Rules, Step } from './step.ts';

/** Parking has a lot of its own in front since 12, and options for the rest (res/parking/parking_applications.c). */
export const PARKING_RULES: Rules = { park, parkedcall, parkandannounce };

/** Park(milliseconds,context,extension,priority,options,lot) */
function park(args: string, step: Step): Call {
  if (args.trim() === '') return { application: 'Park', args };
  const [milliseconds = '', context = '', extension = '', priority = '', options = '', lot = ''] = splitArguments(args, ',|').map((p) =>
    p.trim(),
  );
  step.changed('Park names the lot first, and the rest as options');
  const seconds = /^\d+$/.test(milliseconds) ? String(Math.max(1, Math.round(Number(milliseconds) / 1000))) : `$[${milliseconds} / 1000]`;
  const target = [context, extension, priority === '' ? '1' : priority].filter((p) => p !== '').join(',');
  const back = context === '' && extension === '' && priority === '' ? '' : `c(${target})`;
  return joined('Park', lot, `${options}${milliseconds === '' ? '' : `t(${seconds})`}${back}`);
}

function joined(application: string, lot: string, options: string): Call {
  return { application, args: options === '' ? lot : `${lot},${options}` };
}

/** ParkedCall(space,lot) */
function parkedcall(args: string, step: Step): Call {
  if (args.trim() === '') return { application: 'ParkedCall', args };
  const [space = '', lot = ''] = splitArguments(args, ',|').map((p) => p.trim());
  step.changed('ParkedCall names the lot first');
  return { application: 'ParkedCall', args: space === '' ? lot : `${lot},${space}` };
}

/** ParkAndAnnounce(announcement:PARKED,seconds,dial,context) */
function parkandannounce(args: string, step: Step): Call {
  const [announcement = '', seconds = '', dial = '', ...back] = splitArguments(args, ',|').map((p) => p.trim());
  step.changed('ParkAndAnnounce names the lot first, and the rest as options');
  const options = `${seconds === '' ? '' : `t(${seconds})`}${back.length === 0 ? '' : `c(${back.join(',')})`}`;
  return { application: 'ParkAndAnnounce', args: `,${options},${announcement},${dial}` };
}
